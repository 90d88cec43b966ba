"""Hand in: through nbgrader's exchange where there is one, else as a file.

In a notebook `submit("initialization")` hands in through the exchange, as nbgrader's own list of
assignments does, and waits a little for the answer of a `course watch`. With an id,
`submit("initialization", "your-id")`, it makes a copy of the notebook under a name that
`nbgrader zip_collect` reads. In a terminal, in the notebook's folder:
`python -m course_utils.submit initialization`, with or without an id.
"""

import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from course_utils.assignments import points_of
from course_utils.environment import FILE_NAME as FILE_NAME  # where settings of courses look for it
from course_utils.environment import WHILE_GRADED
from course_utils.messages import message
from course_utils.submit.answer import show_answer
from course_utils.submit.exchange import find_exchange
from course_utils.submit.validate_submission import (
    Refused,
    read_cells,
    unsaved_functions,
    warnings_of,
)

STUDENT_ID = re.compile(r"(?!.*(?:handin_|_attempt_))[A-Za-z0-9][A-Za-z0-9.\-_+@]{0,99}")
PLACEHOLDER = re.compile(r"(?:your|student)[ ._-]?id|你的学号", re.IGNORECASE)  # as docs print it


def submit(assignment, student=None, folder="."):
    """Hand in through the exchange and show the answer; with an id, make the file to hand in.

    assignment: the notebook's name, such as "initialization"
    student: your id at this course, such as "student1" or "student1@uni.edu": letters, digits and
        . - _ + @; only for a course without an exchange
    folder: where the notebook lies
    returns the path of the file, which lies beside the notebook; None where no file was made
    raises `Refused` with the reason when the notebook cannot be graded or is not saved, and
    ValueError when there is no notebook of that name
    """
    points_of(assignment)  # ValueError for an unknown notebook comes before all else
    if WHILE_GRADED in os.environ:  # the cell that hands in is a part of what was handed in
        print(message("submit.while_graded"))
        return None
    exchange = None
    if student is None:
        exchange = find_exchange(assignment, Path(folder))
        if exchange is None:
            raise Refused(message("submit.no_exchange", assignment=assignment))
    else:
        student = _checked_id(student)
    notebook = Path(folder) / f"{assignment}.ipynb"
    cells = read_cells(notebook)
    warnings = warnings_of(cells, assignment)
    _require_saved(notebook, cells, assignment)
    for warning in warnings:
        print(message("submit.warning", warning=warning))
    if exchange is not None:
        return show_answer(exchange.hand_in(), Path(folder))
    file = _copy_to_hand_in(notebook, student)
    print(message("submit.made", file=file.name, size=file.stat().st_size / 1000))
    return file


def _checked_id(student):
    """The student's id as text; `Refused` when it could not be part of the file's name."""
    student = str(student).strip()
    if PLACEHOLDER.fullmatch(student.strip("<>")):
        raise Refused(message("submit.placeholder", student=repr(student)))
    if not STUDENT_ID.fullmatch(student):
        raise Refused(message("submit.bad_id", student=repr(student)))
    return student


def _require_saved(notebook, cells, assignment):
    """`Refused` when the file does not hold the functions that were run last."""
    if names := unsaved_functions(cells, assignment, sys.modules["__main__"].__dict__):
        code, about = "submit.not_saved", {"file": notebook.name, "names": ", ".join(names)}
        raise Refused(message(code, len(names), **about))


def _copy_to_hand_in(notebook, student):
    """Copy the notebook under the name that says who, what and when (UTC)."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    file = notebook.with_name(f"handin_{student}_attempt_{now}_{notebook.stem}.ipynb")
    shutil.copyfile(notebook, file)
    return file
