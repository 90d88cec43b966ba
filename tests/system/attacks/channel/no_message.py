"""Sends bytes that are no message at all."""

OFF = "one process"
CODE = """
{CHANNEL}
send_bytes(struct.pack("!I", 5) + bytes([0xC1] * 5))
{WRONG}
"""
