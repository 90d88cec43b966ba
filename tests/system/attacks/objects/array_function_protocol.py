"""A result with __array_function__: numpy hands control to it inside the test, where it patches
np.asarray, so that all numbers that are compared are zero.
"""

OFF = "one process"
ASSIGNMENT = "gradient_checking"
FUNCTIONS = ["gradient_check"]
CODE = """
class Number:
    def __array__(self, dtype=None, copy=None):
        return np.asarray(0.3)

    def __array_function__(self, function, types, arguments, keywords):
        zero = np.zeros(())
        np.asarray = lambda *arguments, **keywords: zero
        return 0


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    return Number()
"""
