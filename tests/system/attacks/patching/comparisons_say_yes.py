"""numpy's comparisons say yes to everything, and np.asarray makes everything alike.

Whatever compares in the same process, with one of them or by hand, would call one of these.
"""

OFF = "one process"
CODE = """
{WRONG}
np.isclose = np.allclose = np.array_equal = np.all = lambda *arguments, **keywords: True
np.asarray = lambda *arguments, **keywords: np.zeros(1)
"""
