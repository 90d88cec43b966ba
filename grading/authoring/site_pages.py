"""What `make site` builds the site from: lessons that were run, and the docs.

A lesson's page shows the source notebook after it ran: its text, its code, its pictures and
printed numbers. Solution cells are those of the release, and tests are left out. The folder `site/`
at the top has the rest: settings, the first page, and the list of modules.
"""

import re
import shutil
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode, v4, write

from course_utils.messages import DEFAULT_LANGUAGE
from grading.authoring.first_cell import install_check
from grading.authoring.site_outputs import still_output
from grading.course import Course
from grading.messages import message
from grading.notebook.cells import grade_id_of, is_grade, is_solution, read_notebook

CELL_SECONDS = 600  # on a busy machine
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^()\s]+)\)")
DETAILS = re.compile(r"</?details>\n?")
SUMMARY = re.compile(r"<summary>(?:<b>)?(.*?)(?:</b>)?</summary>")
# A formula on lines of its own: MyST would take the next line of the paragraph into it.
DISPLAY = re.compile(r"^\$\$.+?\$\$$", re.DOTALL | re.MULTILINE)
FORMATS = ("*.md", "*.json", "*.png")  # of the docs


def write_pages(course: Course, lessons: dict[str, NotebookNode], folder: Path) -> None:
    """Everything that Sphinx needs, in a new folder. lessons: pages by the assignment's name"""
    shutil.copytree(course.root / "site", folder)
    for path in _documents(course):
        target = folder / path.relative_to(course.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for page in folder.rglob("*.md"):
        page.write_text(_without_dead_links(page, folder), encoding="utf-8")
    (folder / "lessons").mkdir()
    for name, notebook in lessons.items():
        pictures = folder / "_static" / "lessons" / name
        write(_with_still_outputs(notebook, pictures), folder / "lessons" / f"{name}.ipynb")


def _documents(course: Course) -> list[Path]:
    """The docs, their pictures and schema, and the documents at the top, which they link to."""
    docs = [path for kind in FORMATS for path in sorted((course.root / "docs").rglob(kind))]
    return [*docs, *sorted(course.root.glob("*.md"))]


def _without_dead_links(page: Path, folder: Path) -> str:
    """The page's text; links to files of the project that the site does not have are words."""

    def live(link: re.Match[str]) -> str:
        target = link[2].partition("#")[0]
        lives = "://" in target or not target or (page.parent / target).is_file()
        return link[0] if lives else link[1]

    return LINK.sub(live, page.read_text(encoding="utf-8"))


def lesson(course: Course, name: str) -> NotebookNode:
    """The page of a lesson: its notebook, run with the solutions and shown without them."""
    notebook = without_tests(course, read_notebook(course.source(name)))
    where = {"metadata": {"path": str(course.source(name).parent)}}
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources=where,
        coalesce_streams=True,
    )
    client.create_kernel_manager().transport_encryption = "required"
    client.execute()
    return without_solutions(notebook, read_notebook(course.release(name)))


def without_tests(course: Course, notebook: NotebookNode) -> NotebookNode:
    """The same notebook, without its tests and without the question whether course_utils is there.

    As for the release, whatever gives points and is no solution is a test.
    """
    notebook.cells = [cell for cell in notebook.cells if is_solution(cell) or not is_grade(cell)]
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = first.source.removeprefix(install_check(course, DEFAULT_LANGUAGE))
    return notebook


def without_solutions(notebook: NotebookNode, release: NotebookNode) -> NotebookNode:
    """The same notebook with the release's stub in each solution cell, and a note on that."""
    stubs = {grade_id_of(cell): cell.source for cell in release.cells if is_solution(cell)}
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = stubs[grade_id_of(cell)]
            cell.outputs = []
    note = v4.new_markdown_cell(f":::{{note}}\n{message('site.about')}\n:::", id="about")
    notebook.cells.insert(1, note)
    return notebook


def _with_still_outputs(notebook: NotebookNode, pictures: Path) -> NotebookNode:
    """The same notebook with outputs that need no kernel. pictures: a new folder for them"""
    pictures.mkdir(parents=True)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = DISPLAY.sub("\n\\g<0>\n", _unfolded(cell.source))
        for output in cell.get("outputs", []):
            if "data" in output:
                output.data = still_output(output.data, pictures)
    notebook.metadata.pop("widgets", None)
    return notebook


def _unfolded(text: str) -> str:
    """Text in which nothing is folded: a summary becomes a line in bold."""
    return DETAILS.sub("", SUMMARY.sub(r"**\1**", text))
