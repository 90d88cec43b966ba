"""Modules that the instructor put beside the source notebook, for the cells that run here.

They are part of the assignment and are read from memory. A file that a student handed in is never
imported in this process.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import decode_source, spec_from_loader
from types import ModuleType


class CourseModules(MetaPathFinder, InspectLoader):
    """Finds and loads the modules of one assignment.

    Another assignment may have another module under the same name.
    """

    def __init__(self, files: Mapping[str, bytes]):
        """files: Python files by path relative to the source notebook"""
        self._files = files
        self._imported: dict[str, ModuleType] = {}

    @contextmanager
    def importable(self) -> Iterator[None]:
        """Within a with block, let cells import them, unless an installed module has the name."""
        if not self._files:
            yield
            return
        sys.meta_path.append(self)
        for name, module in self._imported.items():
            sys.modules.setdefault(name, module)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            for name in [name for name, module in sys.modules.items() if self._has_loaded(module)]:
                self._imported[name] = sys.modules.pop(name)

    def _has_loaded(self, module: ModuleType) -> bool:
        return getattr(getattr(module, "__spec__", None), "loader", None) is self

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_there = self.is_package(fullname) or f"{_path_of(fullname)}.py" in self._files
        return spec_from_loader(fullname, self) if is_there else None

    def is_package(self, fullname: str) -> bool:
        """Whether it is a folder with Python files; as elsewhere, a module of that name goes first.

        A folder needs no __init__.py.
        """
        folder = f"{_path_of(fullname)}/"
        has_files = any(name.startswith(folder) for name in self._files)
        is_module = f"{_path_of(fullname)}.py" in self._files
        return f"{folder}__init__.py" in self._files or (has_files and not is_module)

    def get_source(self, fullname: str) -> str:
        path = _path_of(fullname)
        content = self._files.get(f"{path}/__init__.py", self._files.get(f"{path}.py", b""))
        return decode_source(content)


def _path_of(fullname: str) -> str:
    return fullname.replace(".", "/")
