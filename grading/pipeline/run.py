"""One run of `course grade`: a submission is read, graded and recorded."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field

from grading.course import Course
from grading.engine.engine import grade_here
from grading.engine.job import Job, Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import BadStudent, EngineFailed, printable
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission, check_student_id
from grading.pipeline.options import Options
from grading.pipeline.read_jobs import AssignmentFiles, read_timestamp_file, timestamp_of
from grading.pipeline.run_summary import RunSummary

Grader = Callable[[Job], Result]


def cached_result(job: Job, cache: ResultCache, grader: Grader = grade_here) -> tuple[Result, bool]:
    """A submission's result, and whether it had to be run for it.

    The result is the same in any thread, at any load, on any machine.
    """
    key = cache_key(job)
    if result := cache.get(key):
        return result, False
    result = grader(job)
    cache.put(key, result)
    return result, True


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
        return valid

    def grade_one(self, student: str) -> tuple[GradedSubmission, bool]:
        """Read a student's submission and grade it; also whether it had to be run for it."""
        folder = self.course.submitted(student, self.assignment.name).parent
        options = self.options
        job = self.assignment.job(folder, options.sandboxed, options.run_demos)
        result, ran = cached_result(job, self.cache, self.grader)
        files = {path: data for path, data in job.files.items() if not path.endswith(".ipynb")}
        stamp = read_timestamp_file(folder)
        return GradedSubmission(student, result, files | stamp, timestamp_of(stamp)), ran

    def take(self, student: str, future: Future) -> None:
        """Record what `grade_one` returned."""
        try:
            graded, ran = future.result()
        except EngineFailed as error:
            self.summary.attention[printable(student)] = printable(f"{error}")
            return
        self.summary.add(student, graded.result, ran)
        with self._timed():
            self.summary.recorded += self.recorder.record(graded)

    def commit(self) -> None:
        """Write the rows of what was recorded since the last time."""
        with self._timed():
            self.recorder.commit()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.summary.add_seconds({"record": time.perf_counter() - started})
