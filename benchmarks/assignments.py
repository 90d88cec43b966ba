"""What does it cost to grade a submission to each assignment? The same mixture for all of them.

    python -m benchmarks.assignments [--each 20] [--rounds 5] [NAME ...]

Two classes for each assignment: right submissions, and submissions with one wrong function, each
function in turns, so that finding out why is in it. All figures are processor time of user and
system, all processes counted, of one more submission: a class, less a class of one. Medians of the
rounds; assignments and classes take turns. "mean" is that of the two classes, and what is compared.
"""

import argparse
import itertools
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.crowd import Crowd, samples_with, with_own_line
from benchmarks.machine import description
from benchmarks.process_group import new_group
from benchmarks.sides import ROOT, Side, seconds_of_one
from grading.authoring.sample_class import Sample
from grading.course import Course

CLASSES = ("right", "wrong")
COMPARED = "regularization"  # with which the others are compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="all, where none is named")
    parser.add_argument("--each", type=int, default=20, help="submissions in a class")
    parser.add_argument("--rounds", type=int, default=5, help="the median counts")
    options = parser.parse_args()
    names = options.names or Course.at(ROOT).assignments
    print(f"{description()}; seconds of processor time, median of {options.rounds}\n")
    with tempfile.TemporaryDirectory(prefix="assignments-") as folder, new_group() as group:
        crowd = Crowd(Path(folder))
        sides = {
            which: _made(crowd, Path(folder, which), which, names, options.each)
            for which in CLASSES
        }
        turns = list(itertools.product(names, CLASSES))
        seen: dict[tuple[str, str], list[float]] = {turn: [] for turn in turns}
        for _ in range(options.rounds):
            for name, which in turns:
                seen[name, which].append(seconds_of_one(group, name, sides[which]))
    _print({turn: statistics.median(figures) for turn, figures in seen.items()}, names)


def _made(crowd: Crowd, folder: Path, which: str, names: list[str], each: int) -> Side:
    """A course with a class of one kind for each assignment."""
    with crowd.course([]) as course:
        for name, number in itertools.product(names, range(each)):
            path = course.submitted(f"{which}-{number:03d}", name)
            path.parent.mkdir(parents=True)
            path.write_bytes(_submission(course, name, which, number))
        shutil.copytree(course.root, folder)
    return Side(which, ROOT, folder)


def _submission(course: Course, name: str, which: str, number: int) -> bytes:
    """A file: a right one, or one with the next function wrong, by another mistake each time."""
    if which == "right":
        return with_own_line(samples_with(course, name, 0)[0].notebook, number)
    seed, at = divmod(number, len(_wrong(course, name, 0)))
    return with_own_line(_wrong(course, name, seed)[at].notebook, number)


def _wrong(course: Course, name: str, seed: int) -> list[Sample]:
    """One sample for each function, in which it is wrong."""
    return [sample for sample in samples_with(course, name, seed) if "-wrong-" in sample.student]


def _print(medians: dict[tuple[str, str], float], names: list[str]) -> None:
    means = {name: statistics.mean(medians[name, which] for which in CLASSES) for name in names}
    base = means.get(COMPARED)
    print(
        f"{'':20s} {'right':>7s} {'wrong':>7s} {'mean':>7s}" + (f"  of {COMPARED}" if base else "")
    )
    for name in names:
        figures = [*(medians[name, which] for which in CLASSES), means[name]]
        ratio = f"  {means[name] / base:.2f}" if base else ""
        print(f"{name:20s} " + " ".join(f"{figure:7.3f}" for figure in figures) + ratio)


if __name__ == "__main__":
    main()
