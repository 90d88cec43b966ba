"""Sends fifty times a megabyte of text as output."""

OFF = "one process"
EXTRA = """
{CHANNEL}
large = {"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}
for number in range(50):
    send({"op": "outputs", "outputs": [large]})
"""


def won(outcome):
    return "the result holds all its output" if len(str(outcome.notebook)) > 5_000_000 else ""
