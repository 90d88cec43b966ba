"""`course new`: make the files of a new assignment from the skeleton.

`skeleton/` mirrors the project: the text of the notebook, the public side in course_utils, and the
hidden side in grading. The names and texts of its files contain placeholders. What stands between
the lines BEGIN and END is written once for each graded function; a file whose name contains the
function's is made for each.
"""

import ast
import builtins
import keyword
import re
from collections.abc import Sequence
from pathlib import Path

import course_utils
import grading
from grading.assignments.registry import mistake_files
from grading.course import Course
from grading.errors import AlreadyThere, BadName, CannotMake, NotACheckout

SKELETON = Path(__file__).parent / "skeleton"
NAME, FUNCTION = "__NAME__", "__FUNCTION__"  # placeholders, as are those below
EACH_FUNCTION = re.compile(r" *# BEGIN EACH FUNCTION\n(.*?) *# END EACH FUNCTION\n", re.DOTALL)
WEIGHTS = {"SHAPE": 10, "VALUES": 38, "SIZES": 20, "LARGE": 20, "INPUTS": 10}  # of hidden tests
ALL_POINTS, CHECK_POINTS = 100, 2
MOST_FUNCTIONS = ALL_POINTS // (CHECK_POINTS + len(WEIGHTS))  # a point for each hidden test
NOTEBOOK = SKELETON / "notebooks" / f"{NAME}.py"
VALID_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def make_new(course: Course, name: str, functions: Sequence[str]) -> list[Path]:
    """Write the files of an assignment with these graded functions; returns their paths.

    Files that exist are never touched. BadName, AlreadyThere, NotACheckout or CannotMake are raised
    before anything is written, or after what was written is removed again.
    """
    _require_checkout(course.root)
    _require_name(name)
    _require_functions(functions)
    texts = _new_files(course.root, name, functions)
    if existing := [path for path in _conflicts(texts, name, functions) if path.exists()]:
        raise AlreadyThere([path.relative_to(course.root) for path in existing])
    write_all(texts)
    return list(texts)


def _conflicts(texts: dict[Path, str], name: str, functions: Sequence[str]) -> list[Path]:
    """Files that must not exist: the new ones, modules that a new package would hide, and known
    mistakes of the same functions."""
    modules = {path.parent.with_suffix(".py") for path in texts if path.parent.name == name}
    known = mistake_files()
    mistakes = [known[function] for function in functions if function in known]
    return [*texts, *sorted(modules), *mistakes]


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


def _require_functions(functions: Sequence[str]) -> None:
    taken = _names_of_the_skeleton()
    for number, function in enumerate(functions):
        _require_name(function)
        if function in taken:
            raise BadName(function, "it means something else in the notebook")
        if function in functions[:number]:
            raise BadName(function, "it was given twice")
    if len(functions) > MOST_FUNCTIONS:
        rest = functions[MOST_FUNCTIONS]
        raise BadName(rest, f"{ALL_POINTS} points are shared by {MOST_FUNCTIONS} functions at most")


def _names_of_the_skeleton() -> set[str]:
    """The names that the skeleton's notebook uses or imports, and those of Python itself."""
    nodes = list(ast.walk(ast.parse(NOTEBOOK.read_text(encoding="utf-8"))))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    imported = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return used | imported | {"setup"} | set(dir(builtins))


def _new_files(root: Path, name: str, functions: Sequence[str]) -> dict[Path, str]:
    """The text of every new file, by its path."""
    fillings = [
        {NAME: name, FUNCTION: function, "__NUMBER__": str(number + 1)}
        | _points(len(functions), number)
        for number, function in enumerate(functions)
    ]
    texts = {}
    for path in sorted(SKELETON.rglob("*")):
        if path.suffix in (".py", ".toml", ".po"):
            where, text = str(path.relative_to(SKELETON)), path.read_text(encoding="utf-8")
            for filling in fillings if FUNCTION in where else fillings[:1]:
                texts[root / _fill_in(where, filling)] = _fill_in(_repeat(text, fillings), filling)
    return texts


def _repeat(text: str, fillings: Sequence[dict[str, str]]) -> str:
    """The text with what is written for each function filled in so many times."""

    def parts(region: re.Match[str]) -> str:
        return "".join(_fill_in(region[1], filling) for filling in fillings)

    return EACH_FUNCTION.sub(parts, text)


def _points(functions: int, number: int) -> dict[str, str]:
    """The points of this function of so many and of its hidden tests, by placeholder.

    All functions together have 100; what is left by rounding down goes to the first functions, and
    to the test of the values.
    """
    total = ALL_POINTS // functions + (number < ALL_POINTS % functions)
    hidden = total - CHECK_POINTS
    weight = sum(WEIGHTS.values())
    shares = {idea: max(1, hidden * share // weight) for idea, share in WEIGHTS.items()}
    shares["VALUES"] += hidden - sum(shares.values())
    numbers = {f"__POINTS_OF_{idea}__": str(share) for idea, share in shares.items()}
    words = {
        f"__POINTS_OF_{idea}_IN_WORDS__": f"{share} point" + "s" * (share != 1)
        for idea, share in shares.items()
    }
    return {"__POINTS__": str(total)} | numbers | words


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
