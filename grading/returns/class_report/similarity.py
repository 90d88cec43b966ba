"""Solutions that are suspiciously alike: a hint for a person, never a verdict.

A statement is compared as a syntax tree: comments, docstrings and layout do not count, local names are numbered, constants
stay. What many write is no evidence. So a statement counts only where it is neither the starter's, nor the instructor's,
nor one of the right and wrong versions in the catalogue, and where at most a few of the class wrote it. Two solutions
are alike where they share enough such statements, and most of all that is their own.

Near-linear: only students who share a rare statement are compared, and a rare one has few.
"""

import ast
import difflib
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from grading.diagnosis.catalogue import right_versions, wrong_versions
from grading.returns.class_report.read import ClassData
from grading.returns.class_report.statements import Statements, names_given

FEWEST = 10  # submissions below which nothing can be called rare
SHARED = 4  # rare statements that two solutions must share
ALIKE = 0.7  # of all their own statements, the least share that both must have
WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Pair:
    """Two students and one function. shared, of: rare statements in common, and own statements of both together

    evidence: how rare they are, in bits: the sum of log2(submissions / who wrote it)
    """

    function: str
    students: tuple[str, str]
    shared: int
    of: int
    evidence: float


@dataclass(frozen=True)
class Similarity:
    """pairs: the strongest evidence first; unread: solutions that could not be compared; few: too small a class"""

    pairs: list[Pair]
    unread: int
    few: bool = False


def find_similar(group: ClassData) -> Similarity:
    """The pairs of solutions that a person should lay side by side."""
    if len(group.read) < FEWEST:
        return Similarity([], 0, few=True)
    pairs, unread, statements = [], 0, Statements()
    for function in group.starters:
        known = _known(function, group, statements)
        own: dict[str, frozenset[str]] = {}
        for paper in group.read:
            found = statements.of(paper.code.get(function, ""))
            unread += found is None
            own[paper.entry.student] = (found or frozenset()) - known
        pairs += _pairs(function, own)
    return Similarity(
        sorted(pairs, key=lambda pair: (-pair.evidence, pair.students, pair.function)), unread
    )


def rare_limit(students: int) -> int:
    """How many may have written a statement that counts: a twentieth of the class, from 3 to 20."""
    return min(20, max(3, students // 20))


def side_by_side(one: str, two: str) -> Iterator[tuple[str, str, str]]:
    """Lines of two texts beside each other: "" where they are the same, "≈" but for names and comments, "≠" else."""
    left, right = one.split("\n"), two.split("\n")
    matcher = difflib.SequenceMatcher(None, _line_forms(one), _line_forms(two), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        for at in range(max(i2 - i1, j2 - j1)):
            pair = left[i1 + at] if i1 + at < i2 else "", right[j1 + at] if j1 + at < j2 else ""
            yield *pair, "" if pair[0] == pair[1] else "≈" if tag == "equal" else "≠"


def _line_forms(code: str) -> list[str]:
    """Every line without spaces around it and comments, its local names numbered as they appear."""
    names = names_given(ast.parse(code))
    return [
        _line_form(line.partition("#")[0].strip() or line.strip(), names)
        for line in code.split("\n")
    ]


def _line_form(line: str, names: set[str]) -> str:
    words = dict.fromkeys(word for word in WORD.findall(line) if word in names)
    numbers = {word: f"_{number}" for number, word in enumerate(words)}
    return " ".join(WORD.sub(lambda match: numbers.get(match[0], match[0]), line).split())


def _known(function: str, group: ClassData, statements: Statements) -> set[str]:
    """Statements that are no evidence, because the course itself has them."""
    versions = [version.code for version in (*right_versions(function), *wrong_versions(function))]
    texts = [group.starters[function], group.solutions.get(function, ""), *versions]
    return {form for text in texts for form in statements.of(text) or ()}


def _pairs(function: str, own: dict[str, frozenset[str]]) -> list[Pair]:
    writers: dict[str, list[str]] = defaultdict(list)
    for student, forms in sorted(own.items()):
        for form in forms:
            writers[form].append(student)
    limit = rare_limit(len(own))
    rare = {form: who for form, who in writers.items() if 2 <= len(who) <= limit}
    shared: dict[tuple[str, str], list[float]] = defaultdict(list)
    for who in rare.values():
        for pair in combinations(who, 2):
            shared[pair].append(math.log2(len(own) / len(who)))
    found = []
    for (one, two), bits in shared.items():
        both = len(own[one] | own[two])
        if len(bits) >= SHARED and len(bits) >= ALIKE * both:
            found.append(Pair(function, (one, two), len(bits), both, math.fsum(sorted(bits))))
    return found
