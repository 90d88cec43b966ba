"""Write `pairs.json`: what every two known mistakes answer to the first probe."""

import json
import warnings
from typing import Any

from course_utils.check.fingerprint_table import sums_are_close
from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import FOLDER
from grading.diagnosis.catalogue import wrong_versions
from grading.diagnosis.match_mistakes import MistakeMatcher
from grading.diagnosis.merge_mistakes import merged_pairs
from grading.diagnosis.pair_table import FILE, NUMBERS, Entry, Row, digest_of, kept_entries

DIGITS = 10  # of a number in the file
# Of two files: last digits differ between machines, those of measured slopes most.
AGREEING = Tolerance(rtol=2.5e-7, atol=2.5e-7)


def pair_entry(matcher: MistakeMatcher) -> Entry:
    """What is kept of the pairs of a function's mistakes."""
    function, solution = matcher.function, matcher.solution
    numbers = {version.name: place for place, version in enumerate(wrong_versions(function))}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's, on what mistakes do to numbers
        return {
            "made_from": digest_of(function, solution),
            "right": _written(matcher.right_answer),
            "pairs": [
                [
                    *(numbers[mistake.name] for mistake in pair.mistakes),
                    pair.base,
                    *_written(matcher.first_fingerprint(pair.code)),
                ]
                for pair in merged_pairs(function, solution)
            ],
        }


def refresh_pairs(assignment: str, entries: dict[str, Entry]) -> bool:
    """Write the file of an assignment anew where it does not agree; return whether it was."""
    path = FOLDER / assignment / FILE
    if agree(kept_entries(path), entries):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(_one_pair_a_line(entries), encoding="utf-8")
    kept_entries.cache_clear()
    return True


def agree(kept: dict[str, Entry], new: dict[str, Entry]) -> bool:
    """Whether both hold the same, but for last digits, which differ between machines."""
    return kept.keys() == new.keys() and all(
        kept[name]["made_from"] == entry["made_from"]
        and len(kept[name]["pairs"]) == len(entry["pairs"])
        and all(map(_alike, kept[name]["pairs"], entry["pairs"]))
        and _alike(kept[name]["right"], entry["right"])
        for name, entry in new.items()
    )


def _alike(kept: Row, new: Row) -> bool:
    """Whether two rows agree; their last numbers are those of a short fingerprint."""
    same = kept[:-NUMBERS] == new[:-NUMBERS]
    return same and sums_are_close(kept[-NUMBERS:], new[-NUMBERS:], AGREEING)


def _written(answer: Fingerprint) -> list[Any]:
    digest, *numbers = answer.short()
    return [digest, *(float(f"{number:.{DIGITS}g}") for number in numbers)]


def _one_pair_a_line(entries: dict[str, Entry]) -> str:
    """As JSON in which a change of one pair is a change of one line."""
    functions = []
    for name, entry in entries.items():
        rows = ",\n".join(f"  {json.dumps(row)}" for row in entry["pairs"])
        head = json.dumps({key: value for key, value in entry.items() if key != "pairs"})
        functions.append(f' "{name}": {head[:-1]}, "pairs": [\n{rows}\n ]}}')
    return "{\n" + ",\n".join(functions) + "\n}\n"
