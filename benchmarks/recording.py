"""What does recording one graded submission cost, with stock nbgrader's steps and with ours?

    python -m benchmarks.recording [--students 200]

The same results are recorded side by side in one run, a batch by one, then the batch by the other:
stock nbgrader's SaveAutoGrades and AssignLatePenalties, one submission after the other, and our
`GradebookRecorder`, files and all. First into an empty gradebook, then again with other scores; on
SQLite, and on PostgreSQL where its server is installed. Wanted: ours takes at most 20 ms, in the
median over the batches; ends with 1 when that is missed. Both write the same rows
(tests/grading/pipeline/test_grade.py compares them).
"""

import argparse
import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

from benchmarks.machine import description, put_commands_on_path
from grading.authoring.build import build_release
from grading.authoring.sample_class import DUE, make_sample_class
from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.gradebook.connection import open_gradebook, opened
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission
from grading.gradebook.transfer import copy_rows
from grading.notebook.submission import TIMESTAMP
from grading.pipeline.grade import BATCH
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run import cached_result
from tests.harness import copy_course
from tests.postgresql import MISSING, binaries, postgresql

NAME = "initialization"
WANTED = 20.0  # milliseconds of one submission
Spent = dict[str, list[float]]  # milliseconds of one submission, by part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # nbgrader's own
    logging.disable(logging.WARNING)
    put_commands_on_path()
    print(f"{description()}; ms of one submission, medians\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        course = course_with_sample_class(Path(folder))
        results = results_of(course, options.students)
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("stock", "ours")]
        reached = [side_by_side(course, results, "SQLite", *urls)]
        if binaries():
            with postgresql(durable=True) as server:
                urls = [server.create(), server.create()]
                reached.append(side_by_side(course, results, "PostgreSQL", *urls))
        else:
            print(MISSING)
    sys.exit(0 if all(reached) else 1)


def course_with_sample_class(root: Path) -> Course:
    """A course with the sample class of one assignment."""
    course = copy_course(root)
    build_release(course, NAME)
    make_sample_class(course, NAME)
    return course


def results_of(course: Course, students: int) -> list[GradedSubmission]:
    """The sample class's results over and over; one in ten is late."""
    cache = ResultCache(course.root, NAME)
    assignment = AssignmentFiles.read(course, NAME)
    folders = [course.submitted(student, NAME).parent for student in course.submissions(NAME)]
    results = [cached_result(assignment.job(folder), cache)[0] for folder in folders]
    graded = []
    for number in range(students):
        time_of_arrival = DUE + timedelta(hours=1 if number % 10 == 0 else -1)
        stamp = time_of_arrival.replace(tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S %Z").encode()
        student, result = f"student-{number:05d}", results[number % len(results)]
        graded.append(GradedSubmission(student, result, {TIMESTAMP: stamp}, time_of_arrival))
    return graded


def side_by_side(
    course: Course, submissions: list[GradedSubmission], database: str, stock_url: str, our_url: str
) -> bool:
    """New submissions, then the same students again with other results.

    Whether ours is quick enough in both.
    """
    for url in (stock_url, our_url):
        with opened(url, "bench") as gradebook:
            copy_assignment(course, gradebook)
    others = submissions[1:] + submissions[:1]
    again = [replace(old, result=other.result) for old, other in zip(submissions, others)]
    medians = []
    for label, graded in (("new", submissions), ("again", again)):
        stock, ours = record_by_turns(course, graded, stock_url, our_url)
        medians.append(report(f"{database}, {label}", stock, ours))
    return max(medians) <= WANTED


def record_by_turns(
    course: Course, submissions: list[GradedSubmission], stock_url: str, our_url: str
) -> tuple[Spent, Spent]:
    """Record every batch by stock nbgrader, then by ours; what each spent."""
    stock: Spent = defaultdict(list)
    ours: Spent = defaultdict(list)
    with opened(our_url, "bench") as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        for first in range(0, len(submissions), BATCH):
            batch = submissions[first : first + BATCH]
            record_by_stock(batch, stock_url, stock)
            record_by_recorder(batch, recorder, gradebook, ours)
    return stock, ours


def copy_assignment(course: Course, gradebook: Gradebook) -> None:
    """Copy the assignment's rows from the course's own gradebook."""
    with open_gradebook(course) as source:
        copy_rows(source.engine, gradebook.engine)


def record_by_stock(batch: list[GradedSubmission], url: str, spent: Spent) -> None:
    """Record each submission with the steps of stock nbgrader."""
    for graded in batch:
        notebook = nbformat.reads(graded.result.notebook, as_version=4)
        names = {"notebook": NAME, "assignment": NAME, "student": graded.student}
        resources = {"nbgrader": names | {"db_url": url}}
        # `nbgrader autograde` does this first
        with timed(spent, "making the rows"), Gradebook(url, "bench") as gradebook:
            gradebook.update_or_create_student(graded.student)
            when = graded.timestamp
            gradebook.update_or_create_submission(NAME, graded.student, timestamp=when)
        for step in (SaveAutoGrades, AssignLatePenalties):
            with timed(spent, step.__name__):
                step().preprocess(notebook, resources)


def record_by_recorder(
    batch: list[GradedSubmission], recorder: GradebookRecorder, gradebook: Gradebook, spent: Spent
) -> None:
    """Record a batch with ours; each submission's share of it is what counts."""
    parts: Spent = defaultdict(list)
    session = gradebook.db()
    commit = session.commit
    session.commit = lambda: timed_call(parts, "commit", commit)
    for graded in batch:
        with timed(parts, "files"):
            recorder.record(graded)
    with timed(parts, "rows"):
        recorder.commit()
    session.commit = commit
    total = {part: sum(values) / len(batch) for part, values in parts.items()}
    spent["files"].append(total["files"])
    spent["commit"].append(total["commit"])
    spent["rows"].append(total["rows"] - total["commit"])


def report(label: str, stock: Spent, ours: Spent) -> float:
    """Print one comparison; returns the median of ours."""
    steps = [sum(both) for both in zip(stock["SaveAutoGrades"], stock["AssignLatePenalties"])]
    slow = statistics.median(steps)
    quick = statistics.median(sum(parts) for parts in zip(*ours.values()))
    print(
        f"{label}: stock {slow:.1f} ({_medians(stock)}); ours {quick:.2f} ({_medians(ours)}): "
        f"{slow / quick:.0f} times",
        flush=True,
    )
    return quick


def _medians(spent: Spent) -> str:
    return ", ".join(f"{part} {statistics.median(values):.2f}" for part, values in spent.items())


@contextmanager
def timed(spent: Spent, what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    spent[what].append(1000 * (time.perf_counter() - start))


def timed_call(spent: Spent, what: str, work: Callable[[], None]) -> None:
    with timed(spent, what):
        work()


if __name__ == "__main__":
    main()
