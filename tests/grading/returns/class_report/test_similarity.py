"""Copies are found under other names; what has another explanation is no evidence."""

import dataclasses
import time

import numpy as np

from grading.returns.class_report.similarity import find_similar, side_by_side
from grading.returns.class_report.statements import Statements
from tests.grading.returns.class_report.made_class import class_of

ODD = """def f(x):
    total = {}
    for key, value in sorted(x.items()):
        total[key] = value ** 2 + {} * key
        total[key] -= sum(value for value in range(3))
    while len(total) > 7:
        total.popitem()
    return {{**total, "n": len(total)}}
"""


def variants(count):
    """Solutions of the same length that have nothing in common."""
    return [
        f"def f(x):\n    a = x + {n}\n    b = a * {n + 1}\n    c = b - {n + 2}\n"
        f"    d = c / {n + 3}\n    return d + {n}"
        for n in range(1000, 1000 + 10 * count, 10)
    ]


def pairs_of(code):
    return [pair.students for pair in find_similar(class_of(np.ones((len(code), 1)), code)).pairs]


def test_a_copy_under_other_names_is_found():
    one = ODD.format("{}", 3)
    two = (
        one.replace("total", "result")
        .replace("value", "v")
        .replace("    while", "    # my own idea\n    while")
    )
    code = variants(28)
    code[3:3], code[9:9] = [one], [two]
    assert pairs_of(code) == [("s003", "s009")]


def test_a_copy_with_one_line_changed_is_found_and_one_with_most_changed_is_not():
    one = ODD.format("{}", 3)
    assert pairs_of([*variants(28), one, one.replace("> 7", "> 8")]) == [("s028", "s029")]
    other = (
        one.replace("> 7", "> 8")
        .replace("** 2", "** 3")
        .replace("range(3)", "range(x)")
        .replace("sorted", "list")
    )
    assert pairs_of([*variants(28), one, other]) == []


def test_side_by_side_tells_renamed_lines_from_others():
    lines = list(
        side_by_side(
            "def f(x):\n    y = x  # mine\n    return y", "def f(x):\n    z = x\n    return z + 1"
        )
    )
    assert lines == [
        ("def f(x):", "def f(x):", ""),
        ("    y = x  # mine", "    z = x", "≈"),
        ("    return y", "    return z + 1", "≠"),
    ]


def test_what_many_write_what_is_given_and_what_is_short_is_no_evidence():
    one = ODD.format("{}", 3)
    assert pairs_of([*variants(16), *[one] * 14]) == []
    class_data = class_of(np.ones((30, 1)), [*variants(28), one, one])
    given = dataclasses.replace(class_data, starters={"f": one})
    assert find_similar(given).pairs == []
    solved = dataclasses.replace(class_data, solutions={"f": one})
    assert find_similar(solved).pairs == []
    assert pairs_of([*variants(28), *["def f(x):\n    y = x @ x\n    return y"] * 2]) == []


def test_a_small_class_and_what_is_no_python_are_said():
    assert find_similar(class_of(np.ones((9, 1)), [ODD.format("{}", 3)] * 9)).few
    similarity = find_similar(class_of(np.ones((30, 1)), [*variants(28), "def f(", "x" * 30_000]))
    assert (similarity.pairs, similarity.unread) == ([], 2)
    assert Statements().of("(" * 1000) is None
    assert Statements().of("-" * 15_000 + "1") is None


def test_long_solutions_are_laid_side_by_side_in_time():
    """Two that are alike: with 18,000 blank lines, of 4,000 equal lines, of lines without order."""
    lines = [f"    x = {at * 7919 % 101}" for at in range(1_500)]
    for body, rows in (
        ("\n" * 18_000 + "    return x", 2),
        ("\n    1" * 3_000, 201 + 0),
        ("\n" + "\n".join(lines), 201),
    ):
        started = time.process_time()
        found = list(side_by_side("def f(x):" + body, "def f(x):" + body[::1] + "\n    # mine"))
        assert time.process_time() - started < 10  # 44 s where each line is laid beside all
        assert rows <= len(found) <= rows + 2
    assert found[-1][0].startswith("... and 1,3")


def test_a_statement_with_thousands_of_names_is_numbered_in_time():
    code = ",".join(f"n{at}" for at in range(3_500)) + " = x"
    started = time.process_time()
    (statement,) = Statements().of(code)
    assert time.process_time() - started < 10  # a second where others have the processor too
    assert "id='_3499'" in statement


def test_a_name_that_looks_like_a_number_keeps_apart():
    one, two = (Statements().of(f"{code}\nreturn_ = 0") for code in ("a, _0 = x", "a, a = x"))
    assert one != two
