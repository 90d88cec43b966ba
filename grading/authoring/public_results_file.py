"""Write `public_results.json`: what the public examples of an assignment must give."""

import json
from pathlib import Path
from typing import Any

from course_utils.assignments import EXERCISES
from course_utils.assignments.registry import FOLDER
from course_utils.check.public_examples import calls_of
from course_utils.check.public_results import FILE, decoded, encoded, published
from course_utils.explain import Tolerance, first_difference

Entry = dict[str, Any]  # of one example: see `encoded`
Results = dict[str, list[Entry]]  # by function

# Two machines differ in the last digits of what they compute.
COMPUTED = Tolerance(rtol=1e-10, atol=1e-13)


def public_results(functions: list[str], solutions: dict[str, Any]) -> Results:
    """The results of the solutions on every public example."""
    return {name: [encoded(call) for call in calls_of(solutions[name], name)] for name in functions}


def results_path(assignment: str) -> Path:
    """Where the results of an assignment are kept."""
    return FOLDER / assignment / FILE


def refresh_results(assignment: str, results: Results) -> bool:
    """Write the file anew when it does not agree with the results; return whether it was."""
    path = results_path(assignment)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if agree(kept, results):
        return False
    path.parent.mkdir(exist_ok=True)
    lines = [f"{json.dumps(name)}: {json.dumps(entries)}" for name, entries in results.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    published.cache_clear()
    return True


def agree(first: Results, second: Results) -> bool:
    """Whether two tables hold the same, but for last digits, which differ between machines."""
    return first.keys() == second.keys() and all(
        len(first[name]) == len(second[name])
        and all(_alike(name, *entries) for entries in zip(first[name], second[name]))
        for name in first
    )


def _alike(name: str, first: Entry, second: Entry) -> bool:
    result = EXERCISES[name].result
    tolerance = result.tolerance if result.is_measured else COMPUTED
    difference = first_difference(
        decoded(first["result"]),
        decoded(second["result"]),
        rtol=tolerance.rtol,
        atol=tolerance.atol,
    )
    return difference is None and first["verdict"] == second["verdict"]
