"""The class report: right numbers, safe and self-contained markup, fair judgement of copies."""

import copy
import re
import shutil
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell

from grading.authoring.sample_class import make_sample_class
from grading.cli import main
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.pipeline.grade import grade
from grading.returns.class_report.class_data import ClassData, read_class_data
from grading.returns.class_report.common_mistakes import common_mistakes, strip_comments
from grading.returns.class_report.page import render
from grading.returns.class_report.similarity import find_similar
from grading.returns.score_table import read_table
from tests.classes import HE, NAME, cell_of, hand_in, sample

EVIL = "<script>alert(1)</script>"


class Outline(HTMLParser):
    """What a browser makes of a page: tags with their attributes, and the text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.text += " "
        if tag not in ("meta", "img", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> where <{self.open}> is open"

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def graded(released_course, tmp_path_factory):
    """The sample class, an unreadable and a hostile submission, and one flagged for a person."""
    course = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("report") / "course")
    )
    make_sample_class(course, NAME)
    hand_in(course, "unreadable", "{")
    hand_in(course, EVIL.replace("/", "|"), hostile())
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-blank").needs_manual_grade = True
        gradebook.db.commit()
    hand_in(course, "later", sample("all-right-a"))
    return course


def hostile():
    """A notebook whose code and error hold markup."""
    notebook = sample("wrong-3")
    cell = cell_of(notebook, HE)
    cell.source = (
        f"# GRADED FUNCTION: {HE}\ndef {HE}(layers_dims):  # by its author\n"
        f"    raise ValueError('{EVIL}' + '</pre>')"
    )
    notebook.cells.append(new_code_cell(f"'{EVIL}'", id="own"))
    return notebook


@pytest.fixture(scope="module")
def page(graded):
    return render(read_class_data(graded, NAME))


def test_scores_flags_and_reasons_are_the_gradebook_s(graded):
    class_data = read_class_data(graded, NAME)
    assert {
        submission.recorded.student: submission.recorded.score
        for submission in class_data.submissions
    } == {row.student: row.score for row in read_table(graded, NAME)}
    assert class_data.missing == ["later"]
    assert [
        submission.recorded.student for submission in class_data.submissions if submission.attention
    ] == ["unreadable"]
    assert all(
        submission.seconds for submission in class_data.submissions if not submission.attention
    )
    found = {
        (mistake.function, mistake.title): mistake.count for mistake in common_mistakes(class_data)
    }
    assert found[(HE, "not done yet")] == 1
    assert found[(HE, "other: an error")] == 1


def test_the_page_needs_nothing_from_elsewhere_and_obeys_no_student(page):
    outline = Outline(page)
    assert outline.open == []
    assert not outline.all("script")
    assert not outline.all("link")
    assert "onerror" not in page
    for tag, attribute in (("img", "src"), ("a", "href")):
        assert all(
            found[attribute].startswith(("data:image/svg+xml;base64,", "#"))
            for found in outline.all(tag)
        )
    assert not re.search(r"url\(|@import", page)
    assert EVIL in outline.text
    assert EVIL not in page


def test_the_page_can_be_read_by_machine_and_by_keyboard(page):
    outline = Outline(page)
    assert outline.all("html")[0]["lang"] == "en"
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in outline.tags}
    assert len(outline.all("h1")) == 1
    assert page.count("<caption>") == len(outline.all("table"))
    assert all("scope" in cell for cell in outline.all("th"))
    assert all(len(picture["alt"]) > 40 for picture in outline.all("img"))
    ids = [found["id"] for _, found in outline.tags if "id" in found]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in outline.all("a")} <= set(ids)
    assert "@media print" in page


def test_the_page_says_what_a_person_must_look_at(page):
    text = re.sub(r"\s+", " ", Outline(page).text)
    assert "15 submissions are graded; 2 could not be graded as they are" in text
    assert "unreadable could not be graded: The notebook is not JSON" in text
    assert "later handed in, but not graded yet" in text
    assert f"to be graded or reviewed by hand: {HE}-weights" in text
    assert "late by 1 d" in text
    assert "with 14 there are too few to say" in text


def test_examples_do_not_name_the_student(graded):
    class_data = read_class_data(graded, NAME)
    submission = next(
        submission
        for submission in class_data.submissions
        if submission.recorded.student == "sample-wrong-1"
    )
    submission.recorded.first_name, submission.recorded.student = "Someone", "s-unique-id"
    function = next(iter(submission.findings))
    submission.code[function] = (
        f"# Someone wrote this\nx = 'Someone, s-unique-id'\n{submission.code[function]}"
    )
    page = render(
        ClassData(NAME, class_data.items, [submission], class_data.starters, class_data.solutions)
    )
    assert "Someone" not in page
    assert "s-unique-id" not in page.partition('id="tests"')[0]
    assert "[student], [student]" in page


def test_the_command_writes_the_page(graded, capsys):
    assert main(["--root", str(graded.root), "report", NAME]) == 0
    assert "reports/initialization.html" in capsys.readouterr().out
    assert (
        (graded.root / "reports" / "initialization.html").read_text().startswith("<!DOCTYPE html>")
    )
    assert main(["--root", str(graded.root), "report", "regularization"]) == 2
    assert "course grade regularization" in capsys.readouterr().err


def test_comments_and_docstrings_go_and_strings_stay():
    code = 'def f(x):\n    """Doc\n    more."""\n    # mine\n    return "#1"  # me\n'
    assert strip_comments(code) == 'def f(x):\n    return "#1"'
    assert strip_comments("def f(:\n  # mine\n  x = 1  # me") == "def f(:\n  x = 1"


def test_the_known_solutions_of_the_course_are_no_evidence(graded):
    class_data = read_class_data(graded, NAME)
    wrong = next(
        submission
        for submission in class_data.submissions
        if submission.recorded.student == "sample-wrong-3"
    )
    class_data.submissions.extend(copy.deepcopy([wrong, wrong]))
    assert find_similar(class_data).pairs == []
