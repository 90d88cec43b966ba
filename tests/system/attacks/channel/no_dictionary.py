"""Sends messages that are a list, a number, text and nothing."""

OFF = "one process"
CODE = """
{CHANNEL}
for message in ([1, 2, 3], 5, "done", None):
    send(message)
{WRONG}
"""
