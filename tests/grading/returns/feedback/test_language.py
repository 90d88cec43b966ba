"""A course in another language: what is said of a submission is said in it, and in it alone."""

import html
import json
import re

import pytest

from course_utils.messages import in_language, language
from course_utils.messages.catalogue import known_codes, template_of
from grading.authoring.build import build
from grading.authoring.sample_class import samples_of
from grading.diagnosis.catalogue import wrong_versions
from grading.notebook.cells import read_notebook
from grading.pipeline.grade import grade
from grading.returns.feedback import write_feedback
from tests.classes import HE, NAME, cell_of, hand_in, sample
from tests.harness import copy_course

CHINESE = "zh_CN"
SCALED = """# GRADED FUNCTION: initialize_parameters_he
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = 0.7 * np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""
FAN_OUT = SCALED.replace("0.7 * np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[l])")
JOINED = SCALED.replace('"W" + str(l)', '"W" + l')


@pytest.fixture(scope="module")
def class_of_two_languages(tmp_path_factory):
    """A graded course: initialization in Chinese, gradient checking in English."""
    course = copy_course(tmp_path_factory.mktemp("languages"))
    for name in (NAME, "gradient_checking"):
        build(course, name, CHINESE if name == NAME else "en")
    solved = {label.student: label.notebook for label in samples_of(course, NAME, 0)}
    for student, code in {"0.7": SCALED, "fan-out": FAN_OUT, "joined": JOINED}.items():
        notebook = solved["sample-all-right-a"]
        cell_of(notebook, HE).source = code
        hand_in(course, student, notebook)
    for label in ("blank", "syntax-error"):
        hand_in(course, label, solved[f"sample-{label}"])
    hand_in(course, "cut-off", '{"cells": [')
    hand_in(course, "english", sample("blank", "gradient_checking"), "gradient_checking")
    for name in (NAME, "gradient_checking"):
        grade(course, name)
        assert write_feedback(course, name) == []
    return course


def page_and_report(course, student, name=NAME):
    folder = course.root / "feedback" / student / name
    page = (folder / f"{name}.html").read_text(encoding="utf-8")
    return page, json.loads((folder / "feedback.json").read_text(encoding="utf-8"))


def finding_of(report, name=HE):
    return next(function["finding"] for function in report["functions"] if function["name"] == name)


def test_a_known_mistake_has_its_chinese_words(class_of_two_languages):
    page, report = page_and_report(class_of_two_languages, "fan-out")
    (mistake,) = [version for version in wrong_versions(HE) if version.name == "fan-out"]
    finding = finding_of(report)
    assert finding["kind"] == "mistake"
    assert finding["found"] == mistake.words[CHINESE].found
    assert finding["question"] == mistake.words[CHINESE].question
    assert finding["found"] in page


def test_what_was_observed_is_said_in_chinese_and_has_the_same_code(class_of_two_languages):
    page, report = page_and_report(class_of_two_languages, "0.7")
    finding = finding_of(report)
    assert finding["code"] == "value.factor.entries"
    assert "的每个元素都是正确值乘以 0.7。" in finding["found"]
    assert finding["found"] in page
    assert finding_of(page_and_report(class_of_two_languages, "joined")[1])["question"].endswith(
        "？"
    )


def test_the_visible_check_of_the_grader_speaks_it_too(class_of_two_languages):
    notebook = read_notebook(class_of_two_languages.autograded("fan-out", NAME))
    (output,) = [
        output
        for output in cell_of(notebook, f"{HE}-check").outputs
        if output.output_type == "error"
    ]
    assert "还没有通过" in output.evalue


def test_the_ideas_of_the_tests_are_those_of_the_chinese_notebook(class_of_two_languages):
    _, report = page_and_report(class_of_two_languages, "blank")
    ideas = [test["idea"] for function in report["functions"] for test in function["tests"]]
    assert len(ideas) == 17
    assert all(re.search("[\u4e00-\u9fff]", idea) for idea in ideas)


@pytest.mark.parametrize(
    "student", ["0.7", "fan-out", "joined", "blank", "syntax-error", "cut-off"]
)
def test_no_english_sentence_of_ours_is_on_a_page(student, class_of_two_languages):
    page, report = page_and_report(class_of_two_languages, student)
    text = html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))
    shown = re.sub(r"\s+", " ", text) + json.dumps(report, ensure_ascii=False)
    assert [sentence for sentence in english_pieces() if sentence in shown] == []


def english_pieces():
    """What stands between the slots of English sentences, where it is longer than three words."""
    with in_language("en"):
        templates = [template_of(code, 2) for code in known_codes() if not code.endswith(".input")]
    pieces = [piece for text in templates for piece in re.split(r"\{[^}]*\}|\n", text)]
    return {piece.strip() for piece in pieces if len(piece.split()) > 3}


def test_an_english_notebook_of_the_same_course_stays_english(class_of_two_languages):
    page, report = page_and_report(class_of_two_languages, "english", "gradient_checking")
    assert finding_of(report, "gradient_check")["found"] == "The exercise is still to be done."
    assert not re.search("[\u4e00-\u9fff]", page)


def test_the_grader_itself_is_left_in_english(class_of_two_languages):
    assert language() == "en"
