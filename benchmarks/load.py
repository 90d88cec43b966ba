"""Is a class graded alike on an idle machine and beside a load of 20 busy processes?

python -m benchmarks.load

28 submissions of the crowd to three assignments, with every kind of broken one, are graded twice,
without stored results: once alone and once beside the load. Then everything that was written is
compared byte for byte: the gradebook's rows, autograded/ and feedback/. Ids that nbgrader makes up
anew for every row are left out. Ends with status 1 where anything differs.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crowd import COURSE, Crowd
from benchmarks.machine import description, put_commands_on_path
from grading.course import Course
from tests.busy import busy
from tests.classes import all_rows

LOAD = 20
# 20 in a row with one that is no notebook; then the other kinds of broken ones, see crowd.py
NUMBERS = [*range(20), 27, 47, 67, 87, 187, 287, 387, 487]
Written = dict[str, object]  # a row or a file's content, by name


def main() -> None:
    put_commands_on_path()
    print(description())
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder))
        with crowd.course(NUMBERS) as course:
            alone = graded(course)
            crowd.empty(course)
            with busy(LOAD):
                loaded = graded(course)
    different = sorted(name for name in alone | loaded if alone.get(name) != loaded.get(name))
    print(f"{len(alone)} tables and files, {len(different)} differ")
    for name in different:
        print(f"  {name}")
    sys.exit(bool(different))


def graded(course: Course) -> Written:
    """All that grading and feedback write for a course."""
    start = time.monotonic()
    for command in (["grade", "--fresh"], ["feedback"]):
        done = subprocess.run([COURSE, *command], cwd=course.root, capture_output=True, text=True)
        if done.returncode not in (0, 1):  # 1: some submissions are broken
            sys.exit(f"course {' '.join(command)} ended with {done.returncode}: {done.stderr}")
    print(f"graded in {time.monotonic() - start:.0f} s")
    files = [
        path
        for name in ("autograded", "feedback")
        for path in (course.root / name).rglob("*")
        if path.is_file()
    ]
    return {f"table {name}": rows for name, rows in all_rows(course).items()} | {
        str(path.relative_to(course.root)): path.read_bytes() for path in files
    }


if __name__ == "__main__":
    main()
