"""How much faster does `course grade` get a class done than stock `nbgrader autograde`?

    python -m benchmarks.throughput [--students 40] [--rounds 5] [--demo-students 2]
                                    [--chart docs/pictures/time-of-a-submission.png]

Both grade the same submissions side by side in one run, on the same machine: stock nbgrader (its
own Execute, one kernel each) and ours, run after run with an empty result cache. Wanted: 30 times
the throughput for the three notebooks together, and twice with the demonstration cells run as well;
the same scores. Also: how long a cold kernel with the notebooks' imports takes to be ready for a
cell, and how long our student process does. Wanted: a twentieth.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from benchmarks.machine import description, put_commands_on_path
from grading.authoring.sample_class import samples_of
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.isolation.limits import Limits
from grading.isolation.prefork import PreforkServer
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import StudentProxy
from grading.notebook.cells import code_cells, read_notebook
from grading.pipeline.grade import Options, grade
from tests.classes import SKIP_DEMOS, STOCK
from tests.harness import copy_course

HERE = Course.here()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=40, help="submissions for each notebook")
    parser.add_argument("--rounds", type=int, default=5, help="runs of ours; the median counts")
    parser.add_argument("--demo-students", type=int, default=2, help="the same, with demos run")
    parser.add_argument("--chart", type=Path, help="where to draw the time of one submission")
    options = parser.parse_args()
    put_commands_on_path()
    print(f"{description()}\n")
    print_time_until_ready()
    print_throughput(options.students, options.rounds, demos=False)
    print_throughput(options.demo_students, max(1, options.rounds // 2), demos=True)
    print_phases(options.students, options.chart)


def print_time_until_ready() -> None:
    """A cold kernel against a warm student process: from nothing to the first cell's answer."""
    setup = next(cell.source for cell in code_cells(read_notebook(HERE.source("regularization"))))
    cold = [_seconds(lambda: _run_in_kernel(setup)) for _ in range(5)]
    server = PreforkServer()
    server.wait_until_ready()
    try:
        run = partial(_run_in_student_process, server.student_socket, setup)
        run()
        warm = [_seconds(run) for _ in range(25)]
    finally:
        server.close()
    slow, quick = statistics.median(cold), statistics.median(warm)
    print(
        f"ready to run a cell: cold kernel {slow:.2f} s, student process {quick:.3f} s: "
        f"1/{slow / quick:.0f}\n"
    )


def _run_in_kernel(setup: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(setup)])
    client = NotebookClient(notebook, kernel_name="python3")
    client.create_kernel_manager()
    client.km.transport_encryption = "required"  # as the course has it
    client.execute()


def _run_in_student_process(control: socket.socket, setup: str) -> None:
    start = partial(StudentHandle.start, control, Limits(), sandboxed=True)
    student = StudentProxy(start, Limits(), {})
    assert not student.run(setup).error
    student.close()


def print_throughput(students: int, rounds: int, demos: bool) -> None:
    """One class of so many for each notebook, graded by both."""
    ours = make_class(students)
    stock = _with_stock_nbgrader(ours, demos)
    command = ["course", "grade", "--fresh", *(["--run-demos"] if demos else [])]
    stock_times, our_times = [], []
    submissions = sum(len(ours.submissions(name)) for name in ours.assignments)
    try:
        for name in ours.assignments:
            our_times.append(_seconds(partial(_run, ours, command)))
            autograde = ["nbgrader", "autograde", name, "--force"]
            stock_times.append(_seconds(partial(_run, stock, autograde)))
            assert _scores(ours, name) == _scores(stock, name), f"{name}: the scores differ"
            print(
                f"  {name}: stock {stock_times[-1]:.1f} s for {students}; same scores", flush=True
            )
        while len(our_times) < rounds:
            our_times.append(_seconds(partial(_run, ours, command)))
    finally:
        shutil.rmtree(ours.root)
        shutil.rmtree(stock.root)
    slow, quick = sum(stock_times), statistics.median(our_times)
    print(
        f"{submissions} submissions{' with demos' if demos else ''}: "
        f"stock {slow:.1f} s ({slow / submissions:.2f} s each), ours {quick:.1f} s (median of\n"
        f"{len(our_times)}; {min(our_times):.1f} to {max(our_times):.1f}; "
        f"{quick / submissions:.3f} s each): {slow / quick:.1f} times\n",
        flush=True,
    )


def _with_stock_nbgrader(course: Course, demos: bool) -> Course:
    """A copy of a course that nbgrader grades with its own Execute. demos: also demo cells"""
    copy = Course.at(Path(shutil.copytree(course.root, f"{course.root}-stock")))
    with (copy.root / "nbgrader_config.py").open("a") as settings:
        settings.write(STOCK + ("" if demos else SKIP_DEMOS))
    return copy


def make_class(students: int) -> Course:
    """A course in a temporary folder, with so many submissions for each notebook.

    No two of them are the same.
    """
    course = copy_course(Path(tempfile.mkdtemp(prefix="bench-")))
    for name in course.assignments:
        _run(course, ["course", "build", name])
        for number, notebook in enumerate(_notebooks(course, name, students)):
            path = course.submitted(f"bench-{number:05d}", name)
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
    return course


def _notebooks(course: Course, name: str, students: int) -> list:
    """The sample class over and over: other mistakes each time, a line of its own in each."""
    notebooks: list = []
    seed = 0
    while len(notebooks) < students:
        notebooks += [sample.notebook for sample in samples_of(course, name, seed)]
        seed += 1
    for number, notebook in enumerate(notebooks):
        first = next(cell for cell in notebook.cells if cell.source.startswith("# GRADED FUNCTION"))
        first.source += f"\n# submission {number}"
    return notebooks[:students]


def _run(course: Course, command: list[str]) -> None:
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def _scores(course: Course, name: str) -> dict[str, list]:
    with open_gradebook(course) as gradebook:
        return {
            submission.student_id: sorted(
                (grade.name, grade.auto_score) for grade in submission.notebooks[0].grades
            )
            for submission in gradebook.assignment_submissions(name)
        }


def print_phases(students: int, chart: Path | None) -> None:
    """Where the time of one submission goes, by phase, with one job."""
    course = make_class(students)
    try:
        how = Options(jobs=1, fresh=True)
        summaries = [grade(course, name, how) for name in course.assignments]
    finally:
        shutil.rmtree(course.root)
    ran = sum(summary.ran for summary in summaries)
    phases: dict[str, float] = {}
    for summary in summaries:
        for phase, seconds in summary.seconds.items():
            phases[phase] = phases.get(phase, 0.0) + 1000 * seconds / ran
    print("where the time of one submission goes, in ms (mean over the class, one job):")
    for phase, spent in sorted(phases.items(), key=lambda item: -item[1]):
        print(f"  {phase:32s} {spent:6.1f}  {'#' * round(spent / 2)}")
    if chart:
        _draw(phases, chart)


def _draw(phases: dict[str, float], chart: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    names = sorted(phases, key=phases.__getitem__)
    _, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
    bars = ax.barh(names, [phases[name] for name in names], color="#0072B2")
    ax.bar_label(bars, fmt="%.0f", padding=3)
    ax.set_xlabel("milliseconds of one submission, one at a time")
    ax.spines[["top", "right"]].set_visible(False)
    plt.savefig(chart, dpi=150)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
