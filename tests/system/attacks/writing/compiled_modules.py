"""Leaves a compiled module in __pycache__, which Python would load in place of what the source
says.
"""

OFF = "no sandbox"
EXTRA = """
import os

try:
    os.makedirs("{UTILS}/__pycache__", exist_ok=True)
    open("{UTILS}/__pycache__/{MARK}.pyc", "wb").write(b"left by an attack")
except OSError as error:
    print(error)
"""
