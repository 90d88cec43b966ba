"""The part of benchmarks/scale.py that grades classes of growing size."""

import statistics
from pathlib import Path

from benchmarks.crowd import PERIOD, Crowd
from benchmarks.process_group import new_group
from benchmarks.process_kinds import COORDINATOR
from benchmarks.runs import grade
from benchmarks.scale_figures import (
    MOST_GROWTH,
    MOST_MEMORY,
    mean_of,
    print_memory,
    print_verdict,
)

STARTS = (0, 30, 60)  # the first submission of each class that is all start
PLACES = {  # what grading fills, by the name of the figure
    "submitted": "submitted",
    "cache": ".results",
    "autograded": "autograded",
    "gradebook": "gradebook.db",
}
HEAD = (
    "\n            submissions  processor s a submission   whole     "
    "----- KB on disk a submission -----      processor s"
    "\n   class     per second  all    less start  coord.  machine   "
    "submitted  cache  autograded  gradebook  of a rerun"
)


def growth(crowd: Crowd, sizes: list[int], jobs: int) -> dict:
    """One row of figures for each size, printed as it comes."""
    start = _start(crowd, jobs)
    print(
        f"growth, {jobs} jobs; "
        f"the start takes {start['wall']:.1f} s, {start['processor']:.1f} s of processor time"
    )
    print(HEAD)
    rows = []
    for size in sizes:
        classes = [graded_class(crowd, numbers, jobs) for numbers in _classes(size)]
        row = mean_of(classes) | {"rerun": statistics.mean(use["rerun"] for use in classes)}
        rows.append(row | _for_one_submission(row, start["processor"], crowd.smallest))
        print(_line(rows[-1]), flush=True)
    print_memory(rows[-1])
    grew = _growth_of(rows[0], rows[-1])
    coordinator = max(row["kinds"][COORDINATOR]["rss"] for row in rows)
    print_verdict(
        f"processor time a submission, {rows[-1]['size']} to {rows[0]['size']}: "
        f"{grew:.3f}, wanted below {MOST_GROWTH}",
        grew < MOST_GROWTH,
    )
    print_verdict(
        f"coordinator: {coordinator / 1e6:.0f} MB, wanted below {MOST_MEMORY / 1e6:.0f}",
        coordinator < MOST_MEMORY,
    )
    return {"jobs": jobs, "start": start, "rows": rows, "grew": grew, "coordinator": coordinator}


def graded_class(crowd: Crowd, numbers: range, jobs: int) -> dict:
    """Grade one class; what it took, and the bytes that it left on the disk.

    "rerun": processor seconds of grading it once more, when nothing has changed
    """
    with crowd.course(numbers) as course, new_group() as group:
        empty = _bytes_on_disk(course.root / PLACES["gradebook"])
        use = grade(course, group, "--jobs", str(jobs))
        disk = {name: _bytes_on_disk(course.root / place) for name, place in PLACES.items()}
        rerun = grade(course, group, "--jobs", str(jobs)).processor
    disk["gradebook"] -= empty
    return use.to_json() | {"size": len(numbers), "disk": disk, "rerun": rerun}


def _start(crowd: Crowd, jobs: int) -> dict[str, float]:
    """Seconds that the command takes to start: those of the smallest class, the median of some."""
    uses = [graded_class(crowd, range(first, first + crowd.smallest), jobs) for first in STARTS]
    return {key: statistics.median(use[key] for use in uses) for key in ("wall", "processor")}


def _classes(size: int) -> list[range]:
    """The submissions of the classes of one size: one class, or several with 500 together."""
    count = max(1, PERIOD // size) if size >= PERIOD // 5 else 1
    return [range(number * size, (number + 1) * size) for number in range(count)]


def _bytes_on_disk(path: Path) -> int:
    """Bytes that a file, or all files in a folder, take on the disk."""
    files = [path] if path.is_file() else [*path.rglob("*")]
    return sum(file.lstat().st_blocks * 512 for file in files)


def _for_one_submission(row: dict, start: float, smallest: int) -> dict:
    """The figures of a class for one submission.

    start: processor seconds of the command's start, with so few submissions as `smallest`
    """
    size = row["size"]
    rest = (row["processor"] - start) / (size - smallest) if size > smallest else 0.0
    return {
        "per_second": size / row["wall"],
        "processor_each": row["processor"] / size,
        "processor_each_without_start": rest,
        "machine_each": row["machine"] / size,
        "coordinator_each": row["kinds"][COORDINATOR]["seconds"] / size,
        "disk_each": {name: total / size for name, total in row["disk"].items()},
    }


def _growth_of(first: dict, last: dict) -> float:
    """How many times the processor time of a submission is, with the start or without it."""
    keys = ("processor_each", "processor_each_without_start")
    return max(last[key] / first[key] for key in keys if first[key] > 0)


def _line(row: dict) -> str:
    """One row below HEAD."""
    disk = {name: each / 1e3 for name, each in row["disk_each"].items()}
    processor = (
        f"{row['processor_each']:.3f}  {row['processor_each_without_start']:.3f}"
        f"       {row['coordinator_each']:.3f}   {row['machine_each']:.3f}"
    )
    kilobytes = (
        f"{disk['submitted']:10.1f} {disk['cache']:6.1f}"
        f" {disk['autograded']:11.1f} {disk['gradebook']:10.1f} {row['rerun']:11.1f}"
    )
    remark = "" if row["exact"] else "  (no control group: the machine's)"
    return f"{row['size']:8,d} {row['per_second']:14.2f}  {processor}  {kilobytes}{remark}"
