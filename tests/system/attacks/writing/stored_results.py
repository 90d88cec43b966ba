"""Replaces every file in the folder where results are kept between runs."""

OFF = "no sandbox"
EXTRA = """
import os

for parent, folders, names in os.walk("{CANARY}/results"):
    for name in names:
        os.remove(os.path.join(parent, name))
        os.symlink("/dev/null", os.path.join(parent, name))
"""
