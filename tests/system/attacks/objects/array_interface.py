"""A float with __array_interface__: where numpy may read its memory, it hands out the memory of the
expected number.
"""

OFF = "one process"
ASSIGNMENT = "gradient_checking"
FUNCTIONS = ["gradient_check"]
CODE = """
import sys


class Number:
    @property
    def __array_interface__(self):
        frame = sys._getframe(1)
        while frame and not isinstance(frame.f_locals.get("expected"), float):
            frame = frame.f_back
        return np.asarray(frame.f_locals["expected"] if frame else 0.3).__array_interface__


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    return Number()
"""
