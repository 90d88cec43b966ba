"""Sends errors with long tracebacks without end: what cuts long outputs may spare errors."""

OFF = "one process"
EXTRA = """
{CHANNEL}
error = {"output_type": "error", "ename": "E" * 100_000, "evalue": "x" * 100_000}
error["traceback"] = ["x" * 1000] * 1000
for number in range(30):
    send({"op": "outputs", "outputs": [error]})
"""


def won(outcome):
    return "the result holds all its errors" if len(str(outcome.notebook)) > 5_000_000 else ""
