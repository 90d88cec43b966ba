"""While it is called, the function keeps the local variables of everyone who called it, and shows
them at the end.
"""

OFF = "one process"
EXTRA = "seen = []"
CODE = """
import sys

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    frame = sys._getframe(1)
    while frame:
        seen.append(str(frame.f_locals.get("path")))
        frame = frame.f_back
    return answer(layers_dims)
"""
LAST = "print(seen)"
