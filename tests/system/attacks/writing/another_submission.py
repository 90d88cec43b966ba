"""Spoils the notebook that another student handed in."""

OFF = "no sandbox"
EXTRA = """
try:
    with open("{CANARY}/submitted/another-student/initialization/initialization.ipynb", "a") as file:
        file.write("raise SystemExit")
except OSError as error:
    print(error)
"""
