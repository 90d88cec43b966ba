"""The visible checks: `check(function)` in the cell below each exercise."""

from course_utils.checks.check import Check, CheckFailed, check
from course_utils.checks.compare import Difference, describe, first_difference

__all__ = ["Check", "CheckFailed", "Difference", "check", "describe", "first_difference"]
