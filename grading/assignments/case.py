"""The hidden test cases: seeded inputs, and how closely a result must match.

A case only says what goes in. What must come out is computed from the solution cells of the source
notebook by `course expected` and kept in `grading/assignments/NAME/expected.h5`.
"""

import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Inputs = Callable[[np.random.RandomState], list]
ROUNDING = "double precision: another order of operations moves a result by about 1e-13 of its size"


@dataclass(frozen=True)
class Case:
    """One call of a student's function.

    name: "group/which", unique within its assignment; hidden tests name groups
    function: the graded function
    inputs: draws the positional arguments from a legacy random stream
    seed: of that stream, for the expected arrays; other seeds make other inputs of the same kind
    rtol, atol, reason: how far a result may be off, as in numpy.isclose, and why
    keywords: keyword arguments of the call
    stubs: for names that the function calls, right (or deliberately wrong) versions that take
        their place, so that one function's mistake does not cost another function's marks
    """

    name: str
    function: str
    inputs: Inputs
    seed: int
    rtol: float = 1e-9
    atol: float = 1e-12
    reason: str = ROUNDING
    keywords: dict[str, Any] = field(default_factory=dict)
    stubs: dict[str, Callable] = field(default_factory=dict)
    fresh_inputs: Inputs | None = None
    use_fresh_inputs: bool = True
    use_as_probe: bool = True
    _drawn: dict[int, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def arguments(self, seed: int | None = None) -> list:
        """Fresh positional arguments, from the case's own seed or another."""
        seed = self.seed if seed is None else seed
        if (
            seed not in self._drawn
        ):  # drawing takes longer than copying, and a case is used in several tests
            self._drawn[seed] = pickle.dumps(self.inputs(np.random.RandomState(seed)))
        return pickle.loads(self._drawn[seed])

    def drawn_anew(self, seed: int) -> "Case":
        """The same case with inputs that belong to this seed."""
        mixed = zlib.crc32(f"{seed} {self.name}".encode())
        return replace(self, inputs=self.fresh_inputs or self.inputs, seed=mixed)
