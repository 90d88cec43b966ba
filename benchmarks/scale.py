"""What grading takes as a class grows: 100, 1,000 and 10,000 submissions, one or two jobs, one or two Dask workers.

    python -m benchmarks.scale [--sizes 100 1000 10000] [--only growth|jobs|dask] [--json FILE] [--picture FILE]

Every run is the real `course grade` on all three assignments, with an empty store and gradebook; what is in a class
says benchmarks/crowd.py, how it is counted benchmarks/processes.py. Making the submissions is not measured.

Wanted: processor time a submission grows by less than 15 % from the smallest class to the largest, the coordinator
stays below 400 MB, two jobs give at least 1.7 times one, two Dask workers at least 1.6 times one. Falling short of
that is said, and is no error.

A class of 100 to 499 is graded as several classes that have 500 submissions together, and the mean counts:
what takes longest is rare, and the mixture must be the same for all sizes. The start of the command takes a part of the
time that shrinks as the class grows, so growth is also given without it: less what three submissions take.

--json FILE: the figures; parts that are not run stay as they are in it, so that the parts can be run one after the other.
--picture FILE draws what is in the figures.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import processes
from benchmarks.crowd import CELL_SECONDS, PERIOD, SMALLEST, Crowd
from benchmarks.processes import COORDINATOR
from benchmarks.runs import grade, with_jobs, with_workers

PARTS = ("growth", "jobs", "dask")
GROWTH, MEMORY, JOBS, WORKERS = 1.15, 400e6, 1.7, 1.6  # wanted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1000, 10_000], help="of the classes"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="submissions at a time, as the class grows"
    )
    parser.add_argument(
        "--class-size",
        type=int,
        default=300,
        help="of the class that one and two jobs or workers grade",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=5,
        help="of one job or worker and two, of which the median counts",
    )
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="this part (may be given twice)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to keep the figures")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="where to draw them")
    options = parser.parse_args()
    kept = json.loads(options.json.read_text()) if options.json and options.json.is_file() else {}
    figures = kept | {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    }
    print(
        f"{figures['machine']}; a cell may take {CELL_SECONDS} s; one submission in 500 never ends one\n",
        flush=True,
    )
    measure(options, figures)
    if options.picture:
        from benchmarks.scale_picture import draw

        draw(figures, options.picture)


def measure(options: argparse.Namespace, figures: dict) -> None:
    """Run the parts that are asked for; the figures are written after each."""
    parts = {
        "growth": lambda crowd: growth(crowd, sorted(options.sizes), options.jobs),
        "jobs": lambda crowd: side_by_side(crowd, options, JOBS, "job", with_jobs),
        "dask": lambda crowd: side_by_side(crowd, options, WORKERS, "Dask worker", with_workers),
    }
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        crowd = Crowd(Path(folder))
        for name in options.only or PARTS:
            figures[name] = parts[name](crowd)
            if options.json:
                options.json.write_text(json.dumps(figures, indent=1) + "\n")


# --- growth


def growth(crowd: Crowd, sizes: list[int], jobs: int) -> dict:
    """One row of figures for each size, printed as it comes."""
    starting = [graded_class(crowd, range(at, at + SMALLEST), jobs) for at in (0, 30, 60)]
    start = statistics.median(use["processor"] for use in starting)
    waiting = statistics.median(use["wall"] for use in starting)
    print(f"growth, {jobs} jobs; the start takes {waiting:.1f} s, {start:.1f} s of processor time")
    print(HEAD)
    rows = []
    for size in sizes:
        times = max(1, PERIOD // size) if size >= PERIOD // 5 else 1
        rows.append(
            mean_of(
                [
                    graded_class(crowd, range(at * size, (at + 1) * size), jobs)
                    for at in range(times)
                ]
            )
        )
        _derive(rows[-1], start)
        print(_line(rows[-1]), flush=True)
    _print_memory(rows[-1])
    found = {"jobs": jobs, "start": {"wall": waiting, "processor": start}, "rows": rows}
    first, last = rows[0], rows[-1]
    grew = max(
        last[key] / first[key]
        for key in ("processor_each", "processor_each_without_start")
        if first[key] > 0
    )
    found["grew"], found["coordinator"] = (
        grew,
        max(row["kinds"][COORDINATOR]["rss"] for row in rows),
    )
    say(
        f"processor time a submission, {last['size']} to {first['size']}: {grew:.3f}, wanted below {GROWTH}",
        grew < GROWTH,
    )
    say(
        f"coordinator: {found['coordinator'] / 1e6:.0f} MB, wanted below {MEMORY / 1e6:.0f}",
        found["coordinator"] < MEMORY,
    )
    return found


HEAD = """
            submissions  processor s a submission   whole     ----- KB on disk a submission -----
   class     per second  all    less start  coord.  machine   submitted  store  autograded  gradebook"""


def _line(row: dict) -> str:
    disk = row["disk_each"]
    return (
        f"{row['size']:8,d} {row['per_second']:14.2f}  {row['processor_each']:.3f}  {row['processor_each_without_start']:.3f}"
        f"       {row['coordinator_each']:.3f}   {row['machine_each']:.3f}  {disk['submitted'] / 1e3:10.1f}"
        f" {disk['store'] / 1e3:6.1f} {disk['autograded'] / 1e3:11.1f} {disk['gradebook'] / 1e3:10.1f}"
        + ("" if row["exact"] else "  (no control group: the machine's)")
    )


def graded_class(crowd: Crowd, numbers: range, jobs: int) -> dict:
    """Grade one class; what it took, and the bytes that it left on the disk."""
    with crowd.course(numbers) as course, processes.new_group() as group:
        empty = _on_disk(course.root / "gradebook.db")
        use = grade(course, group, "--jobs", str(jobs))
        disk = {
            name: _on_disk(course.root / folder)
            for name, folder in (
                ("submitted", "submitted"), ("store", ".results"), ("autograded", "autograded"), ("gradebook", "gradebook.db")
            )
        }  # fmt: skip
    disk["gradebook"] -= empty
    return use.to_json() | {"size": len(numbers), "disk": disk}


def _on_disk(path: Path) -> int:
    """Bytes that a file, or all files in a folder, take on the disk."""
    files = [path] if path.is_file() else [*path.rglob("*")]
    return sum(file.lstat().st_blocks * 512 for file in files)


def mean_of(uses: list[dict]) -> dict:
    """Several classes of one size as one: times and sizes their means, memory the most of any."""

    def mean(values: Iterator) -> float:
        return statistics.mean(values)

    kinds = {name: [use["kinds"][name] for use in uses if name in use["kinds"]] for use in uses for name in use["kinds"]}  # fmt: skip
    return {
        "size": uses[0]["size"], "classes": len(uses), "exact": all(use["exact"] for use in uses),
        **{key: mean(use[key] for use in uses) for key in ("wall", "processor", "machine")},
        "together": max(use["together"] for use in uses),
        "disk": {name: mean(use["disk"][name] for use in uses) for name in uses[0]["disk"]},
        "kinds": {
            name: {
                "rss": max(kind["rss"] for kind in found), "pss": max(kind["pss"] for kind in found),
                "median_pss": statistics.median(kind["median_pss"] for kind in found),
                "seconds": mean(kind["seconds"] for kind in found),
            }
            for name, found in kinds.items()
        },
    }  # fmt: skip


def _derive(row: dict, start: float) -> None:
    """Add the figures for one submission."""
    size = row["size"]
    row["per_second"] = size / row["wall"]
    row["processor_each"] = row["processor"] / size
    row["processor_each_without_start"] = (
        (row["processor"] - start) / (size - SMALLEST) if size > SMALLEST else 0.0
    )
    row["machine_each"] = row["machine"] / size
    row["coordinator_each"] = row["kinds"][COORDINATOR]["seconds"] / size
    row["disk_each"] = {name: found / size for name, found in row["disk"].items()}


def _print_memory(row: dict) -> None:
    print(f"\nmemory in MB, class of {row['size']:,d}: most ever (Rss), most and median seen (Pss: what is shared is split)")  # fmt: skip
    for name, kind in sorted(row["kinds"].items(), key=lambda item: -item[1]["rss"]):
        print(
            f"  {name:28s} {kind['rss'] / 1e6:8.0f} {kind['pss'] / 1e6:8.0f} {kind['median_pss'] / 1e6:8.0f}"
        )
    print(f"  {'all at one time':28s} {'':8s} {row['together'] / 1e6:8.0f}\n")


# --- two against one


def side_by_side(
    crowd: Crowd, options: argparse.Namespace, wanted: float, what: str, graded
) -> dict:
    """One class graded by one and by two by turns; the medians, and how many times as fast two are."""
    runs: dict[int, list[dict]] = {1: [], 2: []}
    with crowd.course(range(options.class_size)) as course:
        for turn in range(options.rounds):
            for number in (1, 2) if turn % 2 == 0 else (2, 1):
                crowd.empty(course)
                runs[number].append(graded(crowd, course, number).to_json())
    wall = {number: statistics.median(use["wall"] for use in uses) for number, uses in runs.items()}
    processor = {
        number: statistics.median(use["processor"] for use in uses) for number, uses in runs.items()
    }
    times = wall[1] / wall[2]
    for number in runs:
        each = [f"{use['wall']:.1f}" for use in runs[number]]
        print(f"{number} {what}{'s' if number > 1 else ''}, {options.class_size} submissions: {wall[number]:.1f} s (median of {', '.join(each)}),"
              f" {processor[number]:.1f} s of processor time")  # fmt: skip
    say(f"two {what}s against one: {times:.2f} times, wanted at least {wanted}", times >= wanted)
    largest = mean_of([use | {"size": options.class_size, "disk": {}} for use in runs[2]])
    _print_memory(largest)
    return {
        "size": options.class_size, "wall": wall, "processor": processor, "times": times, "runs": runs,
        "kinds": largest["kinds"], "together": largest["together"],
    }  # fmt: skip


def say(words: str, well: bool) -> None:
    print(f"{words}: {'reached' if well else 'FALLS SHORT'}\n", flush=True)


if __name__ == "__main__":
    main()
