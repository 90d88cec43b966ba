"""Write `fingerprints.json`: what students are told of known mistakes, and how to recognise them.

For each mistake it holds its words by language, and what it gives on a few public inputs, as short
fingerprints.
"""

import json
from pathlib import Path
from typing import Any

from course_utils.assignments.registry import FOLDER
from course_utils.check.fingerprint_table import alike, answers_of
from course_utils.check.public_examples import calls_of
from course_utils.check.visible_check import check_findings
from grading.diagnosis.catalogue import Version, wrong_versions

Mistake = dict[str, Any]  # texts by name, and "answers"
Table = dict[str, list[Mistake]]  # by function


def known_table(functions: list[str], names: dict[str, Any]) -> Table:
    """The mistakes that the visible checks notice. names: the reference solutions"""
    return {function: _mistakes_of(function, names) for function in functions}


def refresh_known(assignment: str, table: Table, folder: Path = FOLDER) -> bool:
    """Write the file anew when it does not agree with the table; return whether it was."""
    path = folder / assignment / "fingerprints.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if agree(kept, table):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return True


def agree(table: Table, other: Table) -> bool:
    """Whether two tables hold the same, but for last digits, which differ between machines."""
    return _counts(table) == _counts(other) and all(
        _texts(first) == _texts(second) and alike(name, first["answers"], second["answers"])
        for name in table
        for first, second in zip(table[name], other[name])
    )


def _counts(table: Table) -> dict[str, int]:
    return {name: len(mistakes) for name, mistakes in table.items()}


def _mistakes_of(function: str, names: dict[str, Any]) -> list[Mistake]:
    noticed = [
        mistake
        for mistake in wrong_versions(function)
        if check_findings(mistake.define(names), function)
    ]
    return [
        {"words": _words_of(mistake), "example": mistake.example}
        | {"answers": answers_of(function, calls_of(mistake.define(names), function))}
        for mistake in noticed
    ]


def _words_of(mistake: Version) -> dict[str, dict[str, str]]:
    """What the student is told, by language."""
    return {
        language: {"found": words.found, "question": words.question}
        for language, words in mistake.words.items()
    }


def _texts(mistake: Mistake) -> Mistake:
    return {key: value for key, value in mistake.items() if key != "answers"}
