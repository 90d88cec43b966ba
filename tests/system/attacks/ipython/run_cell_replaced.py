"""The shell's run_cell is wrapped: cells that test are run as `pass`."""

OFF = "one process"
CODE = """
run_cell = get_ipython().run_cell


def harmless(source, *arguments, **keywords):
    return run_cell("pass" if "has_" in source else source, *arguments, **keywords)


get_ipython().run_cell = harmless
{WRONG}
"""
