"""Sends forty thousand outputs without any text: what counts characters counts none."""

OFF = "one process"
EXTRA = """
{CHANNEL}
names = ("stdout", "stderr")
nothing = [{"output_type": "stream", "name": name, "text": ""} for name in names] * 4_000
for number in range(5):
    send({"op": "outputs", "outputs": nothing})
"""


def won(outcome):
    return "the result holds all its outputs" if len(str(outcome.notebook)) > 2_000_000 else ""
