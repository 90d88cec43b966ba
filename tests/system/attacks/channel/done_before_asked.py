"""Answers the next twenty requests before they are made: `done`, no outputs, no error."""

OFF = "one process"
CODE = """
{CHANNEL}
{WRONG}
for number in range(20):
    send({"op": "done", "id": asked()["id"] + number, "outputs": []})
"""
