"""Something that a student handed in: whose it is, for what, and where it lies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grading.errors import BadStudent
from grading.gradebook.recorder import check_student_id

NOT_A_FOLDER = ("", ".", "..")


@dataclass(frozen=True)
class Arrival:
    """One hand-in.

    place: the inbox that it came to; key: its name there, which no other one has
    handed_in: the time that its name says
    id: its number in the journal, in the order of coming; 0 before it is there
    """

    place: str
    key: str
    student: str
    assignment: str
    handed_in: str
    id: int = 0


class Gone(Exception):
    """it is no longer there, or it is no folder or file"""


class TooLarge(Exception):
    """it is larger than what is copied"""


class Inbox(Protocol):
    """A place where hand-ins come and answers go. OSError where it cannot be reached."""

    place: str
    folder: Path

    def look(self, known: set[str]) -> list[Arrival]:
        """The hand-ins that are complete and not known yet, oldest first. known: their keys"""

    def copy(self, arrival: Arrival, folder: Path) -> None:
        """Copy a hand-in into an empty folder; Gone or TooLarge where that cannot be done."""

    def owner(self, arrival: Arrival) -> str:
        """The user of the machine to whom it belongs; "" where nobody knows."""

    def answer(self, arrival: Arrival, page: str, answer: bytes) -> None:
        """Lay a page and an answer where the student, and no other one, looks for them."""


def check_student(student: str) -> None:
    """BadStudent for an id that cannot name a folder, or that no gradebook can hold."""
    if student in NOT_A_FOLDER or student.startswith(".") or "/" in student or "\0" in student:
        raise BadStudent("it cannot name a folder")
    check_student_id(student)
