"""What grading takes as a class grows: 100, 1,000 and 10,000 submissions, on one job or on more.

    python -m benchmarks.scale [--sizes 100 1000 10000] [--only growth|jobs|dask]
                               [--blank] [--assignment NAME] [--json FILE] [--picture FILE]

Every run is the real `course grade` on all assignments, with an empty result cache and
gradebook. benchmarks/crowd.py says what is in a class, benchmarks/process_group.py how processor
time is counted. Making the submissions is not measured.

Wanted: processor time a submission grows by less than 15 % from the smallest class to the largest,
the coordinator stays below 400 MB, two jobs give at least 1.7 times one, two Dask workers at least
1.6 times one. A figure that falls short is reported; it is no error.

A class of 100 to 499 is graded as several classes that have 500 submissions together, and the mean
counts: what takes longest is rare, and the mixture must be the same for all sizes. The start of
the command takes a part of the time that shrinks as the class grows, so growth is also given
without it: less what one submission to each assignment takes. --blank grades blank notebooks in
place of the mixture: each costs the same, so that classes of any size can be compared.
--assignment NAME grades submissions to that one alone, so that its class is the larger.

--json FILE keeps the figures. Parts that are not run stay as they are in it, so that the parts can
be run one after the other. --picture FILE draws what is in the figures.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.crowd import CELL_SECONDS, PERIOD, Crowd
from benchmarks.machine import description
from benchmarks.resource_use import Use
from benchmarks.runs import with_jobs, with_workers
from benchmarks.scale_figures import (
    LEAST_GAIN_OF_JOBS,
    LEAST_GAIN_OF_WORKERS,
    mean_of,
    print_memory,
    print_verdict,
)
from benchmarks.scale_growth import growth
from grading.course import Course

PARTS = ("growth", "jobs", "dask")


def main() -> None:
    options = parse_arguments()
    kept = json.loads(options.json.read_text()) if options.json and options.json.is_file() else {}
    machine = description()
    figures = kept | {"machine": machine}
    print(
        f"{machine}; a cell may take {CELL_SECONDS} s; one submission in {PERIOD} never ends one\n",
        flush=True,
    )
    measure(options, figures)
    if options.picture:
        from benchmarks.scale_picture import draw

        draw(figures, options.picture)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    sizes, cores = [100, 1000, 10_000], os.cpu_count()
    add("--sizes", type=int, nargs="+", default=sizes, help="of the classes")
    add("--jobs", type=int, default=cores, help="submissions at a time, as the class grows")
    add("--class-size", type=int, default=300, help="of the class that one and two grade")
    add("--rounds", type=int, default=5, help="of one and two, of which the median counts")
    add("--only", choices=PARTS, action="append", help="this part (may be given twice)")
    add("--blank", action="store_true", help="grade blank notebooks")
    add("--assignment", default="", metavar="NAME", help="grade submissions to this one alone")
    add("--json", type=Path, metavar="FILE", help="where to keep the figures")
    add("--picture", type=Path, metavar="FILE", help="where to draw them")
    return parser.parse_args()


def measure(options: argparse.Namespace, figures: dict) -> None:
    """Run the parts that are asked for; the figures are written after each."""
    parts = {
        "growth": lambda crowd: growth(crowd, sorted(options.sizes), options.jobs),
        "jobs": lambda crowd: one_and_two(crowd, options, JOBS),
        "dask": lambda crowd: one_and_two(crowd, options, WORKERS),
    }
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        crowd = Crowd(Path(folder), options.blank, options.assignment)
        for name in options.only or PARTS:
            figures[name] = parts[name](crowd)
            if options.json:
                options.json.write_text(json.dumps(figures, indent=1) + "\n")


class Comparison(NamedTuple):
    """One against two of a kind.

    graded: grades a course by so many
    wanted: how many times as fast two are to be
    """

    what: str
    graded: Callable[[Crowd, Course, int], Use]
    wanted: float


JOBS = Comparison("job", with_jobs, LEAST_GAIN_OF_JOBS)
WORKERS = Comparison("Dask worker", with_workers, LEAST_GAIN_OF_WORKERS)


def one_and_two(crowd: Crowd, options: argparse.Namespace, kind: Comparison) -> dict:
    """One class graded by one and by two in turns: medians, and how many times faster two are."""
    runs: dict[int, list[dict]] = {1: [], 2: []}
    with crowd.course(range(options.class_size)) as course:
        for turn in range(options.rounds):
            for number in (1, 2) if turn % 2 == 0 else (2, 1):
                crowd.empty(course)
                runs[number].append(kind.graded(crowd, course, number).to_json())
    figures = _figures_of(runs, options.class_size)
    _print_runs(runs, figures, kind.what)
    print_verdict(
        f"two {kind.what}s against one: {figures['times']:.2f} times, "
        f"wanted at least {kind.wanted}",
        figures["times"] >= kind.wanted,
    )
    print_memory(figures)
    return figures


def _figures_of(runs: dict[int, list[dict]], size: int) -> dict:
    """Medians over the runs; memory is that of the runs by two."""
    wall, processor = _medians(runs, "wall"), _medians(runs, "processor")
    by_two = mean_of([use | {"size": size, "disk": {}} for use in runs[2]])
    return {
        "size": size,
        "wall": wall,
        "processor": processor,
        "times": wall[1] / wall[2],
        "runs": runs,
        "kinds": by_two["kinds"],
        "together": by_two["together"],
    }


def _print_runs(runs: dict[int, list[dict]], figures: dict, what: str) -> None:
    for number, uses in runs.items():
        each = ", ".join(f"{use['wall']:.1f}" for use in uses)
        print(
            f"{number} {what}{'s' if number > 1 else ''}, {figures['size']} submissions: "
            f"{figures['wall'][number]:.1f} s (median of {each}), "
            f"{figures['processor'][number]:.1f} s of processor time"
        )


def _medians(runs: dict[int, list[dict]], key: str) -> dict[int, float]:
    return {number: statistics.median(use[key] for use in uses) for number, uses in runs.items()}


if __name__ == "__main__":
    main()
