"""A crowd of submissions to all assignments: right, wrong and broken ones, no two the same.

Submission number i goes to the assignment i % 7, where there are seven; a crowd with only one
assignment has those alone that go there, numbered anew. 95 of 100 are the sample
class (`course cohort`) over and over, with other mistakes each time. Of the other 5, one each is no
notebook, has a syntax error, lacks a solution cell, returns odd values; the fifth, in turns, never
ends a cell, eats memory, ends its process, crashes, or raises SystemExit. So every 500 in a row
have the same mixture.
"""

import functools
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from tqdm import tqdm

from grading.authoring.sample_class import Sample, samples_of
from grading.course import Course
from tests.harness import copy_course

PERIOD = 500  # so many in a row have the same mixture
ROOT = Path(__file__).parents[1]
SMALLEST = len(Course.at(ROOT).assignments)  # one for each
ONE_IN = 20  # is broken
CELL_SECONDS = 5  # of a cell that never ends; 30 in the course, which would be all that is measured
COURSE = str(Path(sys.executable).with_name("course"))
SETTINGS = f"\nc.RunIsolated.cell_seconds = {CELL_SECONDS}\n"
RARE = (
    "while True: pass",
    "x = [bytearray(b'x' * 10_000_000) for _ in range(10_000)]",
    "import os; os._exit(0)",
    "import ctypes; ctypes.string_at(0)",
    "raise SystemExit",
)
ODD = ("None", "(n for n in [1])", "{'W1': np.full((3, 4), np.nan)}", "'a string'", "1 / 0")


class Crowd:
    """Makes courses with submissions, in temporary folders; the release is made once.

    is_blank: whether nobody did more than write a line. Each costs the same then, so that classes
        of any size can be compared.
    only: the one assignment that is answered; "" for all
    """

    def __init__(self, folder: Path, is_blank: bool = False, only: str = ""):
        self._folder, self._is_blank = folder, is_blank
        self._released = _released(folder / "released")
        names = self._released.assignments
        self._first, self._step = (names.index(only), len(names)) if only else (0, 1)

    @property
    def assignments(self) -> list[str]:
        return self._released.assignments

    @property
    def smallest(self) -> int:
        """How many submissions are one for each assignment."""
        return len(self.assignments) // self._step

    @contextmanager
    def course(self, numbers: Sequence[int]) -> Iterator[Course]:
        """A course with the submissions of these numbers, for the length of a with block."""
        root = Path(tempfile.mkdtemp(prefix="course-", dir=self._folder))
        shutil.copytree(self._released.root, root, dirs_exist_ok=True)
        course = Course.at(root)
        try:
            bar = {"desc": "making submissions", "unit": "", "leave": False, "disable": None}
            for number in tqdm(numbers, **bar):
                place = self._first + number * self._step
                name, student, content = submission(course, place, self._is_blank)
                path = course.submitted(student, name)
                path.parent.mkdir(parents=True)
                path.write_bytes(content)
            samples_with.cache_clear()
            yield course
        finally:
            shutil.rmtree(root)

    def empty(self, course: Course) -> None:
        """Take away what grading left: the result cache, autograded/ and the gradebook."""
        for name in (".results", "autograded", "feedback"):
            shutil.rmtree(course.root / name, ignore_errors=True)
        shutil.copy(self._released.root / "gradebook.db", course.root)


def _released(root: Path) -> Course:
    """A copy of the course, built, with nothing submitted."""
    course = copy_course(root)
    with (root / "nbgrader_config.py").open("a") as settings:
        settings.write(SETTINGS)
    subprocess.run([COURSE, "build"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return course


def submission(course: Course, number: int, is_blank: bool = False) -> tuple[str, str, bytes]:
    """The assignment, the student and the notebook's file of one submission."""
    student, assignment = divmod(number, len(course.assignments))
    name = course.assignments[assignment]
    samples = samples_with(course, name, 0)
    if is_blank:
        blank = next(sample for sample in samples if sample.student.endswith("-blank"))
        content = with_own_line(blank.notebook, number)
    elif number % ONE_IN == 7:  # 20 and 7 share no divisor: every assignment gets broken ones
        content = _broken(samples[0].notebook, number)
    else:
        seed, sample = divmod(student, len(samples))
        content = with_own_line(samples_with(course, name, seed)[sample].notebook, number)
    return name, f"bench-{student:05d}", content


@functools.lru_cache(maxsize=8)
def samples_with(course: Course, name: str, seed: int) -> list[Sample]:
    """The sample class of an assignment."""
    return samples_of(course, name, seed)


def with_own_line(notebook: NotebookNode, number: int) -> bytes:
    """As a file, with a line of its own in the first solution cell that is left."""
    cells = list(notebook.cells)
    first = _solution_cells(cells)[0]
    source = f"{cells[first].source}\n# submission {number}"
    cells[first] = NotebookNode(cells[first], source=source)
    return nbformat.v4.writes(NotebookNode(notebook, cells=cells)).encode()


def _solution_cells(cells: list[NotebookNode]) -> list[int]:
    """Their places among the cells."""
    starts = "# GRADED FUNCTION"
    return [place for place, cell in enumerate(cells) if cell.source.startswith(starts)]


def _broken(solved: NotebookNode, number: int) -> bytes:
    """A submission that is broken in the way of this number."""
    turn, way = divmod(number // ONE_IN, 100 // ONE_IN)
    cells = list(solved.cells)
    solutions = _solution_cells(cells)
    place = solutions[turn % len(solutions)]
    cell = cells[place]
    match way:
        case 0:
            return _no_notebook(with_own_line(solved, number), turn, number)
        case 1:
            cells[place] = NotebookNode(cell, source=cell.source.replace("):", ")", 1))
        case 2:
            del cells[place]
        case 3:
            head = next(line for line in cell.source.splitlines() if line.startswith("def "))
            cells[place] = NotebookNode(cell, source=f"{head}\n    return {ODD[turn % len(ODD)]}")
        case _:
            cells.insert(place, new_code_cell(RARE[turn % len(RARE)], id="bad"))
    return with_own_line(NotebookNode(solved, cells=cells), number)


def _no_notebook(whole: bytes, turn: int, number: int) -> bytes:
    """A file that cannot be read as a notebook."""
    own = f" {number}".encode()
    contents = (
        whole[: 4000 + number % 997],
        b"not json" + own,
        b"[1, 2," + own + b"]",
        b"\xff\xfe" + own,
    )
    return contents[turn % len(contents)]
