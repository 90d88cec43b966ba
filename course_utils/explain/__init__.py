"""The inference engine: from a wrong result to what is wrong with it. It knows no exercise."""

from course_utils.explain.compare import Difference, describe, first_difference
from course_utils.explain.stubs import using_stubs
from course_utils.explain.verdicts import verdict

__all__ = ["Difference", "describe", "first_difference", "using_stubs", "verdict"]
