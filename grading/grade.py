"""`course grade`: nbgrader's autograde over a class, one submission after the other, none in another's way."""

import re
import sys

from tqdm import tqdm

from grading.course import Course
from grading.errors import NothingSubmitted, NotReleased

ERROR_LINE = re.compile(r"^ *([\w.]*(?:Error|Exception|Notebook)\b: .*)", re.MULTILINE)


def grade(course: Course, name: str) -> list[str]:
    """Grade every submission of an assignment; returns one line for each that could not be graded."""
    students = course.submissions(name)
    if not students:
        raise NothingSubmitted(course.root / "submitted", name)
    with course.gradebook() as gradebook:
        if name not in {assignment.name for assignment in gradebook.assignments}:
            raise NotReleased(name)
    api, failures = course.api, []
    for student in tqdm(students, desc=f"grading {name}", unit=" submissions", file=sys.stdout, ncols=90):
        result = api.autograde(name, student, force=True, create=True)
        if not result["success"]:
            failures.append(f"submitted/{student}/{name}: {last_words(result)}")
    return failures


def last_words(result: dict) -> str:
    """The line of nbgrader's log that says what went wrong: the error that it met, not its own summing up."""
    log = f"{result.get('error') or ''}\n{result.get('log') or ''}"
    errors = [line for line in ERROR_LINE.findall(log) if "NbGraderException" not in line]
    return errors[-1] if errors else "nbgrader gave no reason; see its log with: nbgrader autograde"
