"""`course grade`: grade a class in parallel and record it.

One writer records the results, in batches. A run that was stopped goes on where it was.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError
from tqdm import tqdm

from grading.course import Course
from grading.engine.engine import grade_here, try_sandbox
from grading.engine.result_cache import ResultCache
from grading.errors import CannotRecord, NoDask, NothingSubmitted, printable
from grading.gradebook.cell_tables import notebook_id_of, require_same_cells
from grading.gradebook.connection import open_gradebook, read_url, without_password
from grading.gradebook.recorder import GradebookRecorder
from grading.pipeline.options import Options
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run import Grader, Run
from grading.pipeline.run_summary import RunSummary

IN_FLIGHT = 4  # submissions handed out ahead, for each job
BATCH = 20  # most submissions in one transaction
PAUSE = 0.2  # seconds without a result after which the pending rows are committed


def grade(course: Course, name: str, options: Options | None = None) -> RunSummary:
    """Grade every submission of an assignment that has no stored result, and record what is new."""
    options = options or Options()
    students = course.submissions(name)
    if not students:
        raise NothingSubmitted(course.root / "submitted", name)
    cache = ResultCache(course.root, name)
    waiting = f"another run is grading {name}; waiting for it to end ..."
    with (
        _as_course_errors(course),
        cache.locked(lambda: _warn(waiting)),
        open_gradebook(course) as gradebook,
    ):
        assignment = read_assignment(course, gradebook, name)
        if options.fresh:
            cache.clear()
        recorder = GradebookRecorder(course, name, gradebook)
        run = Run(course, assignment, options, cache, recorder)
        # The pool waits for its threads when it is closed, and they end when the cluster is
        # closed. So the cluster is closed first: it is opened last.
        with (
            ThreadPoolExecutor(options.width) as pool,
            open_grader(course, assignment, options, run.tell) as run.grader,
        ):
            return _grade_all(run, pool, run.students_with_valid_ids(students))


def read_assignment(course: Course, gradebook: Gradebook, name: str) -> AssignmentFiles:
    """Read an assignment that can be graded; otherwise an error now, not for every student."""
    notebook_id_of(gradebook, name)  # NotReleased before NotBuilt
    assignment = AssignmentFiles.read(course, name)
    require_same_cells(gradebook, name, assignment.notebooks(course))
    return assignment


@contextmanager
def open_grader(
    course: Course, assignment: AssignmentFiles, options: Options, tell: Callable[[str], None]
) -> Iterator[Grader]:
    """The function that grades one submission: in this process's engine, or on a cluster.

    tell: takes remarks on the cluster's workers
    """
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

    job = assignment.empty_job(options.sandboxed, options.run_demos)
    settings = Settings.read(course.config.Cluster)
    security = options.tls.security() if options.tls else None
    with Cluster(options.scheduler, job, tell, settings, security) as cluster:
        yield cluster.grade


def _grade_all(run: Run, pool: Executor, students: list[str]) -> RunSummary:
    """Grade and record the submissions of some students."""
    bar = tqdm(
        total=len(students),
        desc=f"grading {run.assignment.name}",
        unit=" submissions",
        file=sys.stdout,
        ncols=100,
    )
    try:
        for finished in _finished(run, pool, students):
            for student, future in finished:
                run.take(student, future)
                bar.update()
                if run.recorder.pending >= BATCH:
                    run.commit()
            if not finished:
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


def _finished(run: Run, pool: Executor, students: list[str]) -> Iterator[list[tuple[str, Future]]]:
    """Hand out the submissions, and yield those that are finished, with the student's id.

    Yields an empty list if nothing is finished for a while and rows are pending. Only a few
    submissions are in memory at a time.
    """
    futures: dict[Future, str] = {}

    def some_finished() -> list[tuple[str, Future]]:
        patience = PAUSE if run.recorder.pending else None
        done, _ = wait(futures, timeout=patience, return_when=FIRST_COMPLETED)
        return [(futures.pop(future), future) for future in done]

    for student in students:
        future = run.start(student, pool)
        if future.done():
            yield [(student, future)]
            continue
        futures[future] = student
        while len(futures) == run.options.width * IN_FLIGHT:
            yield some_finished()
    while futures:
        yield some_finished()


@contextmanager
def _as_course_errors(course: Course) -> Iterator[None]:
    """Turn what the database or the disk refuses into an error for the user.

    Everything up to the last commit is kept.
    """
    try:
        yield
    except SQLAlchemyError as error:
        place = f"the gradebook at {without_password(read_url(course.db_url))}"
        raise CannotRecord(place, str(getattr(error, "orig", None) or error)) from error
    except OSError as error:
        file = printable(str(error.filename or "a file"))
        raise CannotRecord(file, error.strerror or str(error)) from error


def _warn(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
