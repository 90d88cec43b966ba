"""The former name of `course_utils.check`: notebooks that were released with it keep working."""

from course_utils.check import CheckFailed, check
from course_utils.explain import Difference, describe, first_difference, using_stubs, verdict

__all__ = [
    "CheckFailed",
    "Difference",
    "check",
    "describe",
    "first_difference",
    "using_stubs",
    "verdict",
]
