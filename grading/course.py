"""The course's folder: its assignments, the paths of its files, its settings, nbgrader's API."""

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

import course_utils
from course_utils.messages import DEFAULT_LANGUAGE
from grading.errors import NotACourse, UnknownAssignment
from grading.isolation.limits import Limits
from grading.quick_nbgrader import import_whole

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI


@dataclass(frozen=True)
class Course:
    """A folder with nbgrader_config.py, notebooks/, source/ and release/."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> "Course":
        """The course in `folder`; NotACourse where there is none."""
        if not (folder / "nbgrader_config.py").is_file():
            raise NotACourse(folder)
        return cls(folder.resolve())

    @classmethod
    def here(cls) -> "Course":
        """The course in whose clone this package lies."""
        return cls.at(Path(__file__).parent.parent)

    @property
    def assignments(self) -> list[str]:
        """The names of all assignments, sorted: one for each text in notebooks/."""
        return sorted(path.stem for path in (self.root / "notebooks").glob("*.py"))

    def choose(self, names: list[str]) -> list[str]:
        """The named assignments, or all if none is named; UnknownAssignment where one is none."""
        for name in names:
            if name not in self.assignments:
                raise UnknownAssignment(name, self.assignments)
        return names or self.assignments

    def text(self, name: str, language: str = DEFAULT_LANGUAGE) -> Path:
        """The percent script that the source notebook is made from, in one language."""
        folder = self.root / "notebooks"
        return (folder if language == DEFAULT_LANGUAGE else folder / language) / f"{name}.py"

    def translations(self, language: str) -> list[str]:
        """The names of the assignments that have a text in another language, sorted."""
        return sorted(path.stem for path in (self.root / "notebooks" / language).glob("*.py"))

    def source(self, name: str) -> Path:
        """The instructors' notebook, with solutions and hidden tests."""
        return self.root.joinpath("source", name, f"{name}.ipynb")

    def release(self, name: str) -> Path:
        """The notebook that students get."""
        return self.root.joinpath("release", name, f"{name}.ipynb")

    def submitted(self, student: str, name: str) -> Path:
        """Where a student's notebook lies if it was handed in under its own name."""
        return self.root.joinpath("submitted", student, name, f"{name}.ipynb")

    def autograded(self, student: str, name: str) -> Path:
        """A student's notebook as it was graded."""
        return self.root.joinpath("autograded", student, name, f"{name}.ipynb")

    def submissions(self, name: str) -> list[str]:
        """The ids of the students who handed in a folder for an assignment, sorted."""
        return sorted(
            path.parent.name
            for path in (self.root / "submitted").glob(f"*/{name}")
            if path.is_dir()
        )

    @cached_property
    def config(self) -> Config:
        """The settings in nbgrader_config.py."""
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        return config

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use: c.RunIsolated in nbgrader_config.py, else the defaults."""
        names = {field.name for field in fields(Limits)}
        settings = self.config.RunIsolated.items()
        return Limits(**{name: value for name, value in settings if name in names})

    @property
    def install_line(self) -> str:
        """The line of a notebook that installs course_utils: c.FirstCell.install, else pip's."""
        default = f'%pip install "deep-learning-course=={course_utils.__version__}"'
        return str(self.config.FirstCell.get("install", default))

    @property
    def sandboxed(self) -> bool:
        """Whether students' code runs in a sandbox: not if c.RunIsolated.sandbox is False."""
        return bool(self.config.RunIsolated.get("sandbox", True))

    @property
    def api(self) -> "NbGraderAPI":
        """nbgrader's own API with this course's nbgrader_config.py."""
        import_whole()
        from nbgrader.apps import NbGraderAPI

        return NbGraderAPI(config=self.config)

    @property
    def folders(self) -> CourseDirectory:
        """nbgrader's settings of folders and gradebook."""
        return CourseDirectory(config=self.config)

    @property
    def db_url(self) -> str:
        """The address of the gradebook: c.CourseDirectory.db_url in nbgrader_config.py.

        Without that setting it is an SQLite file in the course's folder, gradebook.db.
        """
        return str(self.folders.db_url)
