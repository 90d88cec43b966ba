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

from course_utils.explain import Fingerprint
from grading.assignments.registry import FOLDER, mistake_files
from grading.diagnosis.catalogue import wrong_versions
from grading.diagnosis.merge_mistakes import Pair, bases_of, merged_pair, merged_pairs

FILE = "pairs.json"
DIGITS = 10  # of a number in the file

# Of a function: {"made_from": digest of the code, "right": the short fingerprint of the reference
# solution's answer, "pairs": [[first mistake, second mistake, base, *short fingerprint], ...]}.
# Mistakes are numbered in the order of the catalogue, bases as in `bases_of`.
Entry = dict[str, Any]


class PairTable:
    """The pairs of one function."""

    def __init__(self, function: str, solution: str, entry: Entry):
        """solution: the code of the reference solution"""
        self._function, self._solution = function, solution
        self._rows = entry["pairs"]

    def like(self, answer: Fingerprint, rtol: float, atol: float) -> Iterator[Pair]:
        """The pairs whose answer to the first probe could be this one."""
        mistakes = wrong_versions(self._function)
        for first, second, base, *short in self._rows:
            if answer.may_be(short, rtol, atol):
                both = mistakes[first], mistakes[second]
                if pair := merged_pair(self._function, self._solution, both, base):
                    yield pair


def kept_table(
    function: str, solution: str, right: Fingerprint, rtol: float, atol: float
) -> PairTable | None:
    """The table of a function; None where there is none, or one of other code or another probe.

    right: what the reference solution answers to the first probe
    """
    file = mistake_files().get(function)
    entry = kept_entries(file.parents[1] / FILE).get(function) if file else None
    if entry is None or entry["made_from"] != _digest(function, solution):
        return None
    is_same_probe = right.may_be(entry["right"], rtol, atol)
    return PairTable(function, solution, entry) if is_same_probe else None


@functools.cache
def kept_entries(path: Path) -> dict[str, Entry]:
    """The entries of an assignment's file, by function."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def new_entry(
    function: str, solution: str, right: Fingerprint, answers: list[Fingerprint]
) -> Entry:
    """The entry of a function. answers: of all `merged_pairs`, in their order"""
    numbers = {version.name: place for place, version in enumerate(wrong_versions(function))}
    pairs = merged_pairs(function, solution)
    return {
        "made_from": _digest(function, solution),
        "right": _written(right),
        "pairs": [
            [*(numbers[mistake.name] for mistake in pair.mistakes), pair.base, *_written(answer)]
            for pair, answer in zip(pairs, answers)
        ],
    }


def refresh_pairs(assignment: str, entries: dict[str, Entry]) -> bool:
    """Write the file of an assignment anew where it does not agree; return whether it was."""
    path = FOLDER / assignment / FILE
    if _agree(kept_entries(path), entries):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(_one_pair_a_line(entries), encoding="utf-8")
    kept_entries.cache_clear()
    return True


def _digest(function: str, solution: str) -> str:
    """Of all code that the pairs are made from, whatever its layout and comments."""
    codes = [*bases_of(function, solution), *(each.code for each in wrong_versions(function))]
    return hashlib.sha256(repr(codes).encode()).hexdigest()[:16]


def _written(answer: Fingerprint) -> list[Any]:
    digest, *numbers = answer.short()
    return [digest, *(float(f"{number:.{DIGITS}g}") for number in numbers)]


def _agree(kept: dict[str, Entry], new: dict[str, Entry]) -> bool:
    """Whether both hold the same, but for last digits, which differ between machines."""
    return kept.keys() == new.keys() and all(
        kept[name]["made_from"] == entry["made_from"]
        and len(kept[name]["pairs"]) == len(entry["pairs"])
        and all(map(_alike, kept[name]["pairs"], entry["pairs"]))
        and _alike(kept[name]["right"], entry["right"])
        for name, entry in new.items()
    )


def _alike(kept: list[Any], new: list[Any]) -> bool:
    """Whether two rows agree; their last three numbers are those of a short fingerprint."""
    room = 1e-6 * (1 + max(kept[-1], new[-1]))
    return kept[:-3] == new[:-3] and all(
        abs(one - other) <= room for one, other in zip(kept[-3:], new[-3:])
    )


def _one_pair_a_line(entries: dict[str, Entry]) -> str:
    """As JSON in which a change of one pair is a change of one line."""
    functions = []
    for name, entry in entries.items():
        rows = ",\n".join(f"  {json.dumps(row)}" for row in entry["pairs"])
        head = json.dumps({key: value for key, value in entry.items() if key != "pairs"})
        functions.append(f' "{name}": {head[:-1]}, "pairs": [\n{rows}\n ]}}')
    return "{\n" + ",\n".join(functions) + "\n}\n"
