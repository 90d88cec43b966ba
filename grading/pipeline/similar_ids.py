"""Ids that differ only as typing errors do, such as "ST005" and "st005": perhaps one student.

They stay two students, as in nbgrader, for nobody but the instructor can know. But a mark that is
missing under one of them is easy to overlook, so it is said.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection

from grading.errors import printable

MOST_SHOWN = 3  # ids in one note


def similar_id_notes(handed_in: Collection[str], known: Collection[str]) -> dict[str, str]:
    """A note for each student who handed in under an id that resembles another one.

    handed_in: ids of those who handed in; known: ids in the gradebook
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for student in {*handed_in, *known}:
        groups[_typed(student)].add(student)
    return {
        student: _note(sorted(groups[_typed(student)] - {student}))
        for student in handed_in
        if len(groups[_typed(student)]) > 1
    }


def _typed(student: str) -> str:
    """An id without what is lost in typing: case, blanks, and two ways to encode one letter."""
    return "".join(unicodedata.normalize("NFKC", student).casefold().split())


def _note(others: list[str]) -> str:
    shown = ", ".join(repr(printable(other, 40)) for other in others[:MOST_SHOWN])
    return (
        f"another student's id differs in capital letters or blanks only: {shown}. If this is one "
        "student, rename the folder in submitted/ to the id of your class list"
    )
