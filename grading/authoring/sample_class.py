"""`course cohort`: a sample class, to try out all commands before the first real submission.

Each sample student shows one thing that happens in a real class. The same seed gives the same
files. The mistakes come from `grading/assignments/NAME/sample_errors.py`: SAMPLE_ERRORS maps a
function to pairs of texts, a piece of the solution and what a student writes in its place.
"""

import copy
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course_utils.assignments.registry import merged_tables
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.notebook.cells import GRADED, code_cells, is_grade, read_notebook

DUE = datetime(2030, 1, 15, 12, 0)  # in UTC, for an assignment without a deadline
SAMPLE_ERRORS: dict[str, list[tuple[str, str]]] = merged_tables(
    "grading.assignments", "sample_errors", "SAMPLE_ERRORS"
)
PREFIX = "sample-"

RandomFor = Callable[[str], random.Random]  # a random stream for each label
Notebooks = dict[str, NotebookNode]  # by label


@dataclass(frozen=True)
class Sample:
    """A sample submission. student: the id; late: how long after the deadline it came in"""

    student: str
    notebook: NotebookNode
    late: timedelta = timedelta(hours=-1)


def make_sample_class(course: Course, name: str, seed: int = 0) -> list[str]:
    """Write the sample submissions of an assignment into submitted/; returns the students' ids.

    Submissions of other students stay, and so does a deadline that the gradebook already has.
    """
    samples = samples_of(course, name, seed)
    with open_gradebook(course) as gradebook:
        assignment = gradebook.update_or_create_assignment(name)
        due = assignment.duedate or gradebook.update_or_create_assignment(name, duedate=DUE).duedate
    for sample in samples:
        path = course.submitted(sample.student, name)
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        nbformat.write(sample.notebook, path)
        timestamp = (due + sample.late).replace(tzinfo=UTC)
        (path.parent / "timestamp.txt").write_text(timestamp.strftime("%Y-%m-%d %H:%M:%S.%f %Z"))
    return [sample.student for sample in samples]


def samples_of(course: Course, name: str, seed: int) -> list[Sample]:
    """One sample for each of the usual situations, and one with a mistake in each function."""

    def random_for(label: str) -> random.Random:
        """A stream of its own for every sample, so that a new sample changes none of the others."""
        return random.Random(f"{seed} {name} {label}")

    release = read_notebook(course.release(name))
    cells = code_cells(read_notebook(course.source(name)))
    solutions = {cell.function: _without_marks(cell.source) for cell in cells if cell.solution}
    solved, functions = _with_code(release, solutions), list(solutions)
    notebooks = _situations(release, solved, functions, random_for)
    notebooks |= _mistakes(solved, functions, random_for)
    late = timedelta(days=1, hours=random_for("late").randrange(1, 12))
    samples = [Sample(f"{PREFIX}{label}", notebook) for label, notebook in notebooks.items()]
    return [*samples, Sample(f"{PREFIX}late", copy.deepcopy(solved), late)]


def _situations(
    release: NotebookNode, solved: NotebookNode, functions: list[str], random_for: RandomFor
) -> Notebooks:
    """What happens to notebooks besides mistakes."""
    first, last = functions[0], functions[-1]
    broken = random_for("syntax-error").choice(functions)
    slow_line = "for _ in range(100_000): pass  # takes its time"
    return {
        "all-right-a": solved,
        "all-right-b": copy.deepcopy(solved),
        "blank": copy.deepcopy(release),
        "syntax-error": _edit(solved, broken, partial(_replace, "):", ")")),
        "deleted-tests": _without_tests(solved, random_for("deleted-tests")),
        "helper-cells": _with_helpers(solved, first),
        "slow": _edit(solved, last, partial(_insert_line, slow_line)),
        "prints-a-lot": _edit(solved, first, partial(_insert_line, "print('checking', 'x' * 70)")),
    }


def _mistakes(solved: NotebookNode, functions: list[str], random_for: RandomFor) -> Notebooks:
    """One function wrong in each notebook."""
    notebooks = {}
    for number, function in enumerate(functions, start=1):
        error = random_for(f"wrong-{number}").choice(SAMPLE_ERRORS[function])
        notebooks[f"wrong-{number}"] = _edit(solved, function, partial(_replace, *error))
    if "initialize_parameters_he" in functions:
        error = ("np.zeros((layers_dims[l], 1))", "np.zeros((layers_dims[1], 1))")
        change = partial(_replace, *error)
        notebooks["he-bias"] = _edit(solved, "initialize_parameters_he", change)
    return notebooks


def _without_marks(source: str) -> str:
    """A solution as a student would write it: without nbgrader's marks and without the starter."""
    source = re.sub(r"^ *### STARTER\n(?: *#(?!##).*\n)*", "", source, flags=re.MULTILINE)
    return re.sub(r"^ *### (?:BEGIN|END) SOLUTION\n?", "", source, flags=re.MULTILINE)


def _with_code(notebook: NotebookNode, code: dict[str, str]) -> NotebookNode:
    """A copy of the notebook with this code in its solution cells. code: by function"""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        graded = GRADED.search(cell.source) if cell.cell_type == "code" else None
        if graded and graded[1] in code:
            cell.source = code[graded[1]]
    return notebook


def _edit(notebook: NotebookNode, function: str, change: Callable[[str], str]) -> NotebookNode:
    """A copy of the notebook in which the solution of one function is changed."""
    solutions = {cell.function: cell.source for cell in code_cells(notebook) if cell.solution}
    old = solutions[function]
    new = change(old)
    if new == old:
        raise ValueError(f"the change leaves {function} as it was")
    return _with_code(notebook, {function: new})


def _insert_line(line: str, code: str) -> str:
    """Insert a line after the docstring of the function in this code."""
    head, quotes, tail = code.rpartition('"""')
    return f"{head}{quotes}\n    {line}{tail}"


def _replace(right: str, wrong: str, code: str) -> str:
    return code.replace(right, wrong)


def _without_tests(notebook: NotebookNode, rng: random.Random) -> NotebookNode:
    """A copy of the notebook without a third of its test cells."""
    notebook = copy.deepcopy(notebook)
    tests = [number for number, cell in enumerate(notebook.cells) if is_grade(cell)]
    deleted = set(rng.sample(tests, len(tests) // 3))
    notebook.cells = [cell for number, cell in enumerate(notebook.cells) if number not in deleted]
    return notebook


def _with_helpers(notebook: NotebookNode, function: str) -> NotebookNode:
    """A copy with the student's own cells around an exercise; its solution uses one of them."""
    notebook = _edit(notebook, function, partial(_insert_line, "my_note(layers=1)"))
    heading = f"GRADED FUNCTION: {function}"
    place = next(n for n, cell in enumerate(notebook.cells) if heading in cell.source)
    notebook.cells[place:place] = [
        new_markdown_cell("My notes: try small numbers first.", id="student-notes"),
        new_code_cell("def my_note(layers):\n    return f'{layers} layers'", id="student-helper"),
    ]
    after_check = place + 4  # two cells above, the solution and its check
    trial = new_code_cell(f"my_note(2), {function}.__name__", id="student-try")
    notebook.cells.insert(after_check, trial)
    return notebook
