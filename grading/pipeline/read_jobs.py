"""From a course's folder to a `Job`: what was handed in, and what else decides a submission's result."""

from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from grading.course import Course
from grading.engine.job import Job
from grading.notebook.submission import read_folder


def job_for(
    course: Course, name: str, student: str, sandboxed: bool = True, run_demos: bool = False
) -> Job:
    """All that goes into grading one student's submission, read from the course's folder."""
    limits = course.limits
    release, source = course.release(name).read_bytes(), course.source(name).read_bytes()
    folder = course.submitted(student, name).parent
    found = read_folder(folder, name, limits.notebook, course.grade_ids(name))
    files = found.files | _files_beside(course.source(name))
    return Job(
        name, release, source, found.notebook, files, found.notes, limits, sandboxed, run_demos
    )


def read_timestamp(path: Path) -> datetime | None:
    """When a submission came in, from nbgrader's timestamp.txt; None where that says nothing."""
    try:
        return parse_utc(read_stamp(path)[path.name].decode().strip())
    except (KeyError, ValueError, OverflowError):
        return None


def read_stamp(path: Path) -> dict[str, bytes]:
    """timestamp.txt as one of the files that nbgrader keeps; nothing where there is none that can be read."""
    regular = path.is_file() and not path.is_symlink() and path.stat().st_size < 1000
    return {path.name: path.read_bytes()} if regular else {}


def _files_beside(source: Path) -> dict[str, bytes]:
    """Data that the instructor put beside the source notebook."""
    return {
        str(path.relative_to(source.parent)): path.read_bytes()
        for path in sorted(source.parent.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and ".ipynb_checkpoints" not in path.parts
    }
