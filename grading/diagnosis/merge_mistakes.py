"""Two known mistakes in one function: their edits of the reference solution, merged."""

import ast
import difflib
import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from grading.diagnosis.catalogue import Version, right_versions, wrong_versions

# Lines of the solution that one mistake may touch: a version that touches more is another way to
# write the function, not an edit of this one.
MOST_LINES = 6

Pair = tuple[tuple[Version, Version], str]  # two mistakes, and code that makes both


@dataclass(frozen=True)
class Edit:
    """Lines `start` to `stop` of the solution replaced by others."""

    start: int
    stop: int
    lines: tuple[str, ...]


@functools.cache
def merged_pairs(function: str, solution: str) -> tuple[Pair, ...]:
    """Every two mistakes whose edits of one right version lie apart, with code that makes both."""
    merged: dict[tuple[str, str], Pair] = {}
    for base in (solution, *(version.code for version in right_versions(function))):
        for mistakes, code in _merged_on(function, _normal_lines(base, function)):
            merged.setdefault((mistakes[0].idea, mistakes[1].idea), (mistakes, code))
    return tuple(merged.values())


def _merged_on(function: str, base: tuple[str, ...]) -> Iterator[Pair]:
    """The pairs whose edits of the lines `base` lie apart."""
    versions = []
    for version in _without_twins(function):
        edits = _edits(base, _normal_lines(version.code, function))
        if edits and _touched(edits) <= MOST_LINES:
            versions.append((version, edits))
    for (first, edits), (second, other_edits) in itertools.combinations(versions, 2):
        if _lie_apart(edits, other_edits):
            code = "\n".join(_applied(base, edits + other_edits))
            if _compiles(code):
                yield (first, second), code


def _without_twins(function: str) -> list[Version]:
    """The mistakes of a function, of twins the first."""
    versions = reversed(wrong_versions(function))
    return list({version.idea: version for version in versions}.values())[::-1]


@functools.cache
def _normal_lines(code: str, function: str) -> tuple[str, ...]:
    """Code in one layout, without the function's docstring and without comments."""
    tree = ast.parse(code)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        if node.name == function and ast.get_docstring(node) is not None:
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


def _lie_apart(edits: list[Edit], others: list[Edit]) -> bool:
    return all(
        edit.stop < other.start or other.stop < edit.start or _neighbours(edit, other)
        for edit in edits
        for other in others
    )


def _neighbours(edit: Edit, other: Edit) -> bool:
    """Whether both replace lines, different ones that touch; two insertions have no order."""
    both_replace = edit.start < edit.stop and other.start < other.stop
    return both_replace and (edit.stop <= other.start or other.stop <= edit.start)


def _applied(base: tuple[str, ...], edits: list[Edit]) -> list[str]:
    lines = list(base)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        lines[edit.start : edit.stop] = edit.lines
    return lines
