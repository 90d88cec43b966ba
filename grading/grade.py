"""`course grade`: nbgrader's autograde over a class, one submission after the other, none in another's way."""

import sys

from tqdm import tqdm

from grading.course import Course
from grading.errors import NothingSubmitted, NotReleased, last_words


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
