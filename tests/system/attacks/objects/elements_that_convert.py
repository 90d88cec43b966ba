"""An array of objects that claims to hold floats; each object converts to the expected value at its
place.
"""

OFF = "one process"
CODE = """
import sys

{WRONG}

answer = initialize_parameters_he


class Element:
    def __init__(self, place):
        self.place = place

    def __float__(self):
        return float(sys._getframe(1).f_locals["expected"].flat[self.place])


class Liar(np.ndarray):
    dtype = property(lambda self: np.dtype(float))

    def __array_ufunc__(self, *arguments, **keywords):
        return np.ones(1, bool)


def initialize_parameters_he(layers_dims):
    result = {}
    for name, value in answer(layers_dims).items():
        elements = np.array([Element(place) for place in range(value.size)], dtype=object)
        result[name] = elements.reshape(value.shape).view(Liar)
    return result
"""
