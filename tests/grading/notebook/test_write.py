"""A graded notebook is written byte for byte as nbformat writes it."""

import copy

import nbformat
import pytest

from grading.notebook.write import notebook_text
from tests.harness import COURSE

OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "a\nb\u2028c\t\x1b[1m\x7f中文\n"},
    {
        "output_type": "display_data",
        "data": {"text/plain": "one\ntwo", "image/png": "iVBORw0KGgo="},
        "metadata": {},
    },
    {"output_type": "error", "ename": "E", "evalue": '\\ / "', "traceback": ["x\ny", ""]},
]


@pytest.mark.parametrize("name", COURSE.assignments)
def test_it_is_the_text_of_nbformat(name):
    notebook = nbformat.read(COURSE.source(name), as_version=4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [nbformat.from_dict(output) for output in OUTPUTS]
    notebook.metadata["findings"] = {"f": [{"points": 2.5, "none": None, "list": [], "map": {}}]}
    assert notebook_text(copy.deepcopy(notebook)) == nbformat.v4.writes(notebook) + "\n"
