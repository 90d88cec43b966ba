"""Overwrites the gradebook, in which nbgrader keeps every score."""

OFF = "no sandbox"
EXTRA = """
above = "../../../../../../.."
for path in ("{CANARY}/gradebook.db", "../../gradebook.db", above + "{CANARY}/gradebook.db"):
    try:
        open(path, "w").write("100 points for everyone")
    except OSError as error:
        print(error)
"""
