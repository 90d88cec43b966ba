"""`course new`: the files of a new assignment, made from the skeleton.

`grading/skeleton/` mirrors the project. In the names and texts of its files stand two placeholders.
"""

import ast
import builtins
import keyword
import re
from pathlib import Path

import course_utils
import grading
from grading.assignments.registry import mistake_files
from grading.course import Course
from grading.errors import AlreadyThere, BadName, CannotMake, NotACheckout

SKELETON = Path(__file__).parent / "skeleton"
NAME, FUNCTION = "__NAME__", "__FUNCTION__"
NOTEBOOK = SKELETON / "notebooks" / f"{NAME}.py"
PLAIN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def make_new(course: Course, name: str, function: str) -> list[Path]:
    """Write the files of an assignment with one graded function; returns them. Files that exist are never touched.

    BadName, AlreadyThere, NotACheckout or CannotMake, and then nothing is written.
    """
    _require_checkout(course.root)
    _require_name(name)
    _require_name(function)
    if function in _names_of_the_skeleton():
        raise BadName(function, "it means something else in the notebook")
    texts = _filled(course.root, {NAME: name, FUNCTION: function})
    modules = {path.parent.with_suffix(".py") for path in texts if path.parent.name == name}
    known = [path for path in [mistake_files().get(function)] if path]
    if there := [
        path.relative_to(course.root)
        for path in (*texts, *sorted(modules), *known)
        if path.exists()
    ]:
        raise AlreadyThere(there)
    write_all(texts)
    return list(texts)


def _require_checkout(root: Path) -> None:
    """What is written must be what is imported afterwards."""
    for package in (Path(grading.__file__).parent, Path(course_utils.__file__).parent):
        if package.resolve() != root / package.name:
            raise NotACheckout(root, package)


def _require_name(name: str) -> None:
    if not PLAIN.fullmatch(name):
        raise BadName(name, "it is not made of small letters, digits and _ with a letter in front")
    if keyword.iskeyword(name):
        raise BadName(name, "it is a word of Python")


def _names_of_the_skeleton() -> set[str]:
    """Names that the skeleton's notebook uses, its setup cell and Python's own."""
    nodes = list(ast.walk(ast.parse(NOTEBOOK.read_text(encoding="utf-8"))))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    imported = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return used | imported | {"setup"} | set(dir(builtins))


def _filled(root: Path, words: dict[str, str]) -> dict[Path, str]:
    """The text of every new file, by its path."""
    files = sorted(path for path in SKELETON.rglob("*") if path.suffix in (".py", ".toml"))
    return {
        root / _fill(str(path.relative_to(SKELETON)), words): _fill(
            path.read_text(encoding="utf-8"), words
        )
        for path in files
    }


def _fill(text: str, words: dict[str, str]) -> str:
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def write_all(texts: dict[Path, str]) -> None:
    """All these new files or, with CannotMake, none."""
    made: list[Path] = []
    try:
        for path, text in texts.items():
            made += _make_folder(path.parent)
            with path.open("x", encoding="utf-8") as file:
                made.append(path)
                file.write(text)
    except OSError as error:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()
        raise CannotMake(error) from error


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with those above it; returns the new ones, the outermost first."""
    new = [path for path in (folder, *folder.parents) if not path.is_dir()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return new
