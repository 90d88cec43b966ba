"""What does a change cost or save? Two checkouts of the project, beside each other in one run.

    python -m benchmarks.sides OTHER [--each 20] [--rounds 5] [--rerun 60] [LINE ...]

OTHER: the folder of another checkout with an environment of its own (`git worktree add`, `make
env`), such as the state before a change. Each side grades a course of its own, of the same mixture:
notebooks may have changed in between. All figures are processor time of user and system, all
processes counted, medians of the rounds; the two sides take turns. One in 20 submissions is broken.
LINE: submissions, start, rerun, reasons (all, where none is named).
"""

import argparse
import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.machine import description
from benchmarks.process_group import ProcessGroup, new_group, start

ROOT = Path(__file__).parents[1]
# From here on no submission takes all its time to be stopped, which neither side can change.
FIRST = 280
REASONS = Path(__file__).with_name("reasons.py")
# Run by each side's Python in its own folder: a course with so many submissions to each assignment.
MAKE_COURSE = """
import shutil, sys
from pathlib import Path
from benchmarks.crowd import Crowd, SMALLEST
folder, first, each = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
with Crowd(folder).course(range(first, first + each * SMALLEST)) as course:
    shutil.copytree(course.root, folder / "course")
"""


@dataclass(frozen=True)
class Side:
    """A checkout, and the course that it grades."""

    name: str
    checkout: Path
    course: Path

    @property
    def assignments(self) -> set[str]:
        return {folder.name for folder in self.course.glob("submitted/*/*")}

    def students(self, assignment: str) -> list[str]:
        return sorted(path.parent.name for path in self.course.glob(f"submitted/*/{assignment}"))


Checkouts = dict[str, Path]  # by name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("other", type=Path, help="the folder of the other checkout")
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(LINES))
    parser.add_argument("--each", type=int, default=20, help="submissions to each assignment")
    parser.add_argument("--rounds", type=int, default=5, help="the median counts")
    parser.add_argument("--rerun", type=int, default=60, help="unchanged ones to each assignment")
    options = parser.parse_intermixed_args()  # LINE may stand after the options
    checkouts = {"before": options.other.resolve(), "now": ROOT}
    print(f"{description()}; seconds of processor time, median of {options.rounds}\n")
    with new_group() as group:
        for name in options.lines or LINES:
            LINES[name](checkouts, group, options)


def print_submissions(
    checkouts: Checkouts, group: ProcessGroup, options: argparse.Namespace
) -> None:
    """One submission of the mixed class, by assignment: a class, less a class of one."""
    with made(checkouts, options.each) as sides:
        for name in known_to_both(sides):
            measure = partial(seconds_of_one, group, name)
            print_line(f"a submission to {name}", sides, options.rounds, measure)


def seconds_of_one(group: ProcessGroup, name: str, side: Side) -> float:
    """What one more submission takes."""
    students = side.students(name)
    command = ("grade", name, "--fresh", "--jobs", "2")
    whole = seconds(group, side, *command)
    with only(side, students[0]):
        one = seconds(group, side, *command)
    return (whole - one) / (len(students) - 1)


def print_start(checkouts: Checkouts, group: ProcessGroup, options: argparse.Namespace) -> None:
    """The start of commands, and a class of one."""
    with made(checkouts, 1) as sides:
        name = known_to_both(sides)[-1]
        for command in (["--help"], ["grade", name, "--fresh"], ["grade", name], ["table", name]):
            measure = partial(measured, group, tuple(command))
            print_line(f"course {' '.join(command)}", sides, options.rounds, measure)


def print_rerun(checkouts: Checkouts, group: ProcessGroup, options: argparse.Namespace) -> None:
    """A rerun of unchanged submissions, to all assignments that both sides have."""
    with made(checkouts, options.rerun) as sides:
        names = known_to_both(sides)
        for side in sides:
            seconds(group, side, "grade", *names)  # stores the results
        measure = partial(measured, group, ("grade", *names))
        number = options.rerun * len(names)
        print_line(f"rerun of {number} unchanged", sides, options.rounds, measure)


