"""Closes its end of the channel and goes on."""

OFF = "one process"
CODE = """
{CHANNEL}
import os

{WRONG}
for descriptor in sockets:
    os.close(descriptor)
"""
