"""What is to be said of a notebook before it is handed in: what makes it impossible to grade, and what costs marks."""

import inspect
import json

from course_utils.assignments import points_of

MOST_BYTES = 20_000_000  # grading reads no more


class Refused(ValueError):
    """A notebook that is not handed in; the message gives the reason. Jupyter shows it without a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def read_cells(path):
    """[(kind, grade_id, text, points)] of the notebook's cells; `Refused` when it cannot be read as a notebook."""
    if not path.is_file():
        raise Refused(
            f"There is no file {path.name} in {path.resolve().parent}. Go to the folder where you saved it."
        )
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refused(
            f"{path.name} has {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are graded. Clear the outputs "
            "(Edit menu), save, and hand in again."
        )
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also what is not UTF-8
        raise Refused(
            f"{path.name} is not JSON, or was cut off ({error}). Open it in Jupyter and save it again."
        ) from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Refused(
            f"{path.name} is JSON, but no notebook in format 4. Open it in Jupyter and save it again."
        )
    return [_cell(cell) for cell in cells]


def problems_of(cells, assignment):
    """What costs marks or is put right in grading, as sentences; `Refused` where a cell to grade is missing."""
    wanted = points_of(assignment)
    solutions = {
        grade_id: text for kind, grade_id, text, _ in cells if kind == "code" and grade_id in wanted
    }
    missing = [name for name in wanted if name not in solutions]
    if len(missing) == len(wanted):
        raise Refused(f"This is not the notebook on {assignment}: none of its exercises is in it.")
    if missing:
        raise Refused(
            f"The cell of {', '.join(missing)} is missing. Fetch a fresh copy of the notebook and put your answers into its cells."
        )
    return [
        *_missing_tests(cells, wanted),
        *(words for name, text in solutions.items() if (words := _fault(name, text))),
    ]


def unsaved(cells, assignment, namespace):
    """The exercises whose function, as it was run, is not in the file."""
    texts = [text for _, _, text, _ in cells]
    return [
        name
        for name in points_of(assignment)
        if (source := _source(namespace.get(name))) and not any(source in text for text in texts)
    ]


def _cell(cell):
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    about = about if isinstance(about, dict) else {}
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    points = about.get("points") if about.get("grade") else 0
    return (
        cell.get("cell_type"),
        str(about.get("grade_id", "")),
        text,
        points if isinstance(points, int | float) else 0,
    )


def _missing_tests(cells, wanted):
    """A sentence for each exercise whose test cells do not add up to its points."""
    for name, points in wanted.items():
        held = {
            grade_id: worth for _, grade_id, _, worth in cells if grade_id.startswith(f"{name}-")
        }
        if sum(held.values()) != points:
            yield f"test cells of {name} are missing or changed; the grader puts its own in their place."


def _fault(name, text):
    """What keeps the cell of an exercise from giving its function, in words, or ""."""
    try:
        code = compile(_plain(text), name, "exec")
    except SyntaxError as error:
        return f"the cell of {name} has a syntax error in line {error.lineno} ({error.msg}); it will get no points."
    defined = name in code.co_names
    return "" if defined else f"the cell of {name} does not define {name}; it will get no points."


def _plain(text):
    """A cell's text with IPython's own commands, such as %time, turned into Python."""
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:
        return text
    return TransformerManager().transform_cell(text)


def _source(function):
    if not callable(function):
        return ""
    try:
        return inspect.getsource(function).strip()
    except (OSError, TypeError):  # it was not written in a cell
        return ""
