"""Write the students' table of known mistakes: words, and what the mistakes give on a few public inputs."""

import json
from pathlib import Path
from typing import Any

from course_utils.check.fingerprint_table import FOLDER, alike, answers_of
from course_utils.check.visible_check import check_findings
from grading.diagnosis.catalogue import wrong_versions

Table = dict[str, list[dict[str, Any]]]


def known_table(functions: list[str], names: dict[str, Any]) -> Table:
    """By function, the mistakes that its visible check notices. names: the reference solutions"""
    return {function: _rows(function, names) for function in functions}


def refresh_known(assignment: str, table: Table, folder: Path = FOLDER) -> bool:
    """Write the file anew when it does not agree with the table; True when it was written."""
    path = folder / assignment / "fingerprints.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if agree(kept, table):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return True


def agree(one: Table, two: Table) -> bool:
    """Whether two tables say the same, but for the last digits, which differ from machine to machine."""
    return {name: len(rows) for name, rows in one.items()} == {
        name: len(rows) for name, rows in two.items()
    } and all(
        _words(a) == _words(b) and alike(name, a["answers"], b["answers"])
        for name in one
        for a, b in zip(one[name], two[name])
    )


def _rows(function: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    noticed = [
        mistake
        for mistake in wrong_versions(function)
        if check_findings(mistake.define(names), function)
    ]
    return [
        {"found": mistake.found, "question": mistake.question, "example": mistake.example}
        | {"answers": answers_of(mistake.define(names), function)}
        for mistake in noticed
    ]


def _words(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "answers"}
