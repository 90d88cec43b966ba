"""Leaves a module beside the notebook, where Python looks first for what the
next student imports.
"""

OFF = "one process"
EXTRA = "open('answers.py', 'w').write('print(\"LEFT BEHIND\")')"
AFTER = """
import sys

sys.path.insert(0, "")
try:
    import answers
except ImportError:
    print("nothing")
"""
