"""nbgrader's generate_feedback in our own page: the exporter that stands in nbgrader_config.py."""

import json
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from grading.returns.feedback.page import page_of
from grading.returns.feedback.report import read_report
from grading.returns.html.redact_paths import redact_paths

JSON = "feedback.json"  # beside the page


class FeedbackExporter(Exporter):
    """From an autograded notebook, after nbgrader's GetGrades, to the student's page and its `feedback.json`."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        nb, filled = super().from_notebook_node(nb, resources, **kwargs)
        report = read_report(nb, filled["nbgrader"])
        plain = json.dumps(redact_paths(report.as_dict()), ensure_ascii=False, indent=1)
        filled["outputs"] = {
            JSON: f"{plain}\n".encode()
        }  # nbconvert's writer puts it beside the page
        return page_of(report, nb), filled
