"""What students may ask of the watcher, and what they are told: c.Watch in nbgrader_config.py."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grading.errors import BadSetting

ALL, SCORE, RECEIVED = "all", "score", "received"
SHOWN = (ALL, SCORE, RECEIVED)
GRADE, KEEP = "grade", "keep"
LATE = (GRADE, KEEP)


@dataclass(frozen=True)
class Settings:
    """The policy of `course watch`.

    attempts_a_day: answers that a student gets in a day for one assignment; 0 for any number
    pause: seconds from one answer to the next
    show_before_deadline, show_after_deadline: the page ("all"), only the points ("score"), or only
        that the work has come ("received"); without a deadline, the former counts
    late: "grade", or "keep" for work that is left in the exchange until the instructor decides
    require_owner: whether a hand-in must belong to the user of the machine whose id it bears
    incoming: a folder of files that `submit` made, or ""
    """

    attempts_a_day: int = 5
    pause: float = 60
    show_before_deadline: str = ALL
    show_after_deadline: str = ALL
    late: str = GRADE
    require_owner: bool = False
    incoming: str = ""

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> "Settings":
        """From the section of nbgrader_config.py; BadSetting for one that cannot be used."""
        known = [field.name for field in fields(cls)]
        for name, value in config.items():
            if name not in known:
                raise BadSetting(f"c.Watch.{name}", value, f"one of {', '.join(known)}")
            _check(name, value)
        return cls(**config)


def _check(name: str, value: object) -> None:
    choices = {"show_before_deadline": SHOWN, "show_after_deadline": SHOWN, "late": LATE}
    if name in choices:
        good, expected = value in choices[name], f"one of {', '.join(choices[name])}"
    elif name == "attempts_a_day":
        good, expected = type(value) is int and value >= 0, "a whole number, 0 for no limit"
    elif name == "pause":
        good, expected = type(value) in (int, float) and value >= 0, "seconds, 0 for none"  # type: ignore[operator]
    elif name == "require_owner":
        good, expected = type(value) is bool, "True or False"
    else:
        good, expected = isinstance(value, str), "the path of a folder"
    if not good:
        raise BadSetting(f"c.Watch.{name}", value, expected)
