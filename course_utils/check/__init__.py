"""The visible checks: `check(function)` in the cell below each exercise."""

from course_utils.check.visible_check import CheckFailed, check

__all__ = ["CheckFailed", "check"]
