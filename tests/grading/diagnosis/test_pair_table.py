"""The kept answers of every two known mistakes find just the pairs that calling them all finds."""

import json
import random
import warnings
from dataclasses import replace

import numpy as np
import pytest

from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import mistake_files
from grading.authoring import pair_file
from grading.authoring.pair_file import agree, pair_entry, refresh_pairs
from grading.diagnosis import pair_table
from grading.diagnosis.catalogue import known_functions, wrong_versions
from grading.diagnosis.merge_mistakes import merged_pairs
from grading.diagnosis.pair_table import FILE, kept_entries, kept_rows
from tests.grading.diagnosis.judging import matcher_of
from tests.harness import COURSE, assignment_of, cells_of

COST = "compute_cost_with_regularization"
CLOSE = Tolerance(rtol=1e-11, atol=1e-12)
SOME = 2  # pairs of each function


def some_pairs(function):
    pairs = merged_pairs(function, matcher_of(function).solution)
    return random.Random(function).sample(pairs, min(SOME, len(pairs)))


def calls_of(matcher, code):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [probe.call(matcher._define(code)) for probe in matcher.probes]


@pytest.mark.parametrize("function", known_functions())
def test_the_kept_answers_are_those_of_the_catalogue_as_it_is(function):
    assert matcher_of(function)._pair_rows is not None, "run: course expected"


@pytest.mark.parametrize("name", COURSE.assignments)
def test_the_committed_file_agrees_with_the_solutions(name):
    functions = [cell.function for cell in cells_of(name) if cell.solution]
    entries = {
        function: pair_entry(matcher_of(function))
        for function in functions
        if wrong_versions(function)
    }
    folder = mistake_files()[functions[0]].parents[1]
    assert agree(kept_entries(folder / FILE), entries)


@pytest.mark.parametrize("function", known_functions())
def test_the_same_mistakes_are_found_with_the_table_and_without(function):
    matcher = matcher_of(function)
    without = replace(matcher)
    without.__dict__["_pair_rows"] = None
    for pair in some_pairs(function):
        calls = calls_of(matcher, pair.code)
        answer = matcher.probes[0].fingerprint(calls[0])
        assert pair in list(matcher._pairs_like(answer))
        assert matcher.match(calls) == without.match(calls)


def test_a_table_of_other_code_or_of_another_probe_is_not_used(tmp_path, monkeypatch):
    matcher = matcher_of(COST)
    right = matcher.right_answer
    assert kept_rows(COST, matcher.solution, right, CLOSE)
    other_code = matcher.solution.replace("cross_entropy_cost +", "cross_entropy_cost -")
    assert other_code != matcher.solution
    assert kept_rows(COST, other_code, right, CLOSE) is None
    other_probe = replace(right, numbers=tuple(2 * number for number in right.numbers))
    assert kept_rows(COST, matcher.solution, other_probe, CLOSE) is None
    elsewhere = {COST: tmp_path / "mistakes" / f"{COST}.toml"}
    monkeypatch.setattr(pair_table, "mistake_files", lambda: elsewhere)
    assert kept_rows(COST, matcher.solution, right, CLOSE) is None


def test_layout_and_comments_do_not_make_other_code():
    matcher = matcher_of(COST)
    told = matcher.solution.replace("\n    ", "\n    # a comment\n    ", 1)
    assert kept_rows(COST, told, matcher.right_answer, CLOSE)


def test_a_file_that_does_not_agree_is_written_anew(tmp_path, monkeypatch):
    name = assignment_of(COST)
    entries = kept_entries(mistake_files()[COST].parents[1] / FILE)
    monkeypatch.setattr(pair_file, "FOLDER", tmp_path)
    assert refresh_pairs(name, entries)
    assert not refresh_pairs(name, entries)
    changed = json.loads(json.dumps(entries))
    changed[COST]["pairs"][0][-1] += 1
    assert refresh_pairs(name, changed)
    assert kept_entries(tmp_path / name / FILE) == changed


def test_outcomes_that_are_alike_may_be_each_other():
    random_state = np.random.RandomState(0)
    for rtol, atol in ((1e-11, 1e-12), (1e-3, 1e-6)):
        for _ in range(200):
            arrays = random_state.randint(1, 5)
            numbers = random_state.randn(arrays, 4) * 10.0 ** random_state.randint(-6, 6)
            numbers[:, 2] = random_state.randint(1, 50, arrays)
            numbers[:, 3] = np.abs(numbers[:, 3]) + np.abs(numbers[:, :2]).max(axis=1)
            room = 2 * (rtol * numbers[:, 3:] + atol * np.sqrt(numbers[:, 2:3]))
            moved = numbers.copy()
            moved[:, [0, 1, 3]] += 0.99 * room * random_state.choice([-1, 1], (arrays, 3))
            one, other = (Fingerprint("form", tuple(each.ravel())) for each in (numbers, moved))
            assert one.like(other, rtol, atol)
            assert one.places_among([other.short()], rtol, atol)
            assert other.places_among([one.short()], rtol, atol)
            assert not Fingerprint("another", one.numbers).places_among([one.short()], rtol, atol)
            far = Fingerprint("form", tuple((numbers * 1.5).ravel()))
            assert not one.places_among([far.short()], 1e-11, 1e-12)
