"""What the public examples must give: the file agrees with the solutions, and with the checks."""

import json

import numpy as np
import pytest

from course_utils.assignments import EXERCISES, points_of
from course_utils.check.public_examples import examples_of
from course_utils.check.public_results import decoded, encoded, expected_calls
from course_utils.explain import Call, first_difference
from grading.assignments.registry import load_cases
from grading.authoring.public_results_file import agree, public_results, results_path
from tests.harness import COURSE, solution

NAMES = COURSE.assignments


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_file_agrees_with_the_solutions(name):
    functions = list(points_of(name))
    results = public_results(functions, {function: solution(function) for function in functions})
    assert agree(json.loads(results_path(name).read_text(encoding="utf-8")), results)


@pytest.mark.parametrize("function", EXERCISES)
def test_the_example_of_the_check_gives_the_public_figures(function):
    spec = EXERCISES[function]
    first, *others = expected_calls(function)
    assert len(others) == len(spec.inference.further_examples)
    tolerance = spec.result.tolerance
    assert not first_difference(
        {key: spec.result.public_part(first.result)[key] for key in spec.result.values()}
        if tolerance.extra_keys
        else spec.result.public_part(first.result),
        spec.result.values(),
        rtol=tolerance.rtol,
        atol=tolerance.atol,
    )
    assert first.verdict == spec.result.verdict


@pytest.mark.parametrize("name", NAMES)
def test_no_hidden_case_is_a_public_example(name):
    for case in load_cases(name):
        if not case.stubs:  # another right or wrong function is called there
            for example in examples_of(case.function):
                assert first_difference(case.arguments(), example.arguments()), case.name


def test_results_of_every_kind_come_back_as_they_were_kept():
    result = ({"D1": np.array([[1, 0]]), "b1": np.zeros((2, 1))}, (np.float64(3.5), 2))
    entry = json.loads(json.dumps(encoded(Call(result, verdict="right"))))
    back = decoded(entry["result"])
    assert not first_difference(back, result)
    assert back[0]["D1"].dtype == int
    assert entry["verdict"] == "right"
    entry["result"]["tuple"][1]["tuple"][0] += 1e-3
    assert first_difference(decoded(entry["result"]), result)


def test_a_result_that_has_changed_is_noticed():
    kept = public_results(["initialize_parameters_he"], {"initialize_parameters_he": he(2)})
    assert agree(kept, kept)
    other = public_results(["initialize_parameters_he"], {"initialize_parameters_he": he(3)})
    assert not agree(kept, other)


def he(factor):
    def initialize_parameters_he(layers_dims):
        rng = np.random.RandomState(3)
        return {"W1": rng.randn(*layers_dims[1::-1]) * np.sqrt(factor / layers_dims[0])}

    return initialize_parameters_he
