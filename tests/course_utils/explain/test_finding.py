"""Findings: how they are stored, and that each relation between values has its sentence."""

import itertools
import json
import re
from dataclasses import replace

import pytest

from course_utils.explain import KINDS, Finding, Observation, SourceLine, findings_from
from course_utils.explain.call import Call
from course_utils.explain.candidates import Label
from course_utils.explain.explanation import Explanation
from course_utils.explain.random_draws import DRAWS, OtherDraws
from course_utils.explain.relation_sentences import sentences_on
from course_utils.explain.relations import RELATIONS
from course_utils.messages import Verbatim, in_language, message
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


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_texts_of_all_rows_begin_in_one_column(language):
    with in_language(language):
        rows, lines = FINDING.rows(), FINDING.as_text("f").split("\n")[1:]
    for (_, text), line in zip(rows, lines, strict=True):
        before = line.removesuffix(text)
        assert len(before) + len(re.findall("[\u4e00-\u9fff]", before)) == 12


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
    assert ("your line", "2: `return 3`") in FINDING.rows()
    assert "  your line 2: `return 3`\n" in FINDING.as_text("f")


# By relation, explanations that are told in sentences of their own.
EXPLANATIONS = {
    "factor": [Explanation("factor", "1/m"), Explanation("factor")],
    "rows": [Explanation("rows", place=place) for place in ("first", "last")],
    "columns": [Explanation("columns", place=place) for place in ("first", "last")],
    "stream": [
        Explanation("stream", draws=OtherDraws(kind, seed))
        for kind in (*DRAWS, None)
        for seed in (3, None)
        if kind or seed
    ],
}
ARRAYS = tuple(
    Label(how, ("W1", "A0")) for how in ("itself", "sum", "squares", "rows", "entries", "product")
)
COMPOSED = [
    Explanation(relation, factor, (first, second))
    for relation in ("holds", "term", "apart", "swap")
    for factor in ("1", "-1", "2/m", "")
    for first, second in itertools.pairwise((*ARRAYS, ARRAYS[0]))
]
OF_ARRAYS = {"opposite", "transposed", "signs", "order", "leak", "silent", "entries"}.union(
    relation for relation in RELATIONS if "row" in relation or "column" in relation
)  # relations that no single number can have


@pytest.mark.parametrize("is_array", [True, False])
@pytest.mark.parametrize("names", [[""], ["W1"], ["W1", "the layer sizes"]])
def test_every_explanation_has_a_sentence(names, is_array):
    explanations = COMPOSED + [
        explanation
        for relation in ("plain", "stream", *RELATIONS)
        for explanation in EXPLANATIONS.get(relation, [Explanation(relation)])
    ]
    for explanation in explanations:
        relation, changes = explanation.relation, not explanation.factor
        if not is_array and relation in OF_ARRAYS | {"stream"}:
            continue
        if changes and relation == "apart":
            continue  # proves nothing beside a share that changes too
        if not is_array and relation in ("holds", "term") and changes:
            continue  # proves nothing of single numbers
        if is_array and relation in ("larger", "smaller"):
            continue
        said = [f"{sentence}" for sentence in sentences_on(explanation, names, is_array)]
        assert said
        assert all(sentence.endswith(".") for sentence in said)
        is_untold = relation == "swap" or explanation.factor in ("1", "-1")
        assert is_untold or explanation.factor in " ".join(said)


@pytest.mark.parametrize(
    ("actual", "expected", "relation", "located"),
    [
        ({"W1": -2.0}, {"W1": 2.0}, "sign", False),
        ({"W1": 7.0, "b1": 1.0}, {"W1": 2.0, "b1": 1.0}, "plain", True),
    ],
)
def test_a_finding_knows_the_relation_it_tells(actual, expected, relation, located):
    observation = Observation(Verbatim("it"), Call(actual), Call(expected))
    (finding,) = findings_from([observation], ExerciseMessages())
    assert (finding.relation, finding.located) == (relation, located)
