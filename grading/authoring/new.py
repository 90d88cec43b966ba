"""`course new`: make the files of a new assignment from the skeleton.

`skeleton/` mirrors the project: the text of the notebook, the public side in course_utils, and the
hidden side in grading. The names and texts of its files contain two placeholders.
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
NAME, FUNCTION = "__NAME__", "__FUNCTION__"  # the placeholders
NOTEBOOK = SKELETON / "notebooks" / f"{NAME}.py"
VALID_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def make_new(course: Course, name: str, function: str) -> list[Path]:
    """Write the files of an assignment with one graded function; returns their paths.

    Files that exist are never touched. BadName, AlreadyThere, NotACheckout or CannotMake are raised
    before anything is written, or after what was written is removed again.
    """
    _require_checkout(course.root)
    _require_name(name)
    _require_name(function)
    if function in _names_of_the_skeleton():
        raise BadName(function, "it means something else in the notebook")
    texts = _new_files(course.root, {NAME: name, FUNCTION: function})
    if existing := [path for path in _conflicts(texts, name, function) if path.exists()]:
        raise AlreadyThere([path.relative_to(course.root) for path in existing])
    write_all(texts)
    return list(texts)


def _conflicts(texts: dict[Path, str], name: str, function: str) -> list[Path]:
    """Files that must not exist: the new ones, modules that a new package would hide, and known
    mistakes of the same function."""
    modules = {path.parent.with_suffix(".py") for path in texts if path.parent.name == name}
    mistakes = mistake_files().get(function)
    return [*texts, *sorted(modules), *([mistakes] if mistakes else [])]


def _require_checkout(root: Path) -> None:
    """NotACheckout unless the packages that are imported lie in the folder that is written to."""
    for package in (Path(grading.__file__).parent, Path(course_utils.__file__).parent):
        if package.resolve() != root / package.name:
            raise NotACheckout(root, package)


def _require_name(name: str) -> None:
    if not VALID_NAME.fullmatch(name):
        raise BadName(name, "it is not made of small letters, digits and _ with a letter in front")
    if keyword.iskeyword(name):
        raise BadName(name, "it is a word of Python")


def _names_of_the_skeleton() -> set[str]:
    """The names that the skeleton's notebook uses or imports, and those of Python itself."""
    nodes = list(ast.walk(ast.parse(NOTEBOOK.read_text(encoding="utf-8"))))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    imported = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return used | imported | {"setup"} | set(dir(builtins))


def _new_files(root: Path, names: dict[str, str]) -> dict[Path, str]:
    """The text of every new file, by its path. names: by placeholder"""
    texts = {}
    for path in sorted(SKELETON.rglob("*")):
        if path.suffix in (".py", ".toml", ".po"):
            new_path = root / _fill_in(str(path.relative_to(SKELETON)), names)
            texts[new_path] = _fill_in(path.read_text(encoding="utf-8"), names)
    return texts


def _fill_in(text: str, names: dict[str, str]) -> str:
    for placeholder, name in names.items():
        text = text.replace(placeholder, name)
    return text


def write_all(texts: dict[Path, str]) -> None:
    """Write all these new files, or none of them and raise CannotMake."""
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
    """Make a folder and those above it; returns the new ones, the outermost first."""
    new = [path for path in (folder, *folder.parents) if not path.is_dir()][::-1]
    folder.mkdir(parents=True, exist_ok=True)
    return new
