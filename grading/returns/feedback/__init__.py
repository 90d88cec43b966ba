"""What goes back to students: a page on which every lost mark has a reason, and the same as `feedback.json`.

`nbgrader generate_feedback` and `course feedback` both write it, through the `FeedbackExporter` in nbgrader_config.py.
"""

from grading.returns.feedback.write import write_feedback

__all__ = ["write_feedback"]
