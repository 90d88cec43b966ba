"""Spoils the notebook that another student handed in."""

OFF = "no sandbox"
EXTRA = """
try:
    folder = "{CANARY}/submitted/another-student/initialization"
    with open(f"{folder}/initialization.ipynb", "a") as file:
        file.write("raise SystemExit")
except OSError as error:
    print(error)
"""
