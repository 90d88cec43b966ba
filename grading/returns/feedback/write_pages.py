"""`course feedback`: run nbgrader's generate_feedback for every graded submission."""

import sys

from tqdm import tqdm

from grading.course import Course
from grading.errors import reason_in_log


def write_feedback(course: Course, name: str) -> list[str]:
    """Write feedback/STUDENT/NAME/NAME.html and feedback.json beside it, for every student.

    Returns one line for each page that could not be written.
    """
    graded = sorted(path.parent.name for path in (course.root / "autograded").glob(f"*/{name}"))
    api, failures = course.api, []
    for student in tqdm(graded, desc=f"feedback {name}", unit=" pages", file=sys.stdout, ncols=90):
        result = api.generate_feedback(name, student, force=True)
        if not result["success"]:
            failures.append(f"feedback/{student}/{name}: {reason_in_log(result)}")
    return failures
