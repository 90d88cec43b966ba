"""`course cohort`: a sample class, so that the whole way can be seen before the first real submission.

Each sample student shows one thing that happens in a real class. The same seed makes the same files.
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

from course_utils.assignments.registry import collect
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.notebook.cells import GRADED, code_cells, read_notebook

DUE = datetime(2030, 1, 15, 12, 0)
SAMPLE_ERRORS: dict[str, list[tuple[str, str]]] = collect(
    "grading.assignments", "sample_errors", "SAMPLE_ERRORS"
)
PREFIX = "sample-"

Draw = Callable[[str], random.Random]
Notebooks = dict[str, NotebookNode]


@dataclass(frozen=True)
class Sample:
    """A sample submission. student: its id; late: how long after the deadline it came in."""

    student: str
    notebook: NotebookNode
    late: timedelta = timedelta(hours=-1)


def make_sample_class(course: Course, name: str, seed: int = 0) -> list[str]:
    """Write the sample submissions of an assignment into submitted/; returns the students' ids.

    Other students' submissions are left alone, and so is a deadline that the gradebook already has.
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
        stamp = (due + sample.late).replace(tzinfo=UTC)
        (path.parent / "timestamp.txt").write_text(stamp.strftime("%Y-%m-%d %H:%M:%S.%f %Z"))
    return [sample.student for sample in samples]


def samples_of(course: Course, name: str, seed: int) -> list[Sample]:
    """One sample for each of the usual situations, and one for each graded function done wrong."""

    def draw(label: str) -> random.Random:
        """Chance of its own for every sample, so that a new one changes none of the others."""
        return random.Random(f"{seed} {name} {label}")

    release = read_notebook(course.release(name))
    cells = code_cells(read_notebook(course.source(name)))
    solutions = {cell.function: _unmarked(cell.source) for cell in cells if cell.solution}
    solved = _with_code(release, solutions)
    notebooks = _situations(release, solved, list(solutions), draw) | _mistakes(
        solved, list(solutions), draw
    )
    late = timedelta(days=1, hours=draw("late").randrange(1, 12))
    samples = [Sample(f"{PREFIX}{label}", notebook) for label, notebook in notebooks.items()]
    return [*samples, Sample(f"{PREFIX}late", copy.deepcopy(solved), late)]


def _situations(
    release: NotebookNode, solved: NotebookNode, functions: list[str], draw: Draw
) -> Notebooks:
    """What happens to a notebook besides mistakes, by label."""
    first, last = functions[0], functions[-1]
    broken = draw("syntax-error").choice(functions)
    return {
        "all-right-a": solved,
        "all-right-b": copy.deepcopy(solved),
        "blank": copy.deepcopy(release),
        "syntax-error": _edit(solved, broken, partial(_slip, "):", ")")),
        "deleted-tests": _without_tests(solved, draw("deleted-tests")),
        "helper-cells": _with_helpers(solved, first),
        "slow": _edit(
            solved, last, partial(_first_line, "for _ in range(100_000): pass  # takes its time")
        ),
        "prints-a-lot": _edit(solved, first, partial(_first_line, "print('checking', 'x' * 70)")),
    }


def _mistakes(solved: NotebookNode, functions: list[str], draw: Draw) -> Notebooks:
    """One function wrong in each notebook, by label."""
    wrong = {}
    for number, function in enumerate(functions, start=1):
        slip = draw(f"wrong-{number}").choice(SAMPLE_ERRORS[function])
        wrong[f"wrong-{number}"] = _edit(solved, function, partial(_slip, *slip))
    if "initialize_parameters_he" in functions:
        slip = ("np.zeros((layers_dims[l], 1))", "np.zeros((layers_dims[1], 1))")
        wrong["he-bias"] = _edit(solved, "initialize_parameters_he", partial(_slip, *slip))
    return wrong


def _unmarked(source: str) -> str:
    """A solution as a student would write it: without the marks of nbgrader and what stands for the starter."""
    source = re.sub(r"^ *### STARTER\n(?: *#(?!##).*\n)*", "", source, flags=re.MULTILINE)
    return re.sub(r"^ *### (?:BEGIN|END) SOLUTION\n?", "", source, flags=re.MULTILINE)


def _with_code(notebook: NotebookNode, code: dict[str, str]) -> NotebookNode:
    """A copy whose solution cells hold the given code, by function."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        graded = GRADED.search(cell.source) if cell.cell_type == "code" else None
        if graded and graded[1] in code:
            cell.source = code[graded[1]]
    return notebook


def _edit(notebook: NotebookNode, function: str, change: Callable[[str], str]) -> NotebookNode:
    """A copy in which the solution of one function is changed."""
    old = next(
        cell.source for cell in code_cells(notebook) if cell.solution and cell.function == function
    )
    new = change(old)
    if new == old:
        raise ValueError(f"the change leaves {function} as it was")
    return _with_code(notebook, {function: new})


def _first_line(line: str, code: str) -> str:
    """The code with a line put in right after the docstring of its function."""
    head, quotes, tail = code.rpartition('"""')
    return f"{head}{quotes}\n    {line}{tail}"


def _slip(found: str, instead: str, code: str) -> str:
    return code.replace(found, instead)


def _without_tests(notebook: NotebookNode, rng: random.Random) -> NotebookNode:
    """A copy in which a third of the test cells are gone."""
    notebook = copy.deepcopy(notebook)
    tests = [
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    gone = set(rng.sample(tests, len(tests) // 3))
    notebook.cells = [cell for i, cell in enumerate(notebook.cells) if i not in gone]
    return notebook


def _with_helpers(notebook: NotebookNode, function: str) -> NotebookNode:
    """A copy with cells of the student's own before and after the first exercise, one used by it."""
    notebook = _edit(notebook, function, partial(_first_line, "my_note(layers=1)"))
    at = next(
        i for i, cell in enumerate(notebook.cells) if f"GRADED FUNCTION: {function}" in cell.source
    )
    notebook.cells[at:at] = [
        new_markdown_cell("My notes: try small numbers first.", id="student-notes"),
        new_code_cell("def my_note(layers):\n    return f'{layers} layers'", id="student-helper"),
    ]
    notebook.cells.insert(
        at + 4, new_code_cell(f"my_note(2), {function}.__name__", id="student-try")
    )
    return notebook
