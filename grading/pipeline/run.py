"""One run of `course grade`: a submission is read, graded and recorded."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from grading.course import Course
from grading.engine.engine import grade_here
from grading.engine.job import Job, Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import BadFolder, BadStudent, EngineFailed, printable
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission, check_student_id
from grading.pipeline.arrival_time import read_arrival_time
from grading.pipeline.options import Options
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run_summary import RunSummary
from grading.pipeline.similar_ids import similar_id_notes

Grader = Callable[[Job], Result]


def cached_result(job: Job, cache: ResultCache, grader: Grader = grade_here) -> tuple[Result, bool]:
    """A submission's result, and whether it had to be run for it.

    The result is the same in any thread, at any load, on any machine. It is kept, unless there was
    no time to find out why a function lost marks.
    """
    key = cache_key(job)
    if result := cache.get(key):
        return result, False
    result = grader(job)
    if not result.not_looked_at:
        cache.put(key, result)
    return result, True


def grade_folder(
    folder: Path,
    assignment: AssignmentFiles,
    options: Options,
    cache: ResultCache,
    *,
    grader: Grader = grade_here,
) -> tuple[GradedSubmission, bool]:
    """Read a submission and grade it; also whether it had to be run for it.

    folder: submitted/STUDENT/ASSIGNMENT; BadFolder where it cannot be read
    """
    try:
        job = assignment.job(folder, options.sandboxed, options.run_demos)
        arrival = read_arrival_time(folder)
    except OSError as error:
        raise BadFolder(error.filename or folder, "read", f"{error.strerror}") from error
    result, ran = cached_result(job, cache, grader)
    files = {path: data for path, data in job.files.items() if not path.endswith(".ipynb")}
    student = folder.parent.name
    graded = GradedSubmission(student, result, files | arrival.files, arrival.time, arrival.notes)
    return graded, ran


@dataclass
class Run:
    """One run of `course grade` on one assignment."""

    course: Course
    assignment: AssignmentFiles
    options: Options
    cache: ResultCache
    recorder: GradebookRecorder
    summary: RunSummary = field(default_factory=RunSummary)
    grader: Grader = grade_here

    def students_with_valid_ids(self, students: list[str]) -> list[str]:
        """The students whom the gradebook can hold. Nothing of the others is read or run."""
        valid = []
        for student in students:
            try:
                check_student_id(student)
                valid.append(student)
            except BadStudent as error:
                self.summary.attention[printable(student)] = printable(f"{error}")
        for student, note in similar_id_notes(valid, self.recorder.known_students()).items():
            self.summary.add_notes(student, [note])
        return valid

    def grade_one(self, student: str) -> tuple[GradedSubmission, bool]:
        """Read a student's submission and grade it; also whether it had to be run for it."""
        folder = self.course.submitted(student, self.assignment.name).parent
        return grade_folder(folder, self.assignment, self.options, self.cache, grader=self.grader)

    def tell(self, remark: str) -> None:
        """Take a remark on the workers of a cluster."""
        self.summary.workers.append(remark)
        tqdm.write(f"{self.assignment.name}: {remark}", file=sys.stderr)

    def take(self, student: str, future: Future) -> None:
        """Record what `grade_one` returned."""
        try:
            graded, ran = future.result()
            with self._timed():
                recorded = self.recorder.record(graded)
        except (BadFolder, EngineFailed) as error:
            self.summary.attention[printable(student)] = printable(f"{error}")
            return
        self.summary.recorded += recorded
        self.summary.add(student, graded.result, ran)
        self.summary.add_notes(student, graded.notes)

    def commit(self) -> None:
        """Write the rows of what was recorded since the last time."""
        with self._timed():
            self.recorder.commit()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.summary.add_seconds({"record": time.perf_counter() - started})
