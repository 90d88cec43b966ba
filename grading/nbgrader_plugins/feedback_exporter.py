"""`FeedbackExporter`, in the place of the HTML exporter of nbgrader's generate_feedback."""

import json
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from course_utils.messages import in_language
from grading.notebook.cells import language_of
from grading.returns.feedback.page import render_page
from grading.returns.feedback.student_report import read_report
from grading.returns.html.redact_paths import redact_paths

JSON_NAME = "feedback.json"  # beside the page


class FeedbackExporter(Exporter):
    """Make the feedback page and `feedback.json` from an autograded notebook.

    The notebook must have gone through nbgrader's GetGrades, which fills in scores and comments.
    """

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        with in_language(language_of(nb)):
            report = read_report(nb, resources["nbgrader"])
            content = json.dumps(redact_paths(report.as_dict()), ensure_ascii=False, indent=1)
            # nbconvert's writer puts these files beside the page
            resources["outputs"] = {JSON_NAME: f"{content}\n".encode()}
            return render_page(report, nb), resources
