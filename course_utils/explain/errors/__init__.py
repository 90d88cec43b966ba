"""From an exception in a student's code to a `CallError`: its line, and what to say of it."""

from course_utils.explain.errors.call_error import CallError, SourceLine
from course_utils.explain.errors.read_error import read_cell_error, read_error

__all__ = ["CallError", "SourceLine", "read_cell_error", "read_error"]
