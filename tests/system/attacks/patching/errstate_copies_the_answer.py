"""np.errstate, which a comparison enters, writes the actual numbers over the expected ones.

They are arrays in the frame that calls it.
"""

OFF = "one process"
CODE = """
import sys


class Errstate:
    def __init__(self, **keywords):
        pass

    def __enter__(self):
        found = sys._getframe(1).f_locals
        if "expected" in found and "actual" in found:
            found["expected"][...] = found["actual"]

    def __exit__(self, *error):
        return False


np.errstate = Errstate
{WRONG}
"""
