"""`RefuseAutotests`, the first step of building a release."""

from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.notebook.autotests import refuse_autotests


class RefuseAutotests(NbGraderPreprocessor):
    """Stop where a source notebook has AUTOTEST lines, instead of passing them over in silence.

    `course build` says so earlier; this step is for formgrader and `nbgrader generate_assignment`.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        refuse_autotests(nb, Path("source") / about["assignment"] / f"{about['notebook']}.ipynb")
        return nb, resources
