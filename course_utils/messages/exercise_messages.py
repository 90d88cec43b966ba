"""Questions and worked examples of an exercise, by what was observed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course_utils.messages.message import Message, first_known, message

# Observations that share the worked example of another one.
EXAMPLE_FALLBACKS = {
    "length": "keys",
    "places": "keys",
    "type": "keys",
    "part_type": "shape",
    "dtype": "shape",
    "order": "random",
    "mask": "random",
    "shared": "changed",
    "repeats": "changed",
    "some": "general",
    "only": "general",
    "todo": "shape",
}


@dataclass(frozen=True)
class ExerciseMessages:
    """The questions and worked examples of one exercise; general questions fill the gaps.

    function: the exercise, whose own sentences come first
    assignment: whose sentences for all its exercises come next

    A key is the kind of a `Finding`, or a finer one such as "sign"; the code of a question is
    "FUNCTION.question.KEY", "ASSIGNMENT.question.KEY" or "question.KEY".
    """

    function: str = ""
    assignment: str = ""

    def question(self, key: str, **values: Any) -> Message:
        """The question on the key, else the one on values. values: for the slots"""
        found = first_known([*self._codes("question", key), *self._codes("question", "value")])
        assert found is not None, f"the general question on values is missing, beside {key}"
        return message(found.code, **values)

    def example(self, key: str) -> Message | None:
        """The worked example of the key, else of a similar one, else of "value"; None without."""
        keys = (key, EXAMPLE_FALLBACKS.get(key, "value"), "value")
        return first_known(code for name in keys for code in self._codes("example", name))

    def _codes(self, part: str, key: str) -> Iterator[str]:
        """From the exercise's own code to the general one."""
        owners = [owner + "." for owner in (self.function, self.assignment) if owner]
        return (f"{owner}{part}.{key}" for owner in [*owners, ""])
