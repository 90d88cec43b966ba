"""Sends the head of a message and a few bytes: whatever comes after is taken for the rest of it."""

OFF = "one process"
PATIENCE = 3
LIMITS = {"cell_seconds": 2}
CODE = """
{CHANNEL}
send_bytes(struct.pack("!I", 100_000) + b"abc")
{WRONG}
"""
