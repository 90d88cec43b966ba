"""numpy's legacy random state, which crosses only when it has changed.

Reading the state takes numpy as long as all else that a small call costs. Whether it is still what
it was can be seen from the bytes in which it lies, in microseconds.
"""

import ctypes
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.random import MT19937

from grading.isolation.serialization import pack

STATE_BYTES = 4 * 624 + 4  # numbers of the generator and the position among them
HEAD_BYTES = 16  # of an object in Python: its count of references and its type


def random_mark() -> bytes:
    """The same bytes as long as the state is the same; b"" where that cannot be told.

    Besides the generator's own memory it holds that of the object around it: there lies the second
    number of a pair that the normal distribution has drawn.
    """
    state = np.random.mtrand._rand
    generator = state._bit_generator
    if type(generator) is not MT19937:
        return b""
    return b"".join(_memory_of(state, generator))


@lru_cache(maxsize=1)  # it holds both objects, so that what it points to stays
def _memory_of(state: Any, generator: MT19937) -> tuple[ctypes.Array, ctypes.Array]:
    """The bytes of the object after its head, and those of the generator's state."""
    size = type(state).__basicsize__ - HEAD_BYTES
    return (
        (ctypes.c_char * size).from_address(id(state) + HEAD_BYTES),
        (ctypes.c_char * STATE_BYTES).from_address(generator.ctypes.state_address),
    )


def packed_random_state() -> bytes:
    """The state, as `set_random_state` takes it on the other side."""
    return pack(np.random.get_state())
