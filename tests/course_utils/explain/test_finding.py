"""Findings: how they are stored, and that each relation between values has its sentence."""

import json
from dataclasses import replace

import pytest

from course_utils.explain import KINDS, Finding, Observation, SourceLine, findings_from
from course_utils.explain.call import Call
from course_utils.explain.relations import RELATIONS
from course_utils.messages import Verbatim, finding_messages, message
from course_utils.messages.exercise_messages import ExerciseMessages
from tests.harness import ROOT

FINDING = Finding(
    kind="value",
    input_text=Verbatim("x = 2"),
    expected=Verbatim("a number"),
    got=Verbatim("3"),
    found=(Verbatim("The result is off."),),
    question=Verbatim("Why?"),
    example=Verbatim("1 + 1 is 2"),
    line=SourceLine(2, "return 3"),
    relation="offset",
    located=True,
)
SCHEMA_FILE = ROOT / "docs" / "instructors" / "feedback.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def test_what_is_stored_of_a_finding_has_the_keys_of_the_public_format():
    for_students = SCHEMA["$defs"]["finding"]["required"]
    assert {*FINDING.as_dict()} >= {*for_students, "idea", "title", "topic", "code", "line"}
    assert FINDING.as_dict()["tried"] == "x = 2"


def test_the_kinds_are_those_of_the_public_format():
    kinds = SCHEMA["$defs"]["finding"]["properties"]["kind"]["enum"]
    assert sorted(kinds) == sorted(KINDS)


def test_a_finding_comes_back_as_it_was_stored():
    stored = FINDING.as_dict()
    assert Finding.from_dict(stored).as_dict() == stored


def test_a_finding_of_an_earlier_version_has_no_code_and_no_line():
    stored = FINDING.as_dict()
    del stored["code"], stored["line"]
    finding = Finding.from_dict(stored)
    assert (finding.code, finding.line, finding.found_text) == ("value", None, "The result is off.")


def test_the_code_of_what_was_found_outlives_its_words():
    found = (message("finding.more"), Verbatim("And more."))
    finding = replace(FINDING, found=found)
    assert finding.code == "finding.more"
    assert Finding.from_dict(finding.as_dict()).code == "finding.more"


def test_the_line_of_an_error_is_a_row():
    assert ("your line", "line 2: `return 3`") in FINDING.rows()
    assert "  your line line 2: `return 3`\n" in FINDING.as_text("f")


def test_every_relation_has_a_sentence():
    composed = ("plain", "stream", "holds", "term", "apart", "swap")
    assert set(finding_messages.RELATIONS) == {*RELATIONS, *composed}


@pytest.mark.parametrize(
    ("actual", "expected", "relation", "located"),
    [
        ({"W1": -2.0}, {"W1": 2.0}, "sign", False),
        ({"W1": 7.0, "b1": 1.0}, {"W1": 2.0, "b1": 1.0}, "plain", True),
    ],
)
def test_a_finding_knows_the_relation_it_tells(actual, expected, relation, located):
    observation = Observation("it", Call(actual), Call(expected))
    (finding,) = findings_from([observation], ExerciseMessages())
    assert (finding.relation, finding.located) == (relation, located)
