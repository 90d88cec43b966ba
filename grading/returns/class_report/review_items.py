"""The submissions that a person should look at, why, and which of them first."""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from grading.errors import printable
from grading.returns.class_report.class_data import ClassData, SubmissionData
from grading.returns.lateness import days_and_hours


class Rank(IntEnum):
    """How soon a person should look at a submission for a reason: the least first."""

    NOT_GRADED = 0
    BY_HAND = 1
    FLAGGED = 2
    NOTE = 3
    PENALTY = 4
    LATE = 5


@dataclass(frozen=True)
class Reason:
    """Why a person should look at a submission.

    shared: how many submissions of the class have the same note; what few have tells more
    """

    rank: Rank
    text: str
    shared: int = 1


@dataclass(frozen=True)
class ReviewItem:
    """A submission that a person should look at. urgent: it could not be graded as it is"""

    student: str
    reasons: list[str]
    urgent: bool = False


def review_items(class_data: ClassData) -> list[ReviewItem]:
    """What to look at, in the order in which to look at it."""
    shared = Counter(note for submission in class_data.submissions for note in submission.notes)
    found = {
        submission.recorded.student: _reasons(submission, shared)
        for submission in class_data.submissions
    }
    not_graded = Reason(Rank.NOT_GRADED, "handed in, but not graded yet")
    found |= {student: [not_graded] for student in class_data.missing}
    ranked = sorted(
        (min((reason.rank, reason.shared) for reason in reasons), -len(reasons), student)
        for student, reasons in found.items()
        if reasons
    )
    return [
        ReviewItem(
            student,
            [reason.text for reason in found[student]],
            urgent=rank is Rank.NOT_GRADED,
        )
        for (rank, _), _, student in ranked
    ]


def _reasons(submission: SubmissionData, shared: Counter[str]) -> list[Reason]:
    """shared: how many submissions have a note"""
    recorded, attention = submission.recorded, submission.attention
    by_hand = sorted(name for name, mark in recorded.marks.items() if mark.needs_review)
    reasons = []
    if attention:
        reasons.append(Reason(Rank.NOT_GRADED, f"could not be graded: {printable(attention)}"))
    elif by_hand:
        text = f"to be graded or reviewed by hand: {', '.join(by_hand)}"
        reasons.append(Reason(Rank.BY_HAND, text))
    if recorded.flagged:
        reasons.append(Reason(Rank.FLAGGED, "flagged in formgrader"))
    if recorded.late > 0:
        penalty = f", {recorded.penalty:g} points off" if recorded.penalty else ""
        text = f"late by {days_and_hours(recorded.late)}{penalty}"
        reasons.append(Reason(Rank.PENALTY if penalty else Rank.LATE, text))
    notes = [Reason(Rank.NOTE, printable(note), shared[note]) for note in submission.notes]
    return reasons + notes
