"""Imports of notebooks that were released under former names of modules."""

import course_utils.check
import course_utils.hint

FORMER = """
from course_utils.checks import CheckFailed, Difference, check, describe, first_difference
from course_utils.checks import standing_in, verdict
from course_utils.hints import hint
from course_utils.progress import progress
from course_utils.submit import FILE_NAME, submit
"""


def test_a_notebook_that_was_released_before_still_finds_what_it_imports():
    names = {}
    exec(FORMER, names)
    assert names["check"] is course_utils.check.check
    assert names["CheckFailed"] is course_utils.check.CheckFailed
    assert names["hint"] is course_utils.hint.hint


def test_a_stub_under_its_former_name_takes_the_place_of_a_function():
    names = {}
    exec(f"{FORMER}\ndef one(): return 1\ndef two(): return one() + 1", names)
    with names["standing_in"](names["two"], {"one": lambda: 10}):
        assert names["two"]() == 11
    assert names["two"]() == 2
