"""`course grade`: a class graded in parallel, recorded by one writer, resumed where it was stopped."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field

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
    NotBuilt,
    NothingSubmitted,
    NotReleased,
    printable,
)
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, Graded, check_id
from grading.notebook.cells import read_notebook
from grading.pipeline.read_jobs import job_for, read_stamp, read_timestamp
from grading.pipeline.run_summary import RunSummary

IN_FLIGHT = 4  # submissions handed out ahead, for each job
CLUSTER_WIDTH = 256  # so many of a cluster's threads can be kept busy by one coordinator
BATCH = 20  # submissions to one transaction, at most
Grader = Callable[[Job], Result]
PAUSE = 0.2  # seconds without a result after which what there is gets committed


@dataclass(frozen=True)
class Options:
    """How to grade. jobs: submissions at a time on this machine; fresh: forget stored results first.

    scheduler, tls: the address of a Dask scheduler whose workers grade instead, and what it takes to speak to it
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
    """Grade every submission of an assignment that has no result yet, and record what the gradebook has not."""
    options = options or Options()
    students = course.submissions(name)
    if not students:
        raise NothingSubmitted(course.root / "submitted", name)
    store = ResultCache(course.root, name)
    with store.locked(lambda: _say(f"another run is grading {name}; waiting for it to end ...")):
        if options.fresh:
            store.forget()
        with _clear_errors(), open_gradebook(course) as gradebook:
            _check_release(course, name, {assignment.name for assignment in gradebook.assignments})
            run = _Run(course, name, options, store, GradebookRecorder(course, name, gradebook))
            # the pool comes first: it waits for its threads when it is closed, and the cluster tells them to stop
            with ThreadPoolExecutor(options.width) as pool, _grader(run, students[0]) as run.grader:
                return _grade_all(run, pool, students)


@contextmanager
def _grader(run: "_Run", student: str) -> Iterator[Grader]:
    """What grades one submission: the engine of this process, or a cluster."""
    options, name = run.options, run.name
    if not options.scheduler:
        if options.sandboxed:
            try_sandbox()
        yield grade_here
        return
    try:
        from grading.cluster.cluster import Cluster, Settings
    except ImportError as error:
        raise NoDask(error) from None

    def tell(words: str) -> None:
        run.outcome.workers.append(words)
        tqdm.write(f"{name}: {words}", file=sys.stderr)

    assignment = job_for(run.course, name, student, options.sandboxed, options.run_demos)
    settings = Settings.read(run.course.config.Cluster)
    security = options.tls.security() if options.tls else None
    with Cluster(options.scheduler, assignment, tell, settings, security) as cluster:
        yield cluster.grade


def result_of(
    course: Course,
    name: str,
    student: str,
    options: Options,
    store: ResultCache,
    grader: Grader = grade_here,
) -> tuple[Job, Result, bool]:
    """A submission's result, and whether it had to be run for it. The same in any thread, at any load, on any machine."""
    job = job_for(course, name, student, options.sandboxed, options.run_demos)
    key = cache_key(job)
    if stored := store.get(key):
        return job, stored, False
    result = grader(job)
    store.put(key, result)
    return job, result, True


@dataclass
class _Run:
    course: Course
    name: str
    options: Options
    store: ResultCache
    books: GradebookRecorder
    outcome: RunSummary = field(default_factory=RunSummary)
    grader: Grader = grade_here

    def submit(self, pool: Executor, student: str) -> Future:
        """Have one submission graded, unless its result is stored."""
        return pool.submit(
            result_of, self.course, self.name, student, self.options, self.store, self.grader
        )

    def take(self, student: str, future: Future) -> None:
        """Record what came of one submission."""
        try:
            check_id(student)
            job, result, ran = future.result()
        except (BadStudent, EngineFailed) as error:
            self.outcome.attention[printable(student)] = printable(f"{error}")
            return
        self.outcome.ran += ran
        self.outcome.stored += not ran
        self.outcome.spend(result.seconds if ran else {})
        if result.attention:
            self.outcome.attention[student] = printable(result.attention)
        self.outcome.count(result.findings)
        if result.notes:
            self.outcome.notes[student] = [printable(note) for note in result.notes]
        stamp_path = self.course.submitted(student, self.name).with_name("timestamp.txt")
        kept = {path: content for path, content in job.files.items() if not path.endswith(".ipynb")}
        graded = Graded(student, result, kept | read_stamp(stamp_path), read_timestamp(stamp_path))
        started = time.perf_counter()
        if not self.books.holds(graded):
            self.books.record(graded)
            self.outcome.recorded += 1
        self.outcome.spend({"record": time.perf_counter() - started})

    def commit(self) -> None:
        """Write the rows of what was recorded since the last time."""
        started = time.perf_counter()
        self.books.commit()
        self.outcome.spend({"record": time.perf_counter() - started})


def _grade_all(run: _Run, pool: Executor, students: list[str]) -> RunSummary:
    bar = tqdm(
        total=len(students),
        desc=f"grading {run.name}",
        unit=" submissions",
        file=sys.stdout,
        ncols=100,
    )
    waiting = iter(students)
    futures: dict[Future, str] = {}
    try:
        while True:
            for student in _some(waiting, run.options.width * IN_FLIGHT - len(futures)):
                futures[run.submit(pool, student)] = student
            if not futures:
                break
            done, _ = wait(
                futures, timeout=PAUSE if run.books.pending else None, return_when=FIRST_COMPLETED
            )
            for future in done:
                run.take(futures.pop(future), future)
                bar.update()
                if run.books.pending >= BATCH:
                    run.commit()
            if not done:
                run.commit()  # before a longer wait, so that little is lost when the run is stopped
        run.commit()
        run.outcome.changes = run.books.changes()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        run.books.rollback()
        raise
    finally:
        bar.close()
    return run.outcome


def _some(students: Iterator[str], number: int) -> Iterable[str]:
    return [student for _, student in zip(range(number), students)]


@contextmanager
def _clear_errors() -> Iterator[None]:
    """What the database or the disk refuses, in words; everything up to the last commit is kept."""
    try:
        yield
    except SQLAlchemyError as error:
        raise CannotRecord("the gradebook", str(getattr(error, "orig", None) or error)) from error
    except OSError as error:
        raise CannotRecord(str(error.filename or "a file"), error.strerror or str(error)) from error


def _check_release(course: Course, name: str, known: set[str]) -> None:
    if name not in known:
        raise NotReleased(name)
    for path in (course.source(name), course.release(name)):
        if not path.is_file():
            raise NotBuilt(path, name)
    read_notebook(course.source(name))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
