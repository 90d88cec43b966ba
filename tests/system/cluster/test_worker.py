"""What travels to a worker and back."""

from dataclasses import replace

import pytest

from grading.cluster.worker import ask, hello, unpack
from grading.engine.code_fingerprint import course_version, differences
from grading.engine.job import Job, Result, decode, encode
from grading.isolation.limits import Limits
from tests.grading.engine.test_job import FINDING

JOB = Job(
    "initialization",
    b"the release",
    b"the source",
    b"the submission",
    {"data.csv": b"1,2"},
    ("a note",),
    Limits(memory=10**9),
)


def test_the_assignment_goes_with_the_greeting_and_the_submission_with_the_job():
    greeting, job = hello(JOB), ask(JOB)
    assert b"the source" in greeting
    assert b"the release" in greeting
    assert b"the submission" not in greeting
    assert b"the source" not in job
    assert b"the release" not in job
    brought = decode(unpack(greeting)["hello"], Job)
    asked = decode(unpack(job)["job"], Job)
    assert replace(asked, release=brought.release, source=brought.source) == JOB


def test_a_result_comes_back_as_it_was():
    result = Result(
        "{}",
        {"a": 1.5, "b": None},
        ["c"],
        ["note"],
        "",
        {"f": [FINDING.as_dict()]},
        {"tests": 0.25},
    )
    assert decode(encode(result), Result) == result


def test_half_a_character_in_a_submission_does_not_stop_it():
    assert decode(unpack(ask(replace(JOB, notes=("\ud800",))))["job"], Job).notes == ("?",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"numpy": "1.0"}, "numpy is 1.0 (here "),
        ({"grading/hidden.py": "other"}, "course differs (grading/hidden.py)"),
        (
            {"grading/assignments/initialization/cases.py": "x"},
            "assignment initialization differs (grading/assignments/initialization/cases.py)",
        ),
        (
            {"grading/assignments/initialization/mistakes/initialize_parameters_he.toml": "x"},
            "assignment initialization differs",
        ),
        (
            {"grading/assignments/regularization/cases.py": "x"},
            "course differs (grading/assignments/reg",
        ),
        ({"course_utils/new.py": "x"}, "course differs (course_utils/new.py)"),
        ({}, ""),
    ],
)
def test_a_difference_is_named(change, words):
    said = differences(course_version() | change, "initialization")
    assert words in said
    assert bool(said) == bool(change)


def test_many_differences_are_counted():
    other = {
        what: version
        for what, version in course_version().items()
        if not what.startswith("grading/")
    }
    assert "and " in differences(other, "initialization")
    assert "more files" in differences(other, "initialization")
