"""The course's folder: which assignments there are, where their files lie, and nbgrader's door to it."""

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from grading.errors import NotACourse, UnknownAssignment
from grading.isolation.limits import Limits
from grading.notebook.cells import read_notebook


@dataclass(frozen=True)
class Course:
    """A folder with nbgrader_config.py, notebooks/, source/ and release/."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> "Course":
        """The course in `folder`; NotACourse when there is none."""
        if not (folder / "nbgrader_config.py").is_file():
            raise NotACourse(folder)
        return cls(folder.resolve())

    @classmethod
    def here(cls) -> "Course":
        """The course that this package lies in."""
        return cls.at(Path(__file__).parent.parent)

    @property
    def assignments(self) -> list[str]:
        """Names, in the order of the alphabet: one per text in notebooks/."""
        return sorted(path.stem for path in (self.root / "notebooks").glob("*.py"))

    def choose(self, names: list[str]) -> list[str]:
        """The named assignments, or all; UnknownAssignment when one does not exist."""
        for name in names:
            if name not in self.assignments:
                raise UnknownAssignment(name, self.assignments)
        return names or self.assignments

    def text(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.py"

    def source(self, name: str) -> Path:
        return self.root / "source" / name / f"{name}.ipynb"

    def release(self, name: str) -> Path:
        return self.root / "release" / name / f"{name}.ipynb"

    def submitted(self, student: str, name: str) -> Path:
        return self.root / "submitted" / student / name / f"{name}.ipynb"

    def autograded(self, student: str, name: str) -> Path:
        return self.root / "autograded" / student / name / f"{name}.ipynb"

    def submissions(self, name: str) -> list[str]:
        """The ids of students who handed in a folder for this assignment."""
        return sorted(
            path.parent.name
            for path in (self.root / "submitted").glob(f"*/{name}")
            if path.is_dir()
        )

    @cached_property
    def config(self) -> Config:
        """nbgrader_config.py."""
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        return config

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use: c.RunIsolated in nbgrader_config.py, else the defaults."""
        known = {field.name for field in fields(Limits)}
        return Limits(
            **{name: value for name, value in self.config.RunIsolated.items() if name in known}
        )

    @property
    def sandboxed(self) -> bool:
        """Whether students' code is shut in; c.RunIsolated.sandbox = False says no."""
        return bool(self.config.RunIsolated.get("sandbox", True))

    def grade_ids(self, name: str) -> frozenset[str]:
        """The names that nbgrader gives to the cells of an assignment."""
        path = self.release(name)
        return _grade_ids(path, path.stat().st_mtime_ns)

    @property
    def api(self) -> NbGraderAPI:
        """nbgrader's own API with this course's nbgrader_config.py."""
        return NbGraderAPI(config=self.config)

    @property
    def db_url(self) -> str:
        """Where the gradebook is kept: c.CourseDirectory.db_url in nbgrader_config.py, else gradebook.db here."""
        return self.api.coursedir.db_url


@lru_cache
def _grade_ids(path: Path, changed: int) -> frozenset[str]:
    cells = read_notebook(path).cells
    return frozenset(
        cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata
    )
