"""Opens the instructor's notebook, whose test cells hold the hidden tests."""

OFF = "no sandbox"
EXTRA = """
for folder in ("{COURSE}", "{CANARY}/course"):
    try:
        print(open(folder + "/source/initialization/initialization.ipynb").read())
    except OSError as error:
        print(error)
"""
