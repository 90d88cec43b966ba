"""`Rebuild`, the first step of autograding: the student's text in the released notebook."""

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from grading.errors import BadNotebook
from grading.gradebook.cell_tables import require_same_cells
from grading.gradebook.connection import opened
from grading.notebook.cells import read_notebook
from grading.notebook.rebuild import rebuild

DEFAULT_COURSE = "default_course"  # as nbgrader's own steps, which do not know the course's id


class Rebuild(NbGraderPreprocessor):
    """Replace a submission by the released notebook with the student's text in it.

    It makes the notebook sound: nbgrader's next steps (ClearOutput, OverwriteCells,
    CheckCellMetadata) fail or misjudge where cells are missing, doubled or renamed. If nbgrader's
    own Execute is configured, the notebook that is made here is the one that runs. `RunIsolated`
    does not use it: it starts again from the bytes that were handed in, and rebuilds them itself
    (see there for why).

    Before that, it compares the gradebook's cells with those of the notebooks: nbgrader's next
    steps take a cell that the gradebook does not know for a broken one.

    nbgrader runs this step in the course's folder.
    """

    release_directory = Unicode("release", help="Folder of the released notebooks.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        name, notebook = resources["nbgrader"]["assignment"], resources["nbgrader"]["notebook"]
        path = Path(self.release_directory) / name / f"{notebook}.ipynb"
        if not path.is_file():
            expected = f"the release; run: course build {name}"
            raise BadNotebook(path, "there is no such file", expected)
        released = nbformat.read(path, as_version=4)
        files = {path: released}
        if (source := Path("source") / name / path.name).is_file():
            files[source] = read_notebook(source)
        with opened(resources["nbgrader"]["db_url"], DEFAULT_COURSE) as gradebook:
            require_same_cells(gradebook, name, files, notebook)
        return rebuild(released, nb)[0], resources
