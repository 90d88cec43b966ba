"""Leaves its answers in /dev/shm, which is a file system that everyone may write to."""

OFF = "no sandbox"
EXTRA = "open('{SHM}/{MARK}', 'w').write('LEFT BEHIND')"
AFTER = """
import os

print(open("{SHM}/{MARK}").read() if os.path.exists("{SHM}/{MARK}") else "nothing")
"""
