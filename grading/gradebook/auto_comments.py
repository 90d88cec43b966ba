"""The comments that the grader itself writes into the gradebook, and how they are recognized there.

nbgrader keeps one automatic comment for each solution cell, as text. Everything that writes or
reads such a comment goes through this module.
"""

from collections.abc import Iterable

NO_RESPONSE = "No response."  # what nbgrader writes to a solution cell that was left as released
_ATTENTION = "Needs attention: "


def attention_comment(reason: str) -> str:
    """The comment on a submission that could not be graded as it is. reason: why, not empty"""
    return _ATTENTION + reason


def attention_reason(comments: Iterable[str]) -> str:
    """Why a person must look at a submission, as its automatic comments say; "" when none does."""
    marked = (comment for comment in comments if comment.startswith(_ATTENTION))
    return next(marked, "").removeprefix(_ATTENTION)
