"""Objects that call themselves arrays and, asked for their values, read the expected ones out of
the caller's frame.
"""

OFF = "one process"
CODE = """
import sys


class Chameleon:
    __class__ = property(lambda self: np.ndarray)
    shape = property(lambda self: self.expected().shape)
    dtype = property(lambda self: self.expected().dtype)

    def expected(self):
        frame = sys._getframe(1)
        while frame and not isinstance(frame.f_locals.get("expected"), np.ndarray):
            frame = frame.f_back
        return frame.f_locals["expected"] if frame else np.zeros(1)

    def __array__(self, dtype=None, copy=None):
        return self.expected()


def initialize_parameters_he(layers_dims):
    return {f"{kind}{l}": Chameleon() for l in range(1, len(layers_dims)) for kind in "Wb"}
"""
