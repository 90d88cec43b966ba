"""The assignments and what belongs to each. They are found by their folders and listed nowhere."""

import importlib
from functools import cache
from pathlib import Path

from course_utils.assignments.registry import names_in
from grading.assignments.case import Case
from grading.errors import UnknownCase

FOLDER = Path(__file__).parent


def known_assignments() -> list[str]:
    """The assignments that have a hidden side."""
    return names_in(__package__)


def load_cases(assignment: str) -> list[Case]:
    """All cases of an assignment, from `grading/assignments/NAME/cases.py`."""
    return importlib.import_module(f"{__package__}.{assignment}.cases").CASES


def probe_cases(assignment: str) -> list[Case]:
    """All cases, and `PROBES` of the same module: inputs that only tell known mistakes apart."""
    module = importlib.import_module(f"{__package__}.{assignment}.cases")
    return [*module.CASES, *getattr(module, "PROBES", ())]


@cache  # each test of a submission asks
def find_group(path: str) -> tuple[str, list[Case]]:
    """The assignment and the cases of a path "assignment/group"; UnknownCase if there are none."""
    assignment, _, group = path.partition("/")
    cases = [case for case in load_cases(assignment) if case.name.startswith(group + "/")]
    if not group or not cases:
        groups = {f"{assignment}/{case.name.rsplit('/', 1)[0]}" for case in load_cases(assignment)}
        raise UnknownCase(path, sorted(groups))
    return assignment, cases


@cache
def mistake_files() -> dict[str, Path]:
    """The files of known mistakes, `NAME/mistakes/FUNCTION.toml`, by function, in its order."""
    paths = sorted(FOLDER.glob("*/mistakes/*.toml"), key=lambda path: path.stem)
    return {path.stem: path for path in paths}
