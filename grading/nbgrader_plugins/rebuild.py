"""nbgrader's first step of autograding: the student's text in the released notebook."""

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from grading.errors import BadNotebook
from grading.notebook.rebuild import rebuild


class Rebuild(NbGraderPreprocessor):
    """nbgrader's way in: the first step of autograding, run in the course's folder."""

    release_directory = Unicode("release", help="Folder of the released notebooks.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        path = Path(self.release_directory) / about["assignment"] / f"{about['notebook']}.ipynb"
        if not path.is_file():
            raise BadNotebook(
                path,
                "there is no such file",
                f"the release; run: course build {about['assignment']}",
            )
        return rebuild(nbformat.read(path, as_version=4), nb)[0], resources
