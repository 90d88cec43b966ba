"""One run of `course grade`: a submission is read, graded and recorded."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
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
from grading.pipeline.arrival_time import ArrivalTime, read_arrival_time
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


@dataclass(frozen=True)
class HandIn:
    """What lay in a submission's folder, read."""

    student: str
    job: Job
    arrival: ArrivalTime

    @classmethod
    def read(cls, folder: Path, assignment: AssignmentFiles, options: Options) -> "HandIn":
        """folder: submitted/STUDENT/ASSIGNMENT; BadFolder where it cannot be read"""
        try:
            job = assignment.job(folder, options.sandboxed, options.run_demos)
            return cls(folder.parent.name, job, read_arrival_time(folder))
        except OSError as error:
            raise BadFolder(error.filename or folder, "read", f"{error.strerror}") from error

    def graded(self, result: Result) -> GradedSubmission:
        """It with its result, to be recorded."""
        came = self.arrival
        files = {name: data for name, data in self.job.files.items() if not name.endswith(".ipynb")}
        return GradedSubmission(self.student, result, files | came.files, came.time, came.notes)


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
    hand_in = HandIn.read(folder, assignment, options)
    result, ran = cached_result(hand_in.job, cache, grader)
    return hand_in.graded(result), ran


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

    def start(self, student: str, pool: Executor) -> Future:
        """Let the pool grade a student's submission, where the cache does not have its result.

        The future gives what is to be recorded, and whether it had to be run for it. What the
        cache has is there at once: to ask a thread for it takes longer than to look. What it has
        not is read again by the pool, so that what waits there is not in memory.
        """
        folder = self.course.submitted(student, self.assignment.name).parent
        known: Future = Future()
        try:
            hand_in = HandIn.read(folder, self.assignment, self.options)
        except BadFolder as error:
            known.set_exception(error)
            return known
        if result := self.cache.get(cache_key(hand_in.job)):
            known.set_result((hand_in.graded(result), False))
            return known
        settings = self.assignment, self.options, self.cache
        return pool.submit(grade_folder, folder, *settings, grader=self.grader)

    def tell(self, remark: str) -> None:
        """Take a remark on the workers of a cluster."""
        self.summary.workers.append(remark)
        tqdm.write(f"{self.assignment.name}: {remark}", file=sys.stderr)

    def take(self, student: str, future: Future) -> None:
        """Record what `start` gave."""
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
