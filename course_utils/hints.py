"""The former name of `course_utils.hint`: notebooks that were released with it keep working."""

from course_utils.hint import hint

__all__ = ["hint"]
