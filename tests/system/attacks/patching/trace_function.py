"""A trace function sets the test's local variable `difference` back to None
before it is looked at.
"""

OFF = "one process"
CODE = """
import sys


def inside(frame, event, argument):
    if frame.f_locals.get("difference") is not None:
        frame.f_locals["difference"] = None
    return inside


traced = ("require_same_result", "check")
sys.settrace(lambda frame, event, argument: inside if frame.f_code.co_name in traced else None)
{WRONG}
"""
