"""An input transformer turns every cell that tests into an empty one."""

OFF = "one process"
CODE = """
def blank(lines):
    text = "".join(lines)
    return [] if "has_" in text or "check(initialize" in text else lines


get_ipython().input_transformers_cleanup.append(blank)
{WRONG}
"""
