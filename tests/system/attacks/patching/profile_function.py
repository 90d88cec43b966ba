"""A profile function swaps the code of any function called `has_...` at the moment before it is
called.
"""

OFF = "one process"
CODE = """
import sys


def empty(*arguments, **keywords):
    return None


def profile(frame, event, argument):
    hidden = sys.modules.get("grading.hidden")
    for name in ("has_values", "has_form", "repeats"):
        if hidden and hasattr(hidden, name):
            setattr(hidden, name, empty)


sys.setprofile(profile)
{WRONG}
"""
