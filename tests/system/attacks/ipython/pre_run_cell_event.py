"""Before every cell, an event replaces the tests in grading.hidden, however often they are
imported.
"""

OFF = "one process"
CODE = """
import sys


def before(info):
    hidden = sys.modules.get("grading.hidden")
    if hidden:
        hidden.has_values = hidden.has_form = lambda *arguments, **keywords: None


get_ipython().events.register("pre_run_cell", before)
{WRONG}
"""
