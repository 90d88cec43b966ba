"""What known mistakes answer to the probes, kept beside the catalogue.

To compile and call all known mistakes of a function takes a tenth of a second of processor time,
every two of them, merged, half a second, and each submission would pay it whose function lost
marks. `course expected` pays it once: `grading/assignments/NAME/answers.json` holds what each
mistake gives on every probe, and every two of them together on the first one, as short
fingerprints. Only what could be the student's is then made and called, on every probe.
"""

import functools
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import mistake_files
from grading.diagnosis.catalogue import Version, wrong_versions
from grading.diagnosis.merge_mistakes import Pair, bases_of, merged_pair

FILE = "answers.json"

# Of a function: {"made_from": digest of the code, "right": the reference solution's answers,
# "mistakes": the answers of each mistake, "pairs": [[first mistake, second mistake, base, *short
# fingerprint], ...]}. Answers are short fingerprints, by probe; of a mistake's answer that is no
# number, such as an error, none is kept, since its words may differ with the version of Python.
# Mistakes stand in the order of the catalogue and are numbered by it, bases as in `bases_of`.
Entry = dict[str, Any]
Row = list[Any]
NUMBERS = 3  # of a row before its short fingerprint
NOT_KEPT = ["", 0.0, 0.0, 0.0]  # like no answer
# How far kept numbers may be off at least, since another machine than the one that made the file
# gives other last digits. What is found is called before it counts, unless it `is_sure`.
KEPT = Tolerance(rtol=1e-8, atol=1e-10)


class Likely(NamedTuple):
    """A mistake that could give some answers. is_sure: whether to call it would tell no more"""

    mistake: Version
    is_sure: bool


def mistakes_among(
    entry: Entry,
    function: str,
    answers: Sequence[Fingerprint],
    tolerances: Sequence[Tolerance],
) -> list[Likely]:
    """The mistakes that could give these answers. answers and their tolerances: by probe"""
    left = list(zip(wrong_versions(function), entry["mistakes"]))
    for probe, (answer, tolerance) in enumerate(zip(answers, tolerances)):
        kept = [row[probe] for _, row in left]
        left = [left[place] for place in _places(answer, kept, tolerance)]
    is_sure = all(map(_is_told_by_numbers, answers, tolerances))
    return [Likely(mistake, is_sure) for mistake, _ in left]


def _is_told_by_numbers(answer: Fingerprint, tolerance: Tolerance) -> bool:
    """Whether kept numbers say of an answer what a call would: of one number, if it is measured."""
    return answer.is_one_number and tolerance.rtol > KEPT.rtol


def pairs_among(
    entry: Entry, function: str, solution: str, answer: Fingerprint, tolerance: Tolerance
) -> Iterator[Pair]:
    """The pairs whose answer to the first probe could be this one.

    solution: the code of the reference solution
    """
    mistakes, rows = wrong_versions(function), entry["pairs"]
    for place in _places(answer, [row[NUMBERS:] for row in rows], tolerance):
        first, second, base = rows[place][:NUMBERS]
        if pair := merged_pair(function, solution, (mistakes[first], mistakes[second]), base):
            yield pair


def kept_entry(
    function: str, solution: str, right: Sequence[Fingerprint], tolerances: Sequence[Tolerance]
) -> Entry | None:
    """The entry of a function; None where none is kept, or one of other code or other probes.

    right: what the reference solution answers; tolerances: of its answers; both by probe
    """
    file = mistake_files().get(function)
    entry = kept_entries(file.parents[1] / FILE).get(function) if file else None
    if entry is None or entry["made_from"] != digest_of(function, solution):
        return None
    kept = entry["right"]
    same = len(kept) == len(right) and all(
        _places(answer, [short], tolerance)
        for answer, short, tolerance in zip(right, kept, tolerances)
    )
    return entry if same else None


def _places(answer: Fingerprint, kept: list[Row | None], tolerance: Tolerance) -> list[int]:
    """The places of the kept answers that could be this one. None: it had no numbers"""
    if not answer.numbers and None in kept:
        return [place for place, row in enumerate(kept) if row is None]
    rtol, atol = max(tolerance.rtol, KEPT.rtol), max(tolerance.atol, KEPT.atol)
    return answer.places_among([row or NOT_KEPT for row in kept], rtol, atol)


@functools.cache
def kept_entries(path: Path) -> dict[str, Entry]:
    """The entries of an assignment's file, by function."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def digest_of(function: str, solution: str) -> str:
    """Of all code that the answers are made from, whatever its layout and comments."""
    codes = [*bases_of(function, solution), *(each.code for each in wrong_versions(function))]
    return hashlib.sha256(repr(codes).encode()).hexdigest()[:16]
