"""From an exception in a student's code to a `CallError`: its line, and what to say of it."""

from course_utils.explain.errors.call_error import CallError, SourceLine
from course_utils.explain.errors.last_run import error_of_last_run
from course_utils.explain.errors.places import past_cells
from course_utils.explain.errors.read_error import read_cell_error, read_error

__all__ = [
    "CallError",
    "SourceLine",
    "error_of_last_run",
    "past_cells",
    "read_cell_error",
    "read_error",
]
