"""The garbage collector's list leads to the comparing function, whose code is swapped in place.

No name needs to be patched, so that early imports by the tests are no help.
"""

OFF = "one process"
CODE = """
import gc
import types

gc.unfreeze()
for function in gc.get_objects():
    if isinstance(function, types.FunctionType) and function.__name__ == "_are_close":
        function.__code__ = (lambda actual, expected, rtol, atol: True).__code__

{WRONG}
"""
