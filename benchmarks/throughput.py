"""How much faster does `course grade` get a class done than stock `nbgrader autograde`, on the same machine?

Both grade the same submissions side by side in one run: stock nbgrader (its own Execute, one kernel each) and ours,
run after run with an empty store. Wanted: 30 times the throughput for the three notebooks together, and twice with
the demonstration cells run as well; the same scores. Also: how long a cold kernel with the notebooks' imports takes to
be ready for a cell, and how long our student process does. Wanted: a twentieth.

    python benchmarks/throughput.py [--students 40] [--rounds 5] [--demo-students 2] [--chart docs/pictures/time-of-a-submission.png]
"""

import argparse
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from grading.authoring.sample_class import samples_of
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.isolation.limits import Limits
from grading.isolation.prefork import PreforkServer
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import StudentProxy
from grading.notebook.cells import code_cells, read_notebook
from grading.pipeline.grade import Options, grade

HERE = Course.here()
STOCK = """
from nbgrader.preprocessors import Execute
steps = c.Autograde.autograde_preprocessors
c.Autograde.autograde_preprocessors = [Execute if step is RunIsolated else step for step in steps]
"""
SKIP = 'c.Execute.skip_cells_with_tag = "demo"\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=40, help="submissions for each notebook")
    parser.add_argument(
        "--rounds", type=int, default=5, help="runs of ours, of which the median counts"
    )
    parser.add_argument(
        "--demo-students", type=int, default=2, help="submissions for each notebook with demos"
    )
    parser.add_argument("--chart", type=Path, help="where to draw the time of one submission")
    options = parser.parse_args()
    # `course` and `nbgrader` lie beside this Python, also in an environment that nobody activated
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    ready()
    side_by_side(options.students, options.rounds, demos=False)
    side_by_side(options.demo_students, max(1, options.rounds // 2), demos=True)
    where_the_time_goes(options.students, options.chart)


def ready() -> None:
    """A cold kernel against a warm student process: from nothing to the first cell's answer."""
    setup = next(cell.source for cell in code_cells(read_notebook(HERE.source("regularization"))))
    cold = [_seconds(lambda: _cold(setup)) for _ in range(5)]
    server = PreforkServer()
    server.wait_until_ready()
    try:
        _warm(server.student_socket, setup)
        warm = [_seconds(lambda: _warm(server.student_socket, setup)) for _ in range(25)]
    finally:
        server.close()
    slow, quick = statistics.median(cold), statistics.median(warm)
    print(
        f"ready to run a cell: cold kernel {slow:.2f} s, student process {quick:.3f} s: 1/{slow / quick:.0f}\n"
    )


def _cold(setup: str) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(setup)])
    client = NotebookClient(notebook, kernel_name="python3")
    client.create_kernel_manager()
    client.km.transport_encryption = "required"  # as the course has it
    client.execute()


def _warm(control: socket.socket, setup: str) -> None:
    student = StudentProxy(
        partial(StudentHandle.start, control, Limits(), sandboxed=True), Limits(), {}
    )
    assert not student.run(setup).error
    student.close()


def side_by_side(students: int, rounds: int, demos: bool) -> None:
    """One class of so many for each notebook, graded by both."""
    course = make_class(students)
    theirs = Course.at(Path(shutil.copytree(course.root, f"{course.root}-stock")))
    with (theirs.root / "nbgrader_config.py").open("a") as settings:
        settings.write(STOCK + ("" if demos else SKIP))
    command = ["course", "grade", "--fresh", *(["--run-demos"] if demos else [])]
    stock, ours, total = [], [], 0
    try:
        for name in course.assignments:
            total += len(course.submissions(name))
            ours.append(_seconds(lambda: _run(course, [*command])))
            stock.append(
                _seconds(partial(_run, theirs, ["nbgrader", "autograde", name, "--force"]))
            )
            assert _scores(course, name) == _scores(theirs, name), f"{name}: the scores differ"
            print(f"  {name}: stock {stock[-1]:.1f} s for {students}; same scores", flush=True)
        ours += [_seconds(lambda: _run(course, command)) for _ in range(max(0, rounds - len(ours)))]
    finally:
        shutil.rmtree(course.root)
        shutil.rmtree(theirs.root)
    slow, quick = sum(stock), statistics.median(ours)
    with_demos = " with demos" if demos else ""
    print(
        f"{total} submissions{with_demos}: stock {slow:.1f} s ({slow / total:.2f} s each), ours {quick:.1f} s (median of"
    )
    print(
        f"{len(ours)}; {min(ours):.1f} to {max(ours):.1f}; {quick / total:.3f} s each): {slow / quick:.1f} times\n",
        flush=True,
    )


def make_class(students: int) -> Course:
    """A course in a temporary folder with so many submissions for each notebook, no two of them the same."""
    course = _copy()
    for name in course.assignments:
        _run(course, ["course", "build", name])
        for number, notebook in enumerate(_notebooks(course, name, students)):
            path = course.submitted(f"bench-{number:05d}", name)
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
    return course


def _copy() -> Course:
    root = Path(tempfile.mkdtemp(prefix="bench-"))
    for name in ("notebooks", "source", "release"):
        shutil.copytree(HERE.root / name, root / name)
    shutil.copy(HERE.root / "nbgrader_config.py", root)
    return Course.at(root)


def _notebooks(course: Course, name: str, students: int) -> list:
    """The sample class over and over, with other mistakes each time and a line of its own in each."""
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


def where_the_time_goes(students: int, chart: Path | None) -> None:
    """Seconds of one submission by phase, one at a time."""
    course = make_class(students)
    try:
        outcomes = [grade(course, name, Options(jobs=1, fresh=True)) for name in course.assignments]
    finally:
        shutil.rmtree(course.root)
    ran = sum(outcome.ran for outcome in outcomes)
    phases: dict[str, float] = {}
    for outcome in outcomes:
        for phase, seconds in outcome.seconds.items():
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


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
