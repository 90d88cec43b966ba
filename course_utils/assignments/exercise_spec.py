"""What a visible check consists of."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ExerciseSpec:
    """What the visible check of one exercise tries.

    points: what the exercise is worth, as the first lines of its test cells in the notebook say it
    hints: a question; which shapes or quantities matter; the key of the worked example that belongs to them
    given: what the function is called with, in words
    arguments: () -> list of positional arguments, fresh at each call
    expected: () -> the public values of the result, or of the part of it that `pick` takes
    form: () -> a result of the right form whose values do not matter, where `pick` takes a part
    questions: for each kind of `Difference`, and for "error", the question to ask; "value" is also
        the one to fall back on
    hidden: the ideas that the hidden tests try beyond this check, in words
    stubs: for names that the function calls, right versions that take their place while it is tried, so
        that a mistake in one exercise does not make the check of another fail
    takes: names of the arguments; defaults: of those that may be left out; names: of the items of a tuple that is returned
    also: further inputs, each () -> arguments, on which a function that failed is compared with known mistakes
    measured: whether the result rests on measured slopes, whose rounding errors differ from one order to another
    beside: of the arguments -> further numbers that everyone can compute from them, by name
    watched: the stand-in at whose arguments is looked, to see where slopes are measured
    said: the verdict that must be printed, "right" or "wrong", where printing is part of the exercise
    """

    points: int
    hints: tuple
    given: str
    arguments: Callable
    expected: Callable
    questions: dict
    hidden: str
    rtol: float = 1e-6
    atol: float = 5e-9  # public values are printed to 8 decimals
    extra_keys: bool = False
    keywords: dict = field(default_factory=dict)
    stubs: dict = field(default_factory=dict)
    said: str = ""
    form: Callable | None = None
    takes: tuple = ()
    defaults: dict = field(default_factory=dict)
    names: tuple = ()
    also: tuple = ()
    measured: bool = False
    watched: str = ""
    beside: Callable = lambda *arguments: {}
    pick: Callable = lambda result: result
