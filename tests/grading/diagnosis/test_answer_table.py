"""The kept answers of known mistakes find just those that calling them all finds."""

import json
import random
import warnings
from dataclasses import replace

import numpy as np
import pytest

from course_utils.explain import Fingerprint, Tolerance
from grading.assignments.registry import mistake_files
from grading.authoring import answer_file
from grading.authoring.answer_file import agree, answer_entry, refresh_answers
from grading.diagnosis import answer_table
from grading.diagnosis.answer_table import FILE, kept_entries, kept_entry
from grading.diagnosis.catalogue import known_functions, wrong_versions
from grading.diagnosis.merge_mistakes import merged_pairs
from tests.grading.diagnosis.judging import matcher_of
from tests.harness import COURSE, assignment_of, cells_of

COST = "compute_cost_with_regularization"
CLOSE = Tolerance(rtol=1e-11, atol=1e-12)
SOME = 2  # mistakes and pairs of each function


def some_of(function, all_of_them):
    return random.Random(function).sample(all_of_them, min(SOME, len(all_of_them)))


def calls_of(matcher, code):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        function = matcher._define(code)
        return [probe.call(function) for probe in matcher.probes]


@pytest.mark.parametrize("function", known_functions())
def test_the_kept_answers_are_those_of_the_catalogue_as_it_is(function):
    assert matcher_of(function)._kept is not None, "run: course expected"


@pytest.mark.parametrize("name", COURSE.assignments)
def test_the_committed_file_agrees_with_the_solutions(name):
    functions = [cell.function for cell in cells_of(name) if cell.solution]
    entries = {
        function: answer_entry(matcher_of(function))
        for function in functions
        if wrong_versions(function)
    }
    folder = mistake_files()[functions[0]].parents[1]
    assert agree(kept_entries(folder / FILE), entries)


@pytest.mark.parametrize("function", known_functions())
def test_the_same_mistakes_are_found_with_the_table_and_without(function):
    matcher = matcher_of(function)
    without = replace(matcher)
    without.__dict__["_kept"] = None
    for mistake in some_of(function, wrong_versions(function)):
        calls = calls_of(matcher, mistake.code)
        likely = [each.mistake for each in matcher._mistakes_like(matcher.fingerprints(calls))]
        assert mistake in likely
        assert matcher.match(calls) == without.match(calls)
    for pair in some_of(function, merged_pairs(function, matcher.solution)):
        calls = calls_of(matcher, pair.code)
        answer = matcher.probes[0].fingerprint(calls[0])
        assert pair in list(matcher._pairs_like(answer))
        assert matcher.match(calls) == without.match(calls)


@pytest.mark.parametrize("function", ["gradient_check_n", "initialize_parameters_he"])
def test_a_mistake_is_called_unless_kept_numbers_tell_all(function, monkeypatch):
    matcher = matcher_of(function)
    calls = [calls_of(matcher, mistake.code) for mistake in wrong_versions(function)]
    called = []
    monkeypatch.setattr(matcher, "_explains", lambda code, fingerprints: called.append(code))
    measured = function == "gradient_check_n"
    for mistake, its_calls in zip(wrong_versions(function), calls):
        called.clear()
        found = matcher.match(its_calls)
        answers = matcher.fingerprints(its_calls)
        if measured and all(answer.is_one_number for answer in answers):
            assert mistake.idea in {each.idea for each in found}
        else:
            assert mistake.code in called


def test_a_table_of_other_code_or_of_another_probe_is_not_used(tmp_path, monkeypatch):
    matcher = matcher_of(COST)
    right = matcher.right_answers
    assert kept(matcher.solution, right)
    other_code = matcher.solution.replace("cross_entropy_cost +", "cross_entropy_cost -")
    assert other_code != matcher.solution
    assert kept(other_code, right) is None
    *others, last = right
    other_probe = replace(last, numbers=tuple(2 * number for number in last.numbers))
    assert kept(matcher.solution, [*others, other_probe]) is None
    assert kept(matcher.solution, others) is None
    elsewhere = {COST: tmp_path / "mistakes" / f"{COST}.toml"}
    monkeypatch.setattr(answer_table, "mistake_files", lambda: elsewhere)
    assert kept(matcher.solution, right) is None


def kept(solution, right):
    return kept_entry(COST, solution, right, [CLOSE] * len(right))


def test_layout_and_comments_do_not_make_other_code():
    matcher = matcher_of(COST)
    told = matcher.solution.replace("\n    ", "\n    # a comment\n    ", 1)
    assert kept(told, matcher.right_answers)


def test_a_file_that_does_not_agree_is_written_anew(tmp_path, monkeypatch):
    name = assignment_of(COST)
    entries = kept_entries(mistake_files()[COST].parents[1] / FILE)
    monkeypatch.setattr(answer_file, "FOLDER", tmp_path)
    assert refresh_answers(name, entries)
    assert not refresh_answers(name, entries)
    changed = json.loads(json.dumps(entries))
    changed[COST]["pairs"][0][-1] += 1
    assert refresh_answers(name, changed)
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
