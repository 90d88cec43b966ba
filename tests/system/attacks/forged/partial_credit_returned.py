"""The tests are replaced by functions that return 5.0; the value of a cell's last line is partial
credit.
"""

OFF = "one process"
CODE = """
import sys

hidden = sys.modules.get("grading.hidden")
if hidden:
    hidden.has_values = lambda *arguments, **keywords: 5.0
{WRONG}
"""
