"""Import nbgrader's gradebook without what takes a second to import and is not needed for it.

`import nbgrader` loads all that nbgrader adds to JupyterLab, and its modules load setuptools and
requests, to unpack archives and to ask a JupyterHub. Commands that only read and write the
gradebook need none of it, and do without until something asks for it.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

NAME = "nbgrader"
# What stands for a module while the modules of nbgrader that import it are read: those of its
# functions that they use.
LEFT_OUT = {
    "setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
    "requests": ("request",),
}
READ_WITHOUT = "nbgrader.utils", "nbgrader.auth"


def leave_out_extensions() -> None:
    """Let `nbgrader.api` and other modules of nbgrader be imported without all this."""
    spec = importlib.util.find_spec(NAME) if NAME not in sys.modules else None
    if not spec:
        return
    sys.modules[NAME] = importlib.util.module_from_spec(spec)
    stand_ins = {name: _stand_in(name) for name in LEFT_OUT.keys() - sys.modules.keys()}
    sys.modules.update(stand_ins)
    for name in READ_WITHOUT:
        importlib.import_module(name)
    for name in stand_ins:
        del sys.modules[name]


def import_whole() -> None:
    """Do now what was left out of nbgrader itself."""
    package = sys.modules.get(NAME)
    if package is not None and not hasattr(package, "__version__") and package.__spec__:
        assert package.__spec__.loader
        package.__spec__.loader.exec_module(package)


def _stand_in(module: str) -> ModuleType:
    """A module whose functions import the real one when they are called."""
    stand_in = ModuleType(module)
    for name in LEFT_OUT[module]:
        setattr(stand_in, name, _imported_when_called(module, name))
    return stand_in


def _imported_when_called(module: str, name: str) -> Callable:
    def function(*arguments: Any, **keywords: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **keywords)

    return function
