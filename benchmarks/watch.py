"""How long does a student wait for an answer, from handing in to the released feedback?

    python -m benchmarks.watch [--loads 10 30 60 120 240] [--picture watch.png]

A real `course watch` on a course with an exchange; students hand in as `submit` does, evenly spread
over a minute, one hand-in each, right and wrong ones of all assignments in turn. The wait is
measured from the moment when `nbgrader submit` has written all to the moment when the answer lies
in the exchange. The last column is the processor time of a hand-in, which depends less on what else
runs. Handing in runs on the same machine. Wanted, with 30 in a minute: a median under
1.5 s and 95 % under 3 s; ends with 1 when that is missed.
"""

import argparse
import logging
import statistics
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import psutil
from matplotlib.ticker import LogLocator

from benchmarks.crowd import ONE_IN, Crowd, submission
from benchmarks.machine import description, put_commands_on_path
from tests.watching import Class, wait_until, watching

LOADS = (10, 30, 60, 120, 240)
MINUTE = 60.0
WANTED_LOAD, MEDIAN, MOST = 30, 1.5, 3.0
PATIENCE = 600  # seconds for all answers of one load
HEADS = ("a minute", "median", "95 %", "longest", "CPU each")
BLUE, ORANGE = "#0072B2", "#E69F00"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--loads", type=int, nargs="+", default=LOADS, help="hand-ins in a minute")
    parser.add_argument("--picture", type=Path, help="where to draw waits against load")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # nbgrader's own
    logging.disable(logging.WARNING)
    put_commands_on_path()
    print(f"{description()}; seconds from hand-in to answer\n")
    print("".join(f"{head:>9}" for head in HEADS))
    waits = {load: waits_at(load) for load in options.loads}
    if options.picture:
        draw(waits, options.picture)
    if WANTED_LOAD in waits and not is_good(waits[WANTED_LOAD]):
        sys.exit(f"Wanted at {WANTED_LOAD}: median < {MEDIAN} s, 95 % < {MOST} s.")


def waits_at(load: int) -> list[float]:
    """Seconds that each of `load` students waited who handed in within a minute."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        crowd = Crowd(Path(folder))
        with crowd.course([]) as course:
            classroom = Class.make(course, Path(folder), course.assignments)
            work = [submission(course, number) for number in _whole_ones(load)]
            with watching(classroom.course) as watcher:
                before = _processor_seconds(watcher.process.pid)
                waits = _hand_in_over_a_minute(classroom, work)
                spent = _processor_seconds(watcher.process.pid) - before
    figures = statistics.median(waits), _most(waits), max(waits), spent / load
    print(f"{load:9d}" + "".join(f"{figure:9.2f}" for figure in figures), flush=True)
    return waits


def _processor_seconds(pid: int) -> float:
    """What a process, those below it and all that they waited for have used."""
    process = psutil.Process(pid)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(sum(time[:4]) for time in times)  # own and children's, user and system


def _whole_ones(count: int) -> list[int]:
    """Numbers of submissions that are not broken."""
    numbers = (number for number in range(10 * count) if number % ONE_IN != 7)
    return [next(numbers) for _ in range(count)]


def _hand_in_over_a_minute(classroom: Class, work: list[tuple[str, str, bytes]]) -> list[float]:
    start = time.monotonic()

    def hand_in(number: int) -> float:
        name, student, content = work[number]
        time.sleep(max(0.0, start + number * MINUTE / len(work) - time.monotonic()))
        student = f"{student}-{number}"
        handed_in = classroom.hand_in(student, content.decode(), name)
        done = time.time()
        wait_until(handed_in.answer.exists, PATIENCE)
        return handed_in.answer.stat().st_mtime - done

    with ThreadPoolExecutor(len(work)) as students:
        return list(students.map(hand_in, range(len(work))))


def is_good(waits: list[float]) -> bool:
    return statistics.median(waits) < MEDIAN and _most(waits) < MOST


def _most(waits: list[float]) -> float:
    """The wait that 95 % do not exceed."""
    return statistics.quantiles(waits, n=20, method="inclusive")[-1]


def draw(waits: dict[int, list[float]], path: Path) -> None:
    """Draw median and 95 % against the load."""
    loads = sorted(waits)
    fig, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
    medians = [statistics.median(waits[load]) for load in loads]
    ax.plot(loads, [_most(waits[load]) for load in loads], "s--", color=ORANGE, label="95 % under")
    ax.plot(loads, medians, "o-", color=BLUE, label="median")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xticks(loads, [str(load) for load in loads])
    ax.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.minorticks_off()
    ax.set_xlabel("hand-ins in a minute")
    ax.set_ylabel("seconds from hand-in to answer")
    ax.grid(axis="y", alpha=0.3)
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    fig.savefig(path, dpi=150)
    plt.close(fig)


if __name__ == "__main__":
    main()
