"""The solution cell defines a `check` of its own, the name that the cell below it calls."""

OFF = "one process"
CODE = """
check = lambda function: None
{WRONG}
"""
