"""The shell keeps the text of every cell that it has run, hidden tests
included, in the list `In`.
"""

OFF = "one process"
LAST = """
for cell in In:
    print(cell)
"""
