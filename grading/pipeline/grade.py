"""`course grade`: grade a class in parallel and record it.

One writer records the results, in batches. A run that was stopped goes on where it was.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy.exc import SQLAlchemyError
from tqdm import tqdm

from grading.cluster.tls import Certificates
from grading.course import Course
from grading.engine.engine import grade_here, try_sandbox
from grading.engine.job import Job, Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import (
    BadStudent,
    CannotRecord,
    EngineFailed,
    NoDask,
    NothingSubmitted,
    NotReleased,
    printable,
)
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission, check_student_id
from grading.notebook.cells import parse_notebook
from grading.pipeline.read_jobs import AssignmentFiles, read_timestamp_file, timestamp_of
from grading.pipeline.run_summary import RunSummary

IN_FLIGHT = 4  # submissions handed out ahead, for each job
CLUSTER_WIDTH = 256  # threads of a cluster that one coordinator can keep busy
BATCH = 20  # most submissions in one transaction
PAUSE = 0.2  # seconds without a result after which the pending rows are committed
Grader = Callable[[Job], Result]


@dataclass(frozen=True)
class Options:
    """How to grade.

    jobs: submissions at a time on this machine
    fresh: whether to delete stored results first
    sandboxed: whether students' code runs in a sandbox
    run_demos: whether to run the cells that only show as well
    scheduler, tls: the address of a Dask scheduler whose workers grade instead of this machine, and
        the certificates for it
    """

    jobs: int = os.cpu_count() or 1
    fresh: bool = False
    sandboxed: bool = True
    run_demos: bool = False
    scheduler: str = ""
    tls: Certificates | None = None

    @property
    def width(self) -> int:
        """How many submissions are read, stored and waited for at a time."""
        return CLUSTER_WIDTH if self.scheduler else self.jobs


def grade(course: Course, name: str, options: Options | None = None) -> RunSummary:
    """Grade every submission of an assignment that has no stored result, and record what is new."""
    options = options or Options()
    students = course.submissions(name)
    if not students:
        raise NothingSubmitted(course.root / "submitted", name)
    cache = ResultCache(course.root, name)
    with cache.locked(lambda: _warn(f"another run is grading {name}; waiting for it to end ...")):
        if options.fresh:
            cache.clear()
        with _as_course_errors(), open_gradebook(course) as gradebook:
            if name not in {assignment.name for assignment in gradebook.assignments}:
                raise NotReleased(name)
            assignment = AssignmentFiles.read(course, name)
            # BadNotebook now rather than for every student
            parse_notebook(assignment.source, course.source(name))
            recorder = GradebookRecorder(course, name, gradebook)
            run = _Run(course, assignment, options, cache, recorder)
            # The pool waits for its threads when it is closed, and they end when the cluster is
            # closed. So the cluster is closed first: it is opened last.
            with ThreadPoolExecutor(options.width) as pool, _grader(run) as run.grader:
                return _grade_all(run, pool, run.students_with_valid_ids(students))


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
class _Run:
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


@contextmanager
def _grader(run: _Run) -> Iterator[Grader]:
    """The function that grades one submission: in this process's engine, or on a cluster."""
    options, name = run.options, run.assignment.name
    if not options.scheduler:
        if options.sandboxed:
            try_sandbox()
        yield grade_here
        return
    try:
        from grading.cluster.cluster import Cluster
        from grading.cluster.settings import Settings
    except ImportError as error:
        raise NoDask(error) from None

    def tell(remark: str) -> None:
        run.summary.workers.append(remark)
        tqdm.write(f"{name}: {remark}", file=sys.stderr)

    job = run.assignment.empty_job(options.sandboxed, options.run_demos)
    settings = Settings.read(run.course.config.Cluster)
    security = options.tls.security() if options.tls else None
    with Cluster(options.scheduler, job, tell, settings, security) as cluster:
        yield cluster.grade


def _grade_all(run: _Run, pool: Executor, students: list[str]) -> RunSummary:
    """Grade and record some students' submissions; only a few of them are in memory at a time."""
    bar = tqdm(
        total=len(students),
        desc=f"grading {run.assignment.name}",
        unit=" submissions",
        file=sys.stdout,
        ncols=100,
    )
    waiting = iter(students)
    futures: dict[Future, str] = {}
    try:
        while True:
            for student in islice(waiting, run.options.width * IN_FLIGHT - len(futures)):
                futures[pool.submit(run.grade_one, student)] = student
            if not futures:
                break
            patience = PAUSE if run.recorder.pending else None
            done, _ = wait(futures, timeout=patience, return_when=FIRST_COMPLETED)
            for future in done:
                run.take(futures.pop(future), future)
                bar.update()
                if run.recorder.pending >= BATCH:
                    run.commit()
            if not done:
                run.commit()  # before a longer wait, so that little is lost if the run is stopped
        run.commit()
        run.summary.changes = run.recorder.changes()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        run.recorder.rollback()
        raise
    finally:
        bar.close()
    return run.summary


@contextmanager
def _as_course_errors() -> Iterator[None]:
    """Turn what the database or the disk refuses into an error for the user.

    Everything up to the last commit is kept.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise CannotRecord("the gradebook", str(getattr(error, "orig", None) or error)) from error
    except OSError as error:
        raise CannotRecord(str(error.filename or "a file"), error.strerror or str(error)) from error


def _warn(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
