"""Sends a list in a list in a list, thousands deep, to overrun the stack of whoever reads it."""

OFF = "one process"
CODE = """
{CHANNEL}
content = bytes([0x91]) * 100_000 + bytes([0xC0])
send_bytes(struct.pack("!I", len(content)) + content)
{WRONG}
"""
