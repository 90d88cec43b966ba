"""Notebooks in other languages run clean and keep the form of the English ones."""

import functools
import itertools
import re

import pytest
from nbclient import NotebookClient

from grading.authoring.build import source_from_text
from grading.authoring.translation import choose_language
from tests.harness import COURSE
from tests.notebooks.numbers_in_text import numbers_not_shown
from tests.notebooks.test_notebooks import CELL_SECONDS, outputs_of

# To run a notebook takes as long as the English one; that both are in step is a quick test of
# grading/authoring.
pytestmark = pytest.mark.long

LANGUAGES = sorted(path.name for path in (COURSE.root / "notebooks").iterdir() if path.is_dir())
TRANSLATED = [(language, name) for language in LANGUAGES for name in COURSE.translations(language)]
# By language: how the words below a picture begin, and a letter of the language.
FORMS = {"zh_CN": ("*图：", "[\u4e00-\u9fff]")}


@functools.cache
def executed(language, name):
    """A translated notebook after it ran top to bottom in a real kernel, as for a student."""
    notebook = source_from_text(COURSE.text(name, language).read_text(encoding="utf-8"))
    choose_language(notebook, language)
    NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={}).execute()
    return notebook


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translated_notebook_runs_without_a_word_on_standard_error(language, name):
    """Also none on characters that a font lacks."""
    outputs = [output for cell in executed(language, name).cells for output in outputs_of(cell)]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert [output for output in outputs if output.output_type == "error"] == []


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_every_picture_is_followed_by_words_in_the_language(language, name):
    below, letter = FORMS[language]
    for cell, following in itertools.pairwise(executed(language, name).cells):
        if any("image/png" in output.get("data", {}) for output in outputs_of(cell)):
            assert following.source.startswith(below), cell.source
        if cell.cell_type == "markdown":
            assert re.search(letter, cell.source)


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_what_a_student_calls_answers_in_the_language(language, name):
    """Checks, progress, explorers: all that the cells of the notebook show as text."""
    letter = FORMS[language][1]
    calls = re.compile(r"^(check|progress|explore_\w+|hint|guess|reveal|self_test)\(", re.MULTILINE)
    answers = {
        cell.source: str(outputs_of(cell))
        for cell in executed(language, name).cells
        if cell.cell_type == "code" and calls.search(cell.source)
    }
    assert len(answers) >= 4
    assert [source for source, shown in answers.items() if not re.search(letter, shown)] == []


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_every_number_in_a_translated_text_is_shown_by_the_notebook(language, name):
    assert numbers_not_shown(executed(language, name)) == []
