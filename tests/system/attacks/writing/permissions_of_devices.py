"""Changes the permissions of a device that the sandbox shares with the machine.

Where graders run as root, root's files are the student's own inside, and an owner may change
permissions.
"""

OFF = "no sandbox"
EXTRA = """
import os

try:
    os.chmod("{DEV}/full", 0o666)
except OSError as error:
    print(error)
"""
