"""The hidden test cases: seeded inputs, and how closely a result must match.

A case only says what goes in. What must come out is computed from the solution cells of the source
notebook by `course expected`, and kept in `grading/assignments/NAME/expected.h5`.
"""

import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Inputs = Callable[[np.random.RandomState], list]
RTOL, ATOL = 1e-9, 1e-12  # how far a result may be off, where a case does not say otherwise
ROUNDING = "double precision: another order of operations moves a result by about 1e-13 of its size"

# Of all cases, seeded anew for each: making another one would take a hundred times as long.
_rng = np.random.RandomState(0)


def drawn(draw: Callable[..., list], *rest: Any) -> Inputs:
    """`draw(rng, *rest)` as the inputs of a case."""
    return lambda rng: draw(rng, *rest)


@dataclass(frozen=True)
class Case:
    """One call of a student's function.

    name: "group/which", unique within its assignment; hidden tests name groups
    function: the graded function
    inputs: draws the positional arguments from a legacy random stream
    seed: of that stream, for the expected results; other seeds give other inputs of the same kind
    rtol, atol, reason: how far a result may be off, as in numpy.isclose, and why
    keywords: keyword arguments of the call
    stubs: right (or deliberately wrong) versions of functions that the function calls, by name;
        they take the place of the student's own, so that one mistake does not cost marks twice
    fresh_inputs: draws the inputs that only one submission is tested on (see `with_fresh_inputs`);
        None: `inputs` draws them. Needed where `inputs` ignores its random stream, since fixed
        inputs would be the same for every submission, and their answers may have leaked
    use_fresh_inputs: whether a submission may be tested on fresh inputs of this case. False where
        the tolerances or the meaning of the case hold for its seeded inputs only
    use_as_probe: whether the diagnosis may call the function on this case as well, to tell known
        mistakes apart. False where a call takes long and no mistake shows there alone
    """

    name: str
    function: str
    inputs: Inputs
    seed: int
    rtol: float = RTOL
    atol: float = ATOL
    reason: str = ROUNDING
    keywords: dict[str, Any] = field(default_factory=dict)
    stubs: dict[str, Callable] = field(default_factory=dict)
    fresh_inputs: Inputs | None = None
    use_fresh_inputs: bool = True
    use_as_probe: bool = True
    _pickled: dict[int, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def arguments(self, seed: int | None = None) -> list:
        """A new copy of the positional arguments, drawn from the case's own seed or another."""
        seed = self.seed if seed is None else seed
        # A case is used in several tests, and drawing its inputs takes longer than copying them.
        if seed not in self._pickled:
            _rng.seed(seed)
            self._pickled[seed] = pickle.dumps(self.inputs(_rng))
        return pickle.loads(self._pickled[seed])

    def with_fresh_inputs(self, seed: int) -> "Case":
        """The same case with inputs that belong to this seed, for example a submission's own."""
        seed_of_case = zlib.crc32(f"{seed} {self.name}".encode())
        return replace(self, inputs=self.fresh_inputs or self.inputs, seed=seed_of_case)
