"""What the checks know of an exercise: its public example and what it must give.

What is said about it stands in `LANG.po` beside it, by the codes "FUNCTION.input" (the example in
words), "FUNCTION.hidden_tests", "FUNCTION.hint.question", "FUNCTION.hint.quantities",
"FUNCTION.question.KEY" and "FUNCTION.example.KEY".
"""

import functools
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.explain import Signature, Tolerance, WatchedStub

Arguments = Callable[[], list[Any]]  # positional arguments, fresh at each call

UNLIKELY_SEED = 3_141_592_653  # by which it is seen whether an example sets another
# Public values are printed to 8 decimals.
PUBLIC_TOLERANCE = Tolerance(rtol=1e-6, atol=5e-9)


def public_tolerance(
    rtol: float = PUBLIC_TOLERANCE.rtol,
    atol: float = PUBLIC_TOLERANCE.atol,
    extra_keys: bool = False,
) -> Tolerance:
    """`PUBLIC_TOLERANCE`, with what differs from it."""
    return Tolerance(rtol=rtol, atol=atol, extra_keys=extra_keys)


@dataclass(frozen=True)
class PublicExample:
    """A call whose result is public: the one that the visible check makes, or a further one.

    stubs: for names that the function calls, right versions that replace them while it is tried,
        so that a mistake in one exercise does not make the check of another fail
    checked: of a further example, whether the visible check fails with it too
    """

    arguments: Arguments
    keywords: Mapping[str, Any] = field(default_factory=dict)
    stubs: Mapping[str, Callable] = field(default_factory=dict)
    checked: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", _drawn_once(self.arguments))


def _drawn_once(draw: Arguments) -> Arguments:
    """The same, copying what `draw` gave the first time: drawing it takes ten times as long.

    Where `draw` seeds the legacy random stream, so does each copy: a function that draws numbers
    without a seed of its own must give the same at each check.
    """

    @functools.cache
    def drawn() -> tuple[bytes, Any]:
        before = np.random.get_state()
        np.random.seed(UNLIKELY_SEED)
        unseeded = pickle.dumps(np.random.get_state())
        arguments, after = pickle.dumps(draw()), np.random.get_state()
        if pickle.dumps(after) == unseeded:
            np.random.set_state(before)
            return arguments, None
        return arguments, after

    def copy() -> list[Any]:
        arguments, state = drawn()
        if state:
            np.random.set_state(state)
        return pickle.loads(arguments)

    return copy


@dataclass(frozen=True)
class ExpectedResult:
    """What the public example must give.

    values: () -> the public values of the result, or of its part `public_part`
    public_part: of a result -> the part whose values are public
    whole: () -> a result of the right form, whose values do not matter, where only a part is public
    verdict: "right" or "wrong", where printing a verdict is part of the exercise
    is_measured: whether the result rests on measured slopes, whose rounding errors differ from one
        order of operations to another
    graded_part: of a result -> what of it counts, in one form, where a function may return it in
        several; a result of no such form is handed back as it is
    """

    values: Callable[[], Any]
    tolerance: Tolerance = PUBLIC_TOLERANCE
    public_part: Callable[[Any], Any] = lambda result: result
    whole: Callable[[], Any] | None = None
    verdict: str = ""
    is_measured: bool = False
    graded_part: Callable[[Any], Any] = lambda result: result


@dataclass(frozen=True)
class InferenceInputs:
    """What helps to find out why a function is wrong.

    further_examples: on which a function is called as well once the check has failed; what the
        check says must hold on all of them. Those that are `checked` belong to the check itself
    derived_ingredients: of the arguments -> further numbers that anyone can compute from them
    ratios: of the quantities of a call -> factors that have a name in this exercise
    watched_stub: the stub whose calls show where slopes are measured
    """

    further_examples: tuple[PublicExample, ...] = ()
    derived_ingredients: Callable[..., dict[str, Any]] = lambda *arguments: {}
    ratios: Callable[[Mapping[str, Any]], dict[str, float]] = lambda quantities: {}
    watched_stub: WatchedStub | None = None


@dataclass(frozen=True)
class ExerciseSpec:
    """One exercise.

    points: as the first lines of its test cells in the notebook say it
    hint_example: the key of the worked example that is the last hint
    may_change_arguments: whether a function may write to what it is given
    separate_arrays: whether each part of the result must be an array of its own
    """

    points: int
    signature: Signature
    example: PublicExample
    result: ExpectedResult
    hint_example: str = "value"
    may_change_arguments: bool = False
    separate_arrays: bool = False
    inference: InferenceInputs = field(default_factory=InferenceInputs)
