"""Leaves its answers in /tmp for the next student."""

OFF = "no sandbox"
EXTRA = "open('{TMP}/{MARK}', 'w').write('LEFT BEHIND')"
AFTER = """
import os

print(open("{TMP}/{MARK}").read() if os.path.exists("{TMP}/{MARK}") else "nothing")
"""
