"""Import nbgrader's gradebook without its server extensions, which take a second to import.

`import nbgrader` loads all that nbgrader adds to JupyterLab. Commands that only read and write the
gradebook need none of it, and do without until something asks for the whole package.
"""

import importlib.util
import sys

NAME = "nbgrader"


def leave_out_extensions() -> None:
    """Let `nbgrader.api` and other modules of nbgrader be imported without its extensions."""
    spec = importlib.util.find_spec(NAME) if NAME not in sys.modules else None
    if spec:
        sys.modules[NAME] = importlib.util.module_from_spec(spec)


def import_whole() -> None:
    """Do now what was left out."""
    package = sys.modules.get(NAME)
    if package is not None and not hasattr(package, "__version__") and package.__spec__:
        assert package.__spec__.loader
        package.__spec__.loader.exec_module(package)
