"""Write `answers.json`: what known mistakes, alone and by two, answer to the probes."""

import itertools
import json
import warnings

from course_utils.check.fingerprint_table import sums_are_close
from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import FOLDER
from grading.diagnosis.answer_table import FILE, NUMBERS, Entry, Row, digest_of, kept_entries
from grading.diagnosis.catalogue import wrong_versions
from grading.diagnosis.match_mistakes import MistakeMatcher
from grading.diagnosis.merge_mistakes import merged_pairs

DIGITS = 10  # of a number in the file
# Of two files: last digits differ between machines, those of measured slopes most.
AGREEING = Tolerance(rtol=2.5e-7, atol=2.5e-7)


def answer_entry(matcher: MistakeMatcher) -> Entry:
    """What is kept of the answers of a function's mistakes."""
    function, solution = matcher.function, matcher.solution
    mistakes = wrong_versions(function)
    numbers = {version.name: place for place, version in enumerate(mistakes)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's, on what mistakes do to numbers
        return {
            "made_from": digest_of(function, solution),
            "right": [_written(answer) for answer in matcher.right_answers],
            "mistakes": [
                [_written(answer) if answer.numbers else None for answer in answers]
                for answers in (matcher.answers(mistake.code) for mistake in mistakes)
            ],
            "pairs": [
                [
                    *(numbers[mistake.name] for mistake in pair.mistakes),
                    pair.base,
                    *_written(matcher.answers(pair.code, probes=1)[0]),
                ]
                for pair in merged_pairs(function, solution)
            ],
        }


def refresh_answers(assignment: str, entries: dict[str, Entry]) -> bool:
    """Write the file of an assignment anew where it does not agree; return whether it was."""
    path = FOLDER / assignment / FILE
    if agree(kept_entries(path), entries):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(_one_row_a_line(entries), encoding="utf-8")
    kept_entries.cache_clear()
    return True


def agree(kept: dict[str, Entry], new: dict[str, Entry]) -> bool:
    """Whether both hold the same, but for last digits, which differ between machines."""
    return kept.keys() == new.keys() and all(
        kept[name]["made_from"] == entry["made_from"]
        and _rows_agree(_rows(kept[name]), _rows(entry))
        for name, entry in new.items()
    )


def _rows(entry: Entry) -> list[Row | None]:
    """All rows of an entry; each ends with a short fingerprint."""
    return [*entry["right"], *itertools.chain(*entry["mistakes"]), *entry["pairs"]]


def _rows_agree(kept: list[Row | None], new: list[Row | None]) -> bool:
    return len(kept) == len(new) and all(map(_alike, kept, new))


def _alike(kept: Row | None, new: Row | None) -> bool:
    """Whether two rows agree; their last numbers are those of a short fingerprint."""
    if kept is None or new is None:
        return kept is new
    same = kept[:-NUMBERS] == new[:-NUMBERS]
    return same and sums_are_close(kept[-NUMBERS:], new[-NUMBERS:], AGREEING)


def _written(answer: Fingerprint) -> Row:
    """Its short form, with as many digits as are kept."""
    digest, *numbers = answer.short()
    return [digest, *(float(f"{number:.{DIGITS}g}") for number in numbers)]


def _one_row_a_line(entries: dict[str, Entry]) -> str:
    """As JSON in which a change of one mistake or pair is a change of one line."""
    functions = []
    for name, entry in entries.items():
        parts = [
            f'  "made_from": {json.dumps(entry["made_from"])}',
            *(_part(key, entry[key]) for key in ("right", "mistakes", "pairs")),
        ]
        functions.append(f' "{name}": {{\n' + ",\n".join(parts) + "\n }")
    return "{\n" + ",\n".join(functions) + "\n}\n"


def _part(key: str, rows: list[Row]) -> str:
    return f'  "{key}": [\n' + ",\n".join(f"   {json.dumps(row)}" for row in rows) + "\n  ]"
