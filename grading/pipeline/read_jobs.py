"""Make a `Job` of every submission: what was handed in, and all else that decides its result."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from grading.course import Course
from grading.engine.job import Job
from grading.errors import NotBuilt
from grading.isolation.limits import Limits
from grading.notebook.cells import grade_id_of, parse_notebook
from grading.notebook.submission import TIMESTAMP, read_folder

LONGEST_TIMESTAMP = 1000  # bytes; a file that is longer was not written by nbgrader


@dataclass(frozen=True)
class AssignmentFiles:
    """An assignment's part of its jobs, read from the course's folder once for the whole class.

    release, source: the two notebooks, as they lie on the disk
    files: the data that the instructor put beside the source notebook, by relative path
    grade_ids: nbgrader's names of the released cells
    """

    name: str
    release: bytes
    source: bytes
    files: dict[str, bytes]
    grade_ids: frozenset[str]
    limits: Limits

    @classmethod
    def read(cls, course: Course, name: str) -> "AssignmentFiles":
        """Read an assignment; NotBuilt or BadNotebook where its notebooks cannot be used."""
        for path in (course.source(name), course.release(name)):
            if not path.is_file():
                raise NotBuilt(path, name)
        release = course.release(name).read_bytes()
        cells = parse_notebook(release, course.release(name)).cells
        return cls(
            name=name,
            release=release,
            source=course.source(name).read_bytes(),
            files=_files_beside(course.source(name)),
            grade_ids=frozenset(filter(None, map(grade_id_of, cells))),
            limits=course.limits,
        )

    def job(self, folder: Path, sandboxed: bool = True, run_demos: bool = False) -> Job:
        """The job of one submission. folder: submitted/STUDENT/ASSIGNMENT"""
        submission = read_folder(folder, self.name, self.limits.notebook, self.grade_ids)
        return replace(
            self.empty_job(sandboxed, run_demos),
            submission=submission.notebook,
            files=submission.files | self.files,
            notes=submission.notes,
        )

    def empty_job(self, sandboxed: bool = True, run_demos: bool = False) -> Job:
        """A job without a submission, which brings the assignment to where jobs are run."""
        return Job(
            name=self.name,
            release=self.release,
            source=self.source,
            submission=b"",
            limits=self.limits,
            sandboxed=sandboxed,
            run_demos=run_demos,
        )


def read_timestamp_file(folder: Path) -> dict[str, bytes]:
    """The timestamp.txt of a submission as a file to keep; empty where none can be read."""
    path = folder / TIMESTAMP
    readable = path.is_file() and not path.is_symlink() and path.stat().st_size < LONGEST_TIMESTAMP
    return {path.name: path.read_bytes()} if readable else {}


def timestamp_of(files: dict[str, bytes]) -> datetime | None:
    """When a submission came in, as the timestamp.txt among some files says.

    Naive, in UTC; None where there is no such file, or no time in it.
    """
    try:
        return parse_utc(files[TIMESTAMP].decode().strip())
    except (KeyError, ValueError, OverflowError):
        return None


def _files_beside(source: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(source.parent)): path.read_bytes()
        for path in sorted(source.parent.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and ".ipynb_checkpoints" not in path.parts
    }
