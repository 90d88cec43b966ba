"""What does recording one graded submission cost, with stock nbgrader's steps and with ours?

The same results are recorded side by side in one run, twenty by one, then twenty by the other: stock nbgrader's SaveAutoGrades and
AssignLatePenalties, one submission after the other, and our `GradebookRecorder`, files and all, in batches. Once into an empty gradebook,
once again with other scores; on SQLite, and on PostgreSQL where its server is installed. Wanted: ours at most 20 ms, in the
median over the batches. Both write the same rows (tests/grading/test_grade.py compares). Ends with 1 where it is missed.

    python -m benchmarks.recording [--students 200]
"""

import argparse
import logging
import os
import platform
import statistics
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

from grading.authoring.build import build_release
from grading.authoring.sample_class import DUE, make_sample_class
from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.gradebook.connection import open_gradebook, opened
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission
from grading.gradebook.transfer import copy_rows
from grading.pipeline.grade import BATCH
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run import cached_result
from tests.harness import copy_course
from tests.postgresql import MISSING, binaries, postgresql

NAME, WANTED = "initialization", 20.0
HERE = Course.here()
Spent = dict[str, list[float]]  # milliseconds of one submission, by part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # nbgrader's own
    logging.disable(logging.WARNING)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; ms of one submission, medians\n"
    )
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        course = class_in(Path(folder))
        results = results_of(course, options.students)
        kept = [
            side_by_side(
                course,
                results,
                "SQLite",
                f"sqlite:///{folder}/stock.db",
                f"sqlite:///{folder}/ours.db",
            )
        ]
        if binaries():
            with postgresql(durable=True) as server:
                kept.append(
                    side_by_side(course, results, "PostgreSQL", server.create(), server.create())
                )
        else:
            print(MISSING)
    sys.exit(0 if all(kept) else 1)


def class_in(root: Path) -> Course:
    """A course with the sample class of one assignment."""
    course = copy_course(root)
    build_release(course, NAME)
    make_sample_class(course, NAME)
    return course


def results_of(course: Course, students: int) -> list[GradedSubmission]:
    """The sample class's results over and over, one in ten of them late, each student with another one than the last."""
    cache = ResultCache(course.root, NAME)
    assignment = AssignmentFiles.read(course, NAME)
    folders = [course.submitted(one, NAME).parent for one in course.submissions(NAME)]
    found = [cached_result(assignment.job(folder), cache)[0] for folder in folders]
    graded = []
    for number in range(students):
        came = DUE + timedelta(hours=1 if number % 10 == 0 else -1)
        stamp = came.replace(tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S %Z").encode()
        graded.append(
            GradedSubmission(
                f"student-{number:05d}", found[number % len(found)], {"timestamp.txt": stamp}, came
            )
        )
    return graded


def side_by_side(
    course: Course, results: list[GradedSubmission], where: str, theirs: str, ours: str
) -> bool:
    """New submissions, then the same students again with other results; whether ours is quick enough in both."""
    for url in (theirs, ours):
        with opened(url, "bench") as gradebook:
            _copy_assignment(course, gradebook)
    again = [
        GradedSubmission(one.student, other.result, one.files, one.timestamp)
        for one, other in zip(results, results[1:] + results[:1])
    ]
    medians = []
    for what, batch in (("new", results), ("again", again)):
        stock, mine = defaultdict(list), defaultdict(list)
        with opened(ours, "bench") as gradebook:
            recorder = GradebookRecorder(course, NAME, gradebook)
            for first in range(0, len(batch), BATCH):
                part = batch[first : first + BATCH]
                by_stock(part, theirs, stock)
                by_recorder(part, recorder, gradebook, mine)
        medians.append(report(f"{where}, {what}", stock, mine))
    return max(medians) <= WANTED


def _copy_assignment(course: Course, gradebook: Gradebook) -> None:
    """The assignment's rows, out of the course's own gradebook."""
    with open_gradebook(course) as source:
        copy_rows(source.engine, gradebook.engine)


def by_stock(part: list[GradedSubmission], url: str, spent: Spent) -> None:
    for one in part:
        notebook = nbformat.reads(one.result.notebook, as_version=4)
        resources = {
            "nbgrader": {
                "notebook": NAME,
                "assignment": NAME,
                "student": one.student,
                "db_url": url,
            }
        }
        with (
            timed(spent, "making the rows"),
            Gradebook(url, "bench") as gradebook,
        ):  # as `nbgrader autograde` does first
            gradebook.update_or_create_student(one.student)
            gradebook.update_or_create_submission(NAME, one.student, timestamp=one.timestamp)
        for step in (SaveAutoGrades, AssignLatePenalties):
            with timed(spent, step.__name__):
                step().preprocess(notebook, resources)


def by_recorder(
    part: list[GradedSubmission], recorder: GradebookRecorder, gradebook: Gradebook, spent: Spent
) -> None:
    """Of a batch, the part of one submission."""
    parts: Spent = defaultdict(list)
    session = gradebook.db()
    commit = session.commit
    session.commit = lambda: timed_call(parts, "commit", commit)
    for one in part:
        with timed(parts, "files"):
            recorder.record(one)
    with timed(parts, "rows"):
        recorder.commit()
    session.commit = commit
    spent["files"].append(sum(parts["files"]) / len(part))
    spent["commit"].append(sum(parts["commit"]) / len(part))
    spent["rows"].append((sum(parts["rows"]) - sum(parts["commit"])) / len(part))


def report(what: str, stock: Spent, mine: Spent) -> float:
    """Print one comparison; returns the median of ours."""
    steps = [sum(both) for both in zip(stock["SaveAutoGrades"], stock["AssignLatePenalties"])]
    slow, quick = (
        statistics.median(steps),
        statistics.median(sum(parts) for parts in zip(*mine.values())),
    )
    print(
        f"{what}: stock {slow:.1f} ({_parts(stock)}); ours {quick:.2f} ({_parts(mine)}): {slow / quick:.0f} times",
        flush=True,
    )
    return quick


def _parts(spent: Spent) -> str:
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
