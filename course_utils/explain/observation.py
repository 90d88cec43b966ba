"""One input of a function, what came of it, and what should have."""

import functools
from dataclasses import dataclass, field

from course_utils.explain.call import Call
from course_utils.explain.compare import first_difference


@dataclass(frozen=True)
class Observation:
    """tried: the input in words; public: whether it is the public example; known: `inputs.quantities`
    names: of a tuple's items; takes: of the arguments; rtol, atol, extra_keys: as in `first_difference`
    open: the parts whose expected values may be shown; around: arrays and numbers that went in, by name
    watched: the function whose calls were watched
    """

    tried: str
    got: Call
    wanted: Call
    public: bool = False
    known: dict = field(default_factory=dict)
    names: tuple = ()
    takes: tuple = ()
    rtol: float = 1e-7
    atol: float = 1e-9
    extra_keys: bool = False
    open: tuple = ()
    around: dict = field(default_factory=dict)
    watched: str = ""

    @functools.cached_property
    def difference(self):
        """The first difference between the results, in form or else in values; None where there is none."""
        got, wanted = self.got.result, self.wanted.result
        options = dict(rtol=self.rtol, atol=self.atol, extra_keys=self.extra_keys)
        return first_difference(got, wanted, values=False, **options) or first_difference(
            got, wanted, **options
        )

    @property
    def right(self):
        """Whether nothing at all is wrong with the call."""
        got, wanted = self.got, self.wanted
        return not (
            got.error or got.changed or not got.again or self.difference or got.said != wanted.said
        )


def shown_first(tries):
    """The try to show: a public one where there is one."""
    return next((one for one in tries if one.public), tries[0])
