"""What the checks know of an exercise: its public example and what is said about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_utils.explain import Signature, Tolerance, WatchedStub

Arguments = Callable[[], list[Any]]  # positional arguments, fresh at each call

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
    """The call that the visible check makes.

    input_text: the input in words
    stubs: for names that the function calls, right versions that replace them while it is tried,
        so that a mistake in one exercise does not make the check of another fail
    """

    input_text: str
    arguments: Arguments
    keywords: Mapping[str, Any] = field(default_factory=dict)
    stubs: Mapping[str, Callable] = field(default_factory=dict)


@dataclass(frozen=True)
class ExpectedResult:
    """What the public example must give.

    values: () -> the public values of the result, or of its part `public_part`
    public_part: of a result -> the part whose values are public
    whole: () -> a result of the right form, whose values do not matter, where only a part is public
    verdict: "right" or "wrong", where printing a verdict is part of the exercise
    is_measured: whether the result rests on measured slopes, whose rounding errors differ from one
        order of operations to another
    """

    values: Callable[[], Any]
    tolerance: Tolerance = PUBLIC_TOLERANCE
    public_part: Callable[[Any], Any] = lambda result: result
    whole: Callable[[], Any] | None = None
    verdict: str = ""
    is_measured: bool = False


@dataclass(frozen=True)
class Hints:
    """Three steps: a question; the shapes or quantities that matter; a worked example's key."""

    question: str
    quantities: str
    example: str


@dataclass(frozen=True)
class StudentTexts:
    """What a student is told about the exercise.

    questions: by what was observed: the kind of a finding, or a finer key; "value" is the question
        to fall back on
    hidden_tests: the ideas that the hidden tests try beyond the public example
    """

    hints: Hints
    questions: Mapping[str, str]
    hidden_tests: str


@dataclass(frozen=True)
class InferenceInputs:
    """What helps to find out why a function is wrong.

    further_inputs: on which a function that failed is compared with known mistakes
    derived_ingredients: of the arguments -> further numbers that anyone can compute from them
    ratios: of the quantities of a call -> factors that have a name in this exercise
    watched_stub: the stub whose calls show where slopes are measured
    """

    further_inputs: tuple[Arguments, ...] = ()
    derived_ingredients: Callable[..., dict[str, Any]] = lambda *arguments: {}
    ratios: Callable[[Mapping[str, Any]], dict[str, float]] = lambda quantities: {}
    watched_stub: WatchedStub | None = None


@dataclass(frozen=True)
class ExerciseSpec:
    """One exercise. points: as the first lines of its test cells in the notebook say it"""

    points: int
    signature: Signature
    example: PublicExample
    result: ExpectedResult
    texts: StudentTexts
    inference: InferenceInputs = field(default_factory=InferenceInputs)
