"""The queue: every student has the same share, however much one hands in."""

import itertools
import time
from collections.abc import Callable

from grading.watch.arrival import Arrival


class FairQueue:
    """Hand-ins that wait. Students take turns; each has at most one hand-in under way.

    Of several hand-ins of a student for one assignment the last to come counts.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, dict[str, list[Arrival]]] = {}  # by student, by assignment
        self._until: dict[int, float] = {}  # by id: when it may be looked at again

    def __len__(self) -> int:
        return sum(len(one) for of in self._waiting.values() for one in of.values())

    def add(self, arrival: Arrival) -> None:
        """Put a hand-in behind the student's others, and a new student behind all others."""
        self._waiting.setdefault(arrival.student, {}).setdefault(arrival.assignment, []).append(
            arrival
        )

    def hold(self, arrivals: list[Arrival], seconds: float) -> None:
        """Put back what was taken, not to be looked at again for so many seconds."""
        for arrival in arrivals:
            behind = self._waiting.setdefault(arrival.student, {}).pop(arrival.assignment, [])
            self._until[arrival.id] = time.monotonic() + seconds
            self._waiting[arrival.student][arrival.assignment] = sorted(
                [arrival, *behind], key=lambda one: one.id
            )

    def take(self, is_free: Callable[[str, str], bool]) -> list[Arrival]:
        """All hand-ins of one student for one assignment, the one that counts last; or [].

        is_free: whether one of a student for an assignment may be taken now
        """
        now = time.monotonic()
        for student, by_assignment in self._waiting.items():
            for assignment, arrivals in by_assignment.items():
                is_due = self._until.get(arrivals[-1].id, now) <= now
                if is_due and is_free(student, assignment):
                    self._remove(student, assignment)
                    return arrivals
        return []

    def _remove(self, student: str, assignment: str) -> None:
        """Take one assignment of a student out, and put the rest of theirs behind all others."""
        rest = self._waiting.pop(student)
        for arrival in rest.pop(assignment):
            self._until.pop(arrival.id, None)
        if rest:
            self._waiting[student] = rest

    def ids(self) -> set[int]:
        """The numbers of all that wait."""
        waiting = (one for of in self._waiting.values() for one in of.values())
        return {arrival.id for arrival in itertools.chain.from_iterable(waiting)}
