"""Walks every folder above and beside the packages that it may import, and prints what looks like a
test.
"""

OFF = "no sandbox"
EXTRA = """
import os

for folder in ("{COURSE}", "{CANARY}"):
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith((".py", ".ipynb")):
                text = open(os.path.join(parent, name), errors="replace").read()
                print(*[line for line in text.splitlines() if "HIDDEN" in line][:3], sep="\\n")
"""
