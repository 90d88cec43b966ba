"""Solutions that are suspiciously similar: a hint for a person, never a verdict.

Statements are compared as syntax trees: comments, docstrings and layout do not count, local names
are numbered, constants stay. What many students write is no evidence. So a statement counts only if
it is neither in the starter, nor in the instructor's solution, nor in a right or wrong version of
the catalogue, and if at most a few of the class wrote it. Two solutions are similar if they share
enough such statements, and most of all that are their own.

The work grows almost linearly with the class: only students who share a rare statement are
compared, and a rare statement has few writers.
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
from grading.returns.class_report.class_data import ClassData
from grading.returns.class_report.statements import Statements, bound_names

MIN_CLASS = 10  # submissions below which nothing can be called rare
MIN_SHARED = 4  # rare statements that two solutions must share
MIN_SHARED_PART = 0.7  # their least share of all statements that are the two students' own
RARE_PART, RARE_LEAST, RARE_MOST = 1 / 20, 3, 20  # writers of a rare statement: see `rare_limit`
MAX_LINES = 200  # of each of two solutions that are shown side by side
IDENTIFIER = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Pair:
    """Two similar solutions of one function.

    shared: rare statements in common; of: own statements of both students together
    evidence: how rare the shared statements are, in bits: the sum of log2(submissions / writers)
    """

    function: str
    students: tuple[str, str]
    shared: int
    of: int
    evidence: float


@dataclass(frozen=True)
class Similarity:
    """pairs: the strongest evidence first; unread: number of solutions that could not be compared

    few: whether the class is too small to compare
    """

    pairs: list[Pair]
    unread: int
    few: bool = False


def find_similar(class_data: ClassData) -> Similarity:
    """The pairs of solutions that a person should lay side by side."""
    if len(class_data.readable) < MIN_CLASS:
        return Similarity([], 0, few=True)
    pairs, unread, statements = [], 0, Statements()
    for function in class_data.starters:
        common = _course_statements(function, class_data, statements)
        own_statements: dict[str, frozenset[str]] = {}
        for submission in class_data.readable:
            found = statements.of(submission.code.get(function, ""))
            unread += found is None
            own_statements[submission.recorded.student] = (found or frozenset()) - common
        pairs += _similar_pairs(function, own_statements)
    pairs.sort(key=lambda pair: (-pair.evidence, pair.students, pair.function))
    return Similarity(pairs, unread)


def rare_limit(students: int) -> int:
    """How many may have written a statement that counts: a twentieth of the class, from 3 to 20."""
    return min(RARE_MOST, max(RARE_LEAST, int(students * RARE_PART)))


def side_by_side(left_code: str, right_code: str) -> Iterator[tuple[str, str, str]]:
    """The lines of two texts beside each other, and a sign.

    The sign is "" where the lines are the same, "≈" where they differ in names and comments only,
    and "≠" elsewhere. A line that has no counterpart stands beside "".

    Only the first lines of long solutions are compared, since comparing takes quadratic time.
    """
    (left, left_forms), (right, right_forms) = map(_shown_lines, (left_code, right_code))
    matcher = difflib.SequenceMatcher(None, left_forms, right_forms, autojunk=False)
    for tag, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        for offset in range(max(left_end - left_start, right_end - right_start)):
            i, j = left_start + offset, right_start + offset
            pair = left[i] if i < left_end else "", right[j] if j < right_end else ""
            yield *pair, "" if pair[0] == pair[1] else "≈" if tag == "equal" else "≠"


def _shown_lines(code: str) -> tuple[list[str], list[str]]:
    """The first lines of a solution that are not blank, as they are written and in normal form.

    In normal form a line has no comment and no indentation, and its local names are numbered as
    they appear. A line says how many more there are.
    """
    names = bound_names(ast.parse(code))
    lines = [line for line in code.split("\n") if line.strip()]
    shown = lines[:MAX_LINES]
    forms = [_normal_line(line.partition("#")[0].strip() or line.strip(), names) for line in shown]
    if left_out := len(lines) - len(shown):
        note = f"... and {left_out:,} more lines"
        return [*shown, note], [*forms, note]
    return shown, forms


def _normal_line(line: str, names: set[str]) -> str:
    local = dict.fromkeys(name for name in IDENTIFIER.findall(line) if name in names)
    numbers = {name: f"_{number}" for number, name in enumerate(local)}
    return " ".join(IDENTIFIER.sub(lambda match: numbers.get(match[0], match[0]), line).split())


def _course_statements(function: str, class_data: ClassData, statements: Statements) -> set[str]:
    """Statements that are no evidence, because the course itself contains them."""
    versions = [version.code for version in (*right_versions(function), *wrong_versions(function))]
    texts = [class_data.starters[function], class_data.solutions.get(function, ""), *versions]
    return {statement for text in texts for statement in statements.of(text) or ()}


def _similar_pairs(function: str, own_statements: dict[str, frozenset[str]]) -> list[Pair]:
    """own_statements: by student, the statements of a solution that the course does not contain"""
    bits_of_pair: dict[tuple[str, str], list[float]] = defaultdict(list)
    for writers in _rare_writers(own_statements):
        for pair in combinations(writers, 2):
            bits_of_pair[pair].append(math.log2(len(own_statements) / len(writers)))
    found = []
    for students, bits in bits_of_pair.items():
        both = len(own_statements[students[0]] | own_statements[students[1]])
        if len(bits) >= MIN_SHARED and len(bits) >= MIN_SHARED_PART * both:
            evidence = math.fsum(sorted(bits))
            found.append(Pair(function, students, shared=len(bits), of=both, evidence=evidence))
    return found


def _rare_writers(own_statements: dict[str, frozenset[str]]) -> list[list[str]]:
    """For every statement that a few students share, who they are, in the order of their ids."""
    writers_of: dict[str, list[str]] = defaultdict(list)
    for student, statements in sorted(own_statements.items()):
        for statement in statements:
            writers_of[statement].append(student)
    limit = rare_limit(len(own_statements))
    return [writers for writers in writers_of.values() if 2 <= len(writers) <= limit]
