"""Adds a module to course_utils, which every student's notebook imports from."""

OFF = "no sandbox"
EXTRA = """
try:
    open("{UTILS}/{MARK}.py", "w").write("# left by an attack")
except OSError as error:
    print(error)
"""
