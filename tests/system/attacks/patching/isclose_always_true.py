"""numpy's comparisons say yes to everything.

The tests compare with np.isclose; in the same process they would call this one.
"""

OFF = "one process"
CODE = """
np.isclose = np.allclose = np.array_equal = lambda *arguments, **keywords: True
{WRONG}
"""
