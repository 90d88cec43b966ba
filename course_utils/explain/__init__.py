"""The visible checks: `check(function)` in the cell below each exercise."""

from course_utils.checks.check import CheckFailed, check
from course_utils.checks.compare import Difference, describe, first_difference
from course_utils.checks.stand_ins import standing_in
from course_utils.checks.verdicts import verdict

__all__ = ["CheckFailed", "Difference", "check", "describe", "first_difference", "standing_in", "verdict"]
