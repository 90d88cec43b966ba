"""Feedback for students: a page that gives a reason for every lost mark, and `feedback.json`.

`nbgrader generate_feedback` and `course feedback` both write them, through the `FeedbackExporter`
that nbgrader_config.py names.
"""

from grading.returns.feedback.write_pages import write_feedback

__all__ = ["write_feedback"]
