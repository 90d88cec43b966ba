"""Two known mistakes in one function: their edits of the reference solution, merged."""

import ast
import difflib
import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from grading.diagnosis.catalogue import Version, right_versions, wrong_versions

MOST_LINES = (
    6  # of the solution that one mistake may touch; more is another way to write it, not an edit
)


@dataclass(frozen=True)
class Edit:
    """Lines `start` to `stop` of the solution replaced by others."""

    start: int
    stop: int
    lines: tuple[str, ...]


@functools.cache
def merged_pairs(function: str, solution: str) -> tuple[tuple[tuple[Version, Version], str], ...]:
    """Every two mistakes whose edits of one right version lie apart, with the code that makes both."""
    merged: dict[tuple[str, str], tuple[tuple[Version, Version], str]] = {}
    for base in (solution, *(version.code for version in right_versions(function))):
        for mistakes, code in _merged(function, _lines(base, function)):
            merged.setdefault((mistakes[0].idea, mistakes[1].idea), (mistakes, code))
    return tuple(merged.values())


def _merged(function: str, base: tuple[str, ...]) -> Iterator[tuple[tuple[Version, Version], str]]:
    edits = [
        (version, _edits(base, _lines(version.code, function)))
        for version in _one_of_each(function)
    ]
    edits = [(version, made) for version, made in edits if made and _touched(made) <= MOST_LINES]
    for (first, one), (second, two) in itertools.combinations(edits, 2):
        if _apart(one, two) and _compiles(code := "\n".join(_applied(base, one + two))):
            yield (first, second), code


def _one_of_each(function: str) -> list[Version]:
    """The mistakes of a function, without twins."""
    return list({version.idea: version for version in reversed(wrong_versions(function))}.values())[
        ::-1
    ]


@functools.cache
def _lines(code: str, function: str) -> tuple[str, ...]:
    """Code in one layout, without the function's docstring and without comments."""
    tree = ast.parse(code)
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == function
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return tuple(ast.unparse(tree).split("\n"))


def _compiles(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def _edits(base: tuple[str, ...], other: tuple[str, ...]) -> list[Edit]:
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return [
        Edit(start, stop, tuple(other[j1:j2]))
        for tag, start, stop, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _touched(edits: list[Edit]) -> int:
    return sum(max(edit.stop - edit.start, len(edit.lines)) for edit in edits)


def _apart(one: list[Edit], two: list[Edit]) -> bool:
    return all(a.stop < b.start or b.stop < a.start or _neighbours(a, b) for a in one for b in two)


def _neighbours(a: Edit, b: Edit) -> bool:
    """Whether both replace lines, different ones that touch."""
    replace = a.start < a.stop and b.start < b.stop
    return replace and (a.stop <= b.start or b.stop <= a.start)


def _applied(base: tuple[str, ...], edits: list[Edit]) -> list[str]:
    lines = list(base)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        lines[edit.start : edit.stop] = edit.lines
    return lines