def print_reasons(checkouts: Checkouts, group: ProcessGroup, options: argparse.Namespace) -> None:
    """Finding out why: the slowest function's median, and the slowest version.

    Of the functions that both sides have.
    """
    sides = [Side(name, checkout, Path()) for name, checkout in checkouts.items()]
    found: dict[Side, list[dict[str, dict[str, float]]]] = {side: [] for side in sides}
    for _ in range(options.rounds):
        for side, figures in found.items():
            command = [str(side.checkout / ".venv" / "bin" / "python"), str(REASONS)]
            run = subprocess.run(command, cwd=side.checkout, check=True, capture_output=True)
            figures.append(json.loads(run.stdout))
    names = set.intersection(*(set(figures[0]) for figures in found.values()))
    for what in ("median", "worst"):
        slowest = {
            side: [max(figure[name][what] for name in names) for figure in figures]
            for side, figures in found.items()
        }
        print_medians(f"finding out why, {what}", slowest)


@contextlib.contextmanager
def made(checkouts: Checkouts, each: int) -> Iterator[list[Side]]:
    """The sides, each with a course of its own, for the length of a with block."""
    with tempfile.TemporaryDirectory(prefix="sides-") as folder:
        sides = []
        for name, checkout in checkouts.items():
            home = Path(folder, name)
            home.mkdir()
            python = str(checkout / ".venv" / "bin" / "python")
            command = [python, "-c", MAKE_COURSE, str(home), str(FIRST), str(each)]
            subprocess.run(command, cwd=checkout, check=True)
            sides.append(Side(name, checkout, home / "course"))
        yield sides


def known_to_both(sides: list[Side]) -> list[str]:
    """The assignments that each of the checkouts has."""
    return sorted(set.intersection(*(side.assignments for side in sides)))


@contextlib.contextmanager
def only(side: Side, student: str) -> Iterator[None]:
    """Within a with block, hide what all other students handed in."""
    folder, hidden = side.course / "submitted", side.course / "hidden"
    folder.rename(hidden)
    shutil.copytree(hidden / student, folder / student)
    try:
        yield
    finally:
        shutil.rmtree(folder)
        hidden.rename(folder)


def print_line(what: str, sides: list[Side], rounds: int, measure: Callable[[Side], float]) -> None:
    """Both sides of one figure, which take turns."""
    figures: dict[Side, list[float]] = {side: [] for side in sides}
    for _ in range(rounds):
        for side in sides:
            figures[side].append(measure(side))
    print_medians(what, figures)


def print_medians(what: str, figures: dict[Side, list[float]]) -> None:
    """Both sides of one figure. figures: those of the side before come first"""
    before, now = map(statistics.median, figures.values())
    print(f"{what:48s} before {before:8.4f}  now {now:8.4f}  ratio {now / before:.2f}", flush=True)


def measured(group: ProcessGroup, arguments: tuple, side: Side) -> float:
    """`seconds`, with the side last."""
    return seconds(group, side, *arguments)


def seconds(group: ProcessGroup, side: Side, *arguments: str) -> float:
    """Processor time of one side's `course` command; this program ends where it fails."""
    command = [str(side.checkout / ".venv" / "bin" / "course"), *arguments]
    before = group.seconds()
    with tempfile.TemporaryFile("w+") as output:
        process = start(command, side.course, group, stdout=output, stderr=output)
        if process.wait() not in (0, 1):  # 1: the crowd has broken ones
            output.seek(0)
            sys.exit(f"{command}: {output.read()[-2000:]}")
    return group.seconds() - before


LINES = {
    "submissions": print_submissions,
    "start": print_start,
    "rerun": print_rerun,
    "reasons": print_reasons,
}

if __name__ == "__main__":
    main()
