"""Announces a message of four gigabytes, for which a reader might make room."""

OFF = "one process"
PATIENCE = 5
CODE = """
{CHANNEL}
send_bytes(bytes([0xFF] * 4))
{WRONG}
"""
