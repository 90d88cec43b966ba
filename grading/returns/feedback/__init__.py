"""Feedback for students: a page that gives a reason for every lost mark, and `feedback.json`.

`nbgrader generate_feedback` and `course feedback` both write them, through the `FeedbackExporter`
that nbgrader_config.py names.

student_report.py  points, tests and findings of one student, from a graded notebook
page.py            the report and the notebook as HTML, with template/
outputs.py         the outputs of a cell, as safe pieces of the page
write_pages.py     `course feedback`
upload.py          one zip file of all pages, for Canvas or Moodle
"""

from grading.returns.feedback.write_pages import return_feedback, write_feedback

__all__ = ["return_feedback", "write_feedback"]
