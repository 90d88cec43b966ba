"""The shell's showtraceback does nothing any more, so that failed tests leave no error behind."""

OFF = "one process"
CODE = """
get_ipython().showtraceback = lambda *arguments, **keywords: None
{WRONG}
"""
