"""`HandInCollector`: zip_collect's second step, which says at the end what it could not use."""

import atexit
from pathlib import Path
from typing import Any

from nbgrader.plugins import FileNameCollectorPlugin

from grading.course import Course
from grading.errors import CourseError, printable
from grading.nbgrader_plugins.hand_in_extractor import NOTEBOOK, is_junk

MAX_NAMES = 100  # that one list shows


class HandInCollector(FileNameCollectorPlugin):
    """Read student, time and assignment from the name of a file that `submit` made.

    When nbgrader ends, two lists are printed: the files that could not be used, with the reason,
    and the students of the gradebook who have not handed in.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self._unused: dict[str, str] = {}
        self._junk = 0
        # A plugin is asked about each file, and never called again. Only after the last file does
        # nbgrader fill submitted/, from which the second list is made. So we wait for its end.
        atexit.register(self._print_lists)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        path = Path(submitted_file)
        if is_junk(path):
            self._junk += 1
            return None
        found = super().collect(submitted_file)
        if not found and path.suffix not in self.parent.extractor_plugin_inst.zip_ext:
            self._unused[path.name] = _why_unused(path)
        return found

    def _print_lists(self) -> None:
        unused = {**self.parent.extractor_plugin_inst.unused, **self._unused}
        lines = [f"{printable(name)}: {printable(why)}" for name, why in sorted(unused.items())]
        for line in _listed(f"{len(lines)} files could not be used:", lines):
            print(line)
        if self._junk:
            print(f"{self._junk} files that a system made for itself were left out (._NAME, ...).")
        name = self.parent.coursedir.assignment_id
        try:
            absent = _not_handed_in(Course.at(Path(self.parent.coursedir.root)), name)
        except CourseError as error:
            print(error)
            return
        for line in _listed(f"{len(absent)} of the gradebook have not handed in {name}:", absent):
            print(line)


def _why_unused(path: Path) -> str:
    if path.suffix != NOTEBOOK:
        return f"it ends in {path.suffix or 'nothing'}. Expected a notebook, which ends in .ipynb"
    return (
        "its name does not say whose it is. Expected handin_ID_attempt_TIME_NAME.ipynb, as "
        "submit() makes it: rename it, and collect again"
    )


def _not_handed_in(course: Course, name: str) -> list[str]:
    """The students of the gradebook without a folder in submitted/, sorted."""
    from grading.gradebook.connection import open_gradebook

    with open_gradebook(course) as gradebook:
        students = {student.id for student in gradebook.students}
    return sorted(map(printable, students - set(course.submissions(name))))


def _listed(heading: str, lines: list[str]) -> list[str]:
    """A heading and what it is about, if there is any."""
    if not lines:
        return []
    more = [f"and {len(lines) - MAX_NAMES} more"] if len(lines) > MAX_NAMES else []
    return [heading, *(f"  {line}" for line in [*lines[:MAX_NAMES], *more])]
