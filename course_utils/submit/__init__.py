"""Hand in as a file: a copy of the notebook under the name that `nbgrader zip_collect` reads, or the reason why not.

In a notebook: `submit("initialization", "your-id")`; in a terminal: `python -m course_utils.submit initialization your-id`.
"""

import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from course_utils.assignments import points_of
from course_utils.submit.validate_submission import Refused, problems_of, read_cells, unsaved

# nbgrader_config.py gives this to zip_collect. What a learning platform puts before or behind the name does not matter.
FILE_NAME = r".*handin_(?P<student_id>[A-Za-z0-9.\-]+)_attempt_(?P<timestamp>\d{8}T\d{6}Z)_(?P<file_id>[A-Za-z_]+)"
STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,63}")


def submit(assignment, student, folder="."):
    """Make the file to hand in, beside the notebook, and return its path; raises `Refused` with the reason otherwise.

    assignment: "initialization", "regularization" or "gradient_checking"
    student: your id at this course: letters, digits, dots and hyphens
    folder: where the notebook lies
    """
    points_of(assignment)
    student = str(student)
    if not STUDENT.fullmatch(student):
        raise Refused(
            f"{student!r} is no student id. Expected letters, digits, dots and hyphens, as your course gave it to you."
        )
    notebook = Path(folder) / f"{assignment}.ipynb"
    cells = read_cells(notebook)
    costly = problems_of(cells, assignment)
    if names := unsaved(cells, assignment, sys.modules["__main__"].__dict__):
        raise Refused(
            f"{notebook.name} on disk differs from what you ran last: {', '.join(names)}. Save the notebook (Ctrl-S), run those "
            "cells, then hand in again."
        )
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    made = notebook.with_name(f"handin_{student}_attempt_{now}_{assignment}.ipynb")
    shutil.copyfile(notebook, made)
    print("\n".join([*(f"Mind: {problem}" for problem in costly),
                     f"Made {made.name} ({made.stat().st_size / 1000:,.0f} kB). Upload this file under this name."]))  # fmt: skip
    return made
