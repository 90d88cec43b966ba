"""The former name of `course_utils.check`: notebooks that were released with it keep working."""

from course_utils.check import CheckFailed, check
from course_utils.explain import Difference, describe, first_difference, verdict
from course_utils.explain import using_stubs as standing_in

__all__ = [
    "CheckFailed",
    "Difference",
    "check",
    "describe",
    "first_difference",
    "standing_in",
    "verdict",
]
