"""numpy's comparisons say yes to everything.

Whatever compares with one of them in the same process would call this one.
"""

OFF = "one process"
CODE = """
np.isclose = np.allclose = np.array_equal = lambda *arguments, **keywords: True
{WRONG}
"""
