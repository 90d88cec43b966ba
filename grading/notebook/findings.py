"""Findings in a graded notebook: written where people and programs look for them, and read back."""

from typing import Any

from nbformat import NotebookNode

from course_utils.explain import Finding, StoredFinding
from grading.messages import message
from grading.notebook.cells import grade_id_of, is_grade, tested_function

Findings = dict[str, list[Finding]]  # by function, the first one to be shown first
StoredFindings = dict[str, list[StoredFinding]]
KEY = "findings"  # in the notebook's metadata


def write_findings(notebook: NotebookNode, findings: Findings) -> StoredFindings:
    """Put findings below the first failed test of their function, and into the metadata.

    -> what is stored there, in the language in use
    """
    for function, found in findings.items():
        text = found[0].as_text(function, len(found) - 1)
        for output in _errors(notebook, function):
            heading = [] if output.ename == "CheckFailed" else [output.evalue]
            output.evalue = "\n".join([*heading, text])
            output.traceback = output.evalue.split("\n")
            text = f"{message('finding.above')}"
    stored = {
        function: [finding.as_dict() for finding in found] for function, found in findings.items()
    }
    notebook.metadata[KEY] = stored
    return stored


def read_findings(metadata: dict[str, Any]) -> Findings:
    """The findings in the metadata of a graded notebook; none where nobody wrote any."""
    return {
        function: [Finding.from_dict(stored) for stored in found]
        for function, found in metadata.get(KEY, {}).items()
    }


def _errors(notebook: NotebookNode, function: str) -> list[NotebookNode]:
    """The error outputs of a function's tests."""
    return [
        output
        for cell in notebook.cells
        if is_grade(cell) and cell.cell_type == "code"
        if tested_function(grade_id_of(cell)) == function
        for output in cell.outputs
        if output.output_type == "error"
    ]
