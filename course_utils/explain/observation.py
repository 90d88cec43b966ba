"""What is known of one call of a student's function."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils.explain.call import Call
from course_utils.explain.compare import Difference, Tolerance, first_difference
from course_utils.explain.inputs import Signature
from course_utils.messages import Words


@dataclass(frozen=True)
class WatchedStub:
    """A stub whose calls show at which points a gradient check measures.

    name: of the function that it stands for
    step: the quantity by which a point is to be moved
    point: the quantity that is moved, where it is one number; else the arrays of a dictionary are
    fixed: the quantity that must not be moved, or ""
    """

    name: str
    step: str
    point: str = ""
    fixed: str = ""


@dataclass(frozen=True)
class Observation:
    """One call of a student's function: input, actual outcome, expected outcome.

    input_text: the input in words
    public: whether it is the example of the visible check
    signature: how arguments and result are read
    tolerance: how far the result may be off
    public_components: the parts of the result whose expected values may be shown
    quantities: see `inputs.input_quantities`
    ingredients: arrays and numbers of which a result may be made, by name
    ratios: further factors that have a name in this exercise, such as {"lambd/m": 0.02}
    watched_stub: the stub whose calls were kept, if any
    """

    input_text: Words
    actual: Call
    expected: Call
    public: bool = False
    signature: Signature = field(default_factory=Signature)
    tolerance: Tolerance = field(default_factory=Tolerance)
    public_components: tuple[str, ...] = ()
    quantities: Mapping[str, Any] = field(default_factory=dict)
    ingredients: Mapping[str, Any] = field(default_factory=dict)
    ratios: Mapping[str, float] = field(default_factory=dict)
    watched_stub: WatchedStub | None = None

    @functools.cached_property
    def difference(self) -> Difference | None:
        """The first difference between the results, in form or else in values."""
        in_form = self._difference(values=False)
        return in_form or self._difference(values=True)

    def _difference(self, values: bool) -> Difference | None:
        return first_difference(
            self.actual.result,
            self.expected.result,
            rtol=self.tolerance.rtol,
            atol=self.tolerance.atol,
            extra_keys=self.tolerance.extra_keys,
            values=values,
        )


def observation_to_show(observations: Sequence[Observation]) -> Observation:
    """The one on which a finding is shown: a public one where there is one, else the first."""
    public = (observation for observation in observations if observation.public)
    return next(public, observations[0])
