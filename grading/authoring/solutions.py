"""The reference solutions of an assignment, run here from its source notebook."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grading.engine.course_modules import CourseModules
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells
from grading.pipeline.read_jobs import files_beside


@contextmanager
def solutions_of(source: Path) -> Iterator[dict[str, Any]]:
    """What the solution cells define, by name.

    Within the with block they can import the modules beside the notebook, as when graded: also
    functions that import only when they are called.
    """
    modules = {path: text for path, text in files_beside(source).items() if path.endswith(".py")}
    with CourseModules(modules).importable():
        yield run_cells(definitions(code_cells(read_notebook(source))), source)
