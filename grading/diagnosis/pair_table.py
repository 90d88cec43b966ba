"""What every two known mistakes answer to the first probe, kept beside the catalogue.

To merge, compile and call some hundred pairs takes half a second of processor time, and each
submission would pay it whose function no single mistake explains. `course expected` pays it once:
`grading/assignments/NAME/pairs.json` holds of each pair which mistakes it joins and, as a short
fingerprint, what it gives. A pair that could be the student's is then made and called on every
probe.
"""

import functools
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import mistake_files
from grading.diagnosis.catalogue import wrong_versions
from grading.diagnosis.merge_mistakes import Pair, bases_of, merged_pair

FILE = "pairs.json"

# Of a function: {"made_from": digest of the code, "right": the short fingerprint of the reference
# solution's answer, "pairs": [[first mistake, second mistake, base, *short fingerprint], ...]}.
# Mistakes are numbered in the order of the catalogue, bases as in `bases_of`.
Entry = dict[str, Any]
Row = list[Any]
NUMBERS = 3  # of a row before its short fingerprint


def pairs_among(
    rows: list[Row], function: str, solution: str, answer: Fingerprint, tolerance: Tolerance
) -> Iterator[Pair]:
    """The pairs whose answer to the first probe could be this one.

    solution: the code of the reference solution
    """
    mistakes = wrong_versions(function)
    shorts = (row[NUMBERS:] for row in rows)
    for place in answer.places_among(shorts, tolerance.rtol, tolerance.atol):
        first, second, base = rows[place][:NUMBERS]
        if pair := merged_pair(function, solution, (mistakes[first], mistakes[second]), base):
            yield pair


def kept_rows(
    function: str, solution: str, right: Fingerprint, tolerance: Tolerance
) -> list[Row] | None:
    """The rows of a function; None where none are kept, or those of other code or another probe.

    right: what the reference solution answers to the first probe
    """
    file = mistake_files().get(function)
    entry = kept_entries(file.parents[1] / FILE).get(function) if file else None
    if entry is None or entry["made_from"] != digest_of(function, solution):
        return None
    is_same_probe = right.places_among([entry["right"]], tolerance.rtol, tolerance.atol)
    return entry["pairs"] if is_same_probe else None


@functools.cache
def kept_entries(path: Path) -> dict[str, Entry]:
    """The entries of an assignment's file, by function."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def digest_of(function: str, solution: str) -> str:
    """Of all code that the pairs are made from, whatever its layout and comments."""
    codes = [*bases_of(function, solution), *(each.code for each in wrong_versions(function))]
    return hashlib.sha256(repr(codes).encode()).hexdigest()[:16]
