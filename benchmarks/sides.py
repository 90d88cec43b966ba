"""What does a change cost or save? Two checkouts of the project, beside each other in one run.

    python -m benchmarks.sides OTHER [--submissions 140] [--rounds 5] [--rerun 400] [LINE ...]

OTHER: the folder of another checkout with an environment of its own (`git worktree add`, `make
env`), such as the state before a change. All figures are processor time of user and system, all
processes counted, medians of the rounds; the two sides take turns. Of 140 submissions each of seven
assignments has 20, one of them broken. LINE: submissions, start, rerun, reasons (all, where none is
named).
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
from functools import partial
from pathlib import Path

from benchmarks.crowd import Crowd
from benchmarks.machine import description
from benchmarks.process_group import ProcessGroup, new_group, start
from grading.course import Course

ROOT = Path(__file__).parents[1]
# From here on no submission takes all its time to be stopped, which neither side can change.
FIRST = 280
REASONS = Path(__file__).with_name("reasons.py")
Sides = dict[str, Path]  # by name, the folder of a checkout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("other", type=Path, help="the folder of the other checkout")
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(LINES))
    parser.add_argument("--submissions", type=int, default=140, help="of the mixed class")
    parser.add_argument("--rounds", type=int, default=5, help="the median counts")
    parser.add_argument("--rerun", type=int, default=400, help="unchanged submissions")
    options = parser.parse_intermixed_args()  # LINE may stand after the options
    sides = {"before": options.other.resolve(), "now": ROOT}
    print(f"{description()}; seconds of processor time, median of {options.rounds}\n")
    with tempfile.TemporaryDirectory(prefix="sides-") as folder, new_group() as group:
        crowd = Crowd(Path(folder))
        for name in options.lines or LINES:
            LINES[name](sides, crowd, group, options)


def print_submissions(
    sides: Sides, crowd: Crowd, group: ProcessGroup, options: argparse.Namespace
) -> None:
    """One submission of the mixed class, by assignment: a class, less a class of one."""
    with crowd.course(range(FIRST, FIRST + options.submissions)) as course:
        for name in known_to_both(sides, course):
            measure = partial(seconds_of_one, group, course, name)
            print_line(f"a submission to {name}", sides, options.rounds, measure)


def seconds_of_one(group: ProcessGroup, course: Course, name: str, side: Path) -> float:
    """What one more submission takes."""
    students = course.submissions(name)
    command = ("grade", name, "--fresh", "--jobs", "2")
    whole = seconds(group, side, course, *command)
    with only(course, students[0]):
        one = seconds(group, side, course, *command)
    return (whole - one) / (len(students) - 1)


def print_start(
    sides: Sides, crowd: Crowd, group: ProcessGroup, options: argparse.Namespace
) -> None:
    """The start of commands, and a class of one."""
    with crowd.course(range(len(crowd.assignments))) as course:
        name = known_to_both(sides, course)[-1]
        for command in (["--help"], ["grade", name, "--fresh"], ["grade", name], ["table", name]):
            measure = partial(measured, group, course, tuple(command))
            print_line(f"course {' '.join(command)}", sides, options.rounds, measure)


def print_rerun(
    sides: Sides, crowd: Crowd, group: ProcessGroup, options: argparse.Namespace
) -> None:
    """A rerun of unchanged submissions, each side on results of its own."""
    with crowd.course(range(options.rerun)) as course:
        names = known_to_both(sides, course)

        def rerun(side: Path) -> float:
            seconds(group, side, course, "grade", *names)  # stores the results of this side
            return seconds(group, side, course, "grade", *names)

        print_line(f"rerun of {options.rerun} unchanged", sides, options.rounds, rerun)


def print_reasons(
    sides: Sides, crowd: Crowd, group: ProcessGroup, options: argparse.Namespace
) -> None:
    """Finding out why: the slowest function's median, and the slowest version."""
    found: dict[Path, list[dict[str, float]]] = {side: [] for side in sides.values()}
    for _ in range(options.rounds):
        for side, figures in found.items():
            command = [str(side / ".venv" / "bin" / "python"), str(REASONS)]
            output = subprocess.run(command, cwd=side, check=True, capture_output=True).stdout
            figures.append(json.loads(output))
    for what in ("median", "worst"):
        turns = {side: iter(figures) for side, figures in found.items()}
        print_line(
            f"finding out why, {what}",
            sides,
            options.rounds,
            lambda side, turns=turns, what=what: next(turns[side])[what],
        )


def known_to_both(sides: Sides, course: Course) -> list[str]:
    """The assignments that each of the checkouts can grade."""
    folders = [side / "grading" / "assignments" for side in sides.values()]
    return [name for name in course.assignments if all((at / name).is_dir() for at in folders)]


@contextlib.contextmanager
def only(course: Course, student: str) -> Iterator[None]:
    """Within a with block, hide what all other students handed in."""
    folder, hidden = course.root / "submitted", course.root / "hidden"
    folder.rename(hidden)
    shutil.copytree(hidden / student, folder / student)
    try:
        yield
    finally:
        shutil.rmtree(folder)
        hidden.rename(folder)


def print_line(what: str, sides: Sides, rounds: int, measure: Callable[[Path], float]) -> None:
    """Both sides of one figure, which take turns."""
    figures: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            figures[name].append(measure(side))
    before, now = (statistics.median(figures[name]) for name in sides)
    print(f"{what:48s} before {before:8.4f}  now {now:8.4f}  ratio {now / before:.2f}", flush=True)


def measured(group: ProcessGroup, course: Course, arguments: tuple, side: Path) -> float:
    """`seconds`, with the side last."""
    return seconds(group, side, course, *arguments)


def seconds(group: ProcessGroup, side: Path, course: Course, *arguments: str) -> float:
    """Processor time of one side's `course` command; this program ends where it fails."""
    command = [str(side / ".venv" / "bin" / "course"), *arguments]
    before = group.seconds()
    with tempfile.TemporaryFile("w+") as output:
        process = start(command, course.root, group, stdout=output, stderr=output)
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
