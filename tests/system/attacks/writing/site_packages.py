"""Leaves a .pth file in site-packages: Python reads it at every start, and runs its lines that
begin with import.
"""

OFF = "no sandbox"
EXTRA = """
try:
    open("{SITE}/{MARK}.pth", "w").write("# left by an attack")
except OSError as error:
    print(error)
"""
