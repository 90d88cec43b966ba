"""The submissions that a person should look at, and why."""

from dataclasses import dataclass

from grading.errors import printable
from grading.returns.class_report.class_data import ClassData, SubmissionData
from grading.returns.lateness import days_and_hours


@dataclass(frozen=True)
class ReviewItem:
    """A submission that a person should look at. urgent: it could not be graded as it is"""

    student: str
    reasons: list[str]
    urgent: bool = False


def review_items(class_data: ClassData) -> list[ReviewItem]:
    """What to look at, the urgent first."""
    items = [
        ReviewItem(submission.recorded.student, reasons, urgent=bool(submission.attention))
        for submission in class_data.submissions
        if (reasons := _reasons(submission))
    ]
    items += [
        ReviewItem(student, ["handed in, but not graded yet"], urgent=True)
        for student in class_data.missing
    ]
    return sorted(items, key=lambda item: (not item.urgent, item.student))


def _reasons(submission: SubmissionData) -> list[str]:
    recorded, attention = submission.recorded, submission.attention
    by_hand = sorted(name for name, mark in recorded.marks.items() if mark.needs_review)
    reasons = []
    if attention:
        reasons.append(f"could not be graded: {printable(attention)}")
    elif by_hand:
        reasons.append(f"to be graded or reviewed by hand: {', '.join(by_hand)}")
    if recorded.flagged:
        reasons.append("flagged in formgrader")
    if recorded.late > 0:
        penalty = f", {recorded.penalty:g} points off" if recorded.penalty else ""
        reasons.append(f"late by {days_and_hours(recorded.late)}{penalty}")
    return reasons + [printable(note) for note in submission.notes]
