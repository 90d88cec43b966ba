"""Two known mistakes in one function: their edits of the reference solution, merged."""

import ast
import difflib
import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grading.diagnosis.catalogue import Version, right_versions, wrong_versions

# Lines of the solution that one mistake may touch: a version that touches more is another way to
# write the function, not an edit of this one.
MOST_LINES = 6


class Pair(NamedTuple):
    """Two mistakes, and code that makes both. base: the number of the right version they edit"""

    mistakes: tuple[Version, Version]
    code: str
    base: int


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
    bases = range(len(bases_of(function, solution)))
    pairs = itertools.combinations(_without_twins(function), 2)
    for base, (first, second) in itertools.product(bases, pairs):
        ideas = first.idea, second.idea
        if ideas not in merged and (pair := merged_pair(function, solution, (first, second), base)):
            merged[ideas] = pair
    return tuple(merged.values())


def merged_pair(
    function: str, solution: str, mistakes: tuple[Version, Version], base: int
) -> Pair | None:
    """Both mistakes in one right version; None where their edits of it do not lie apart."""
    lines = bases_of(function, solution)[base]
    edits, others = (_few_edits(lines, version) for version in mistakes)
    if not (edits and others and _lie_apart(edits, others)):
        return None
    code = "\n".join(_applied(lines, [*edits, *others]))
    return Pair(mistakes, code, base) if _compiles(code) else None


@functools.cache
def bases_of(function: str, solution: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the right versions that mistakes may edit, the reference solution first."""
    codes = solution, *(version.code for version in right_versions(function))
    return tuple(_normal_lines(code, function) for code in codes)


@functools.cache
def _few_edits(base: tuple[str, ...], version: Version) -> tuple[Edit, ...]:
    """The edits of the lines `base` that make a version; none where they touch too many lines."""
    edits = _edits(base, _normal_lines(version.code, version.function))
    return tuple(edits) if _touched(edits) <= MOST_LINES else ()


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


def _lie_apart(edits: Sequence[Edit], others: Sequence[Edit]) -> bool:
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
