"""Keep the grader's own frames out of feedback pages."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

OWN_WORDS = ("WrongAnswer", "CheckFailed")  # errors whose message is written for the student


class ShortenTracebacks(NbGraderPreprocessor):
    """In test cells, show an error as one message: a traceback there quotes the hidden test and names its files."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        for output in cell.get("outputs", []) if is_grade(cell) else []:
            if output.output_type == "error":
                name = "" if output.ename in OWN_WORDS else f"{output.ename}: "
                output.traceback = (name + output.evalue).split("\n")
        return cell, resources
