"""Make a `Job` of every submission: what was handed in, and all else that decides its result."""

from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from course_utils.messages import DEFAULT_LANGUAGE, in_language
from grading.course import Course
from grading.engine.job import Job
from grading.errors import NotBuilt, OtherNotebook
from grading.isolation.limits import Limits
from grading.notebook.cells import grade_id_of, is_solution, language_of, parse_notebook
from grading.notebook.folder_files import shown_list
from grading.notebook.submission import read_folder


@dataclass(frozen=True)
class AssignmentFiles:
    """An assignment's part of its jobs, read from the course's folder once for the whole class.

    release, source: the two notebooks, as they lie on the disk
    files: the data that the instructor put beside the source notebook, by relative path
    language: of the notebook, and of all that students read
    grade_ids: nbgrader's names of the released cells
    starters: the released text of the solution cells, by grade_id
    """

    name: str
    release: bytes
    source: bytes
    files: dict[str, bytes]
    grade_ids: frozenset[str]
    starters: dict[str, str]
    limits: Limits
    language: str = DEFAULT_LANGUAGE

    @classmethod
    def read(cls, course: Course, name: str) -> "AssignmentFiles":
        """Read an assignment; NotBuilt or BadNotebook where its notebooks cannot be used."""
        for path in (course.source(name), course.release(name)):
            if not path.is_file():
                others = sorted(other.stem for other in path.parent.glob("*.ipynb"))
                raise OtherNotebook(name, others) if others else NotBuilt(path, name)
        release = course.release(name).read_bytes()
        notebook = parse_notebook(release, course.release(name))
        cells = notebook.cells
        return cls(
            name=name,
            release=release,
            source=course.source(name).read_bytes(),
            files=files_beside(course.source(name)),
            grade_ids=frozenset(filter(None, map(grade_id_of, cells))),
            starters={grade_id_of(cell): cell.source for cell in filter(is_solution, cells)},
            limits=course.limits,
            language=language_of(notebook),
        )

    def notebooks(self, course: Course) -> dict[Path, NotebookNode]:
        """The source notebook and the released one, by path; BadNotebook where one is none."""
        contents = {course.source(self.name): self.source, course.release(self.name): self.release}
        return {path: parse_notebook(content, path) for path, content in contents.items()}

    def job(self, folder: Path, sandboxed: bool = True, run_demos: bool = False) -> Job:
        """The job of one submission. folder: submitted/STUDENT/ASSIGNMENT"""
        with in_language(self.language):
            submission = read_folder(
                folder, self.name, self.limits.notebook, self.grade_ids, self.starters
            )
        in_the_way = sorted(filter(self._is_in_the_way, submission.files))
        files = {name: data for name, data in submission.files.items() if name not in in_the_way}
        note = f"left out, since the course has files there: {shown_list(in_the_way)}"
        return replace(
            self.empty_job(sandboxed, run_demos),
            submission=submission.notebook,
            files=files | self.files,
            notes=(*submission.notes, *([note] if in_the_way else [])),
            refusal=submission.refusal,
        )

    def _is_in_the_way(self, name: str) -> bool:
        """Whether a student's file lies where the instructor has a folder, or the other way round.

        A file in the place of a file gives way to it.
        """
        return any(
            theirs.startswith(f"{name}/") or name.startswith(f"{theirs}/") for theirs in self.files
        )

    def empty_job(self, sandboxed: bool = True, run_demos: bool = False) -> Job:
        """A job without a submission, which brings the assignment to where jobs are run."""
        return Job(
            name=self.name,
            release=self.release,
            source=self.source,
            submission=b"",
            limits=self.limits,
            sandboxed=sandboxed,
            run_demos=run_demos,
            modules={path: content for path, content in self.files.items() if path.endswith(".py")},
        )


def files_beside(source: Path) -> dict[str, bytes]:
    """What the instructor put beside a source notebook, by relative path."""
    return {
        str(path.relative_to(source.parent)): path.read_bytes()
        for path in sorted(source.parent.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and ".ipynb_checkpoints" not in path.parts
    }
