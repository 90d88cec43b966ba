"""A handler for all exceptions shows nothing: a cell without an error in its output has passed."""

OFF = "one process"
CODE = """
get_ipython().set_custom_exc(
    (Exception,), lambda shell, kind, value, traceback, tb_offset=None: None
)
{WRONG}
"""
