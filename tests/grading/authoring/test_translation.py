"""Notebooks in other languages: the same code as the English text, and built into one course."""

import shutil

import pytest

from grading.authoring.build import build, build_source
from grading.cli import main
from grading.errors import BadNotebook
from grading.notebook.cells import code_cells, language_of, read_notebook
from tests.harness import COURSE

CHINESE = "zh_CN"
NAME = "initialization"
LANGUAGES = sorted(path.name for path in (COURSE.root / "notebooks").iterdir() if path.is_dir())
TRANSLATED = [(language, name) for language in LANGUAGES for name in COURSE.translations(language)]


def rewrite(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_there_is_a_chinese_edition():
    assert (CHINESE, NAME) in TRANSLATED


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_is_one_of_todays_english_text(language, name, course):
    build_source(course, name, language)
    english, translated = (
        code_cells(read_notebook(path)) for path in (COURSE.source(name), course.source(name))
    )
    graded = [
        [(cell.id, cell.points, cell.solution, cell.grade, cell.demo) for cell in cells]
        for cells in (english, translated)
    ]
    assert graded[0] == graded[1]
    for cell, other in zip(english, translated):
        assert hidden_tests(cell.source) == hidden_tests(other.source)


def hidden_tests(source):
    return source.partition("### BEGIN HIDDEN TESTS")[2]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_the_release_names_its_language_and_chooses_it_for_the_student(course):
    build(course, NAME, CHINESE)
    for path in (course.source(NAME), course.release(NAME)):
        notebook = read_notebook(path)
        assert language_of(notebook) == CHINESE
        first = code_cells(notebook)[0].source
        assert "本笔记本需要 course_utils" in first
        assert 'from course_utils.messages import use_language\nuse_language("zh_CN")\n' in first
    build(course, NAME)
    assert course.source(NAME).read_bytes() == COURSE.source(NAME).read_bytes()
    assert course.release(NAME).read_bytes() == COURSE.release(NAME).read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("range(1, L):", "range(L):", "in cell initialize_parameters_zeros there is"),
        ('"W" + str(l)', '"w" + str(l)', "in cell initialize_parameters_zeros there is"),
        ('random/deep"', 'random/shallow"', "in cell initialize_parameters_random-depth"),
        ('"points": 16', '"points": 17', "in cell initialize_parameters_he-weights the metadata"),
        ("        ### END SOLUTION\n", "", "in cell initialize_parameters_zeros there is"),
        ("    return parameters", "      return parameters", "in cell .*-?zeros there is a syntax"),
        ("num_iterations=15_000", "num_iterations=15", "in cell helpers there is"),
        ('parameters["W1"][:3]', 'parameters["W2"][:3]', "in cell no. "),
        ("# %% [markdown]\n# ## 2.", "# %%\n# ## 2.", "it has code cell where the English text"),
    ],
)
def test_other_code_than_the_english_is_refused_by_name(old, new, said, course):
    text = course.text(NAME, CHINESE)
    before = course.source(NAME).read_bytes()
    rewrite(text, (old, new))
    with pytest.raises(BadNotebook, match=rf"zh_CN/initialization\.py: {said}"):
        build_source(course, NAME, CHINESE)
    assert course.source(NAME).read_bytes() == before


def test_what_is_only_shown_may_be_in_other_words(course):
    rewrite(course.text(NAME, CHINESE), ("训练之后 W1 的前三行", "训练后 W1 的前三行"))
    build_source(course, NAME, CHINESE)


def test_a_translation_of_an_older_text_says_so(course):
    rewrite(course.text(NAME), ("Where should the weights start?", "Where do weights start?"))
    with pytest.raises(BadNotebook, match="it translates an older English text") as refused:
        build_source(course, NAME, CHINESE)
    digest = str(refused.value).partition("course_english: ")[2].split()[0]
    header = course.text(NAME, CHINESE).read_text(encoding="utf-8").partition("course_english: ")
    rewrite(course.text(NAME, CHINESE), (header[2].split("\n")[0], digest))
    build_source(course, NAME, CHINESE)


def test_what_is_not_translated_is_named_before_anything_is_built(course, capsys):
    assert main(["--root", str(course.root), "build", "--language", CHINESE]) == 2
    said = capsys.readouterr().err
    missing = ", ".join(name for name in course.assignments if name != NAME)
    assert f"notebooks/zh_CN/ has no text of {missing}." in said
    assert "Name one that is there: initialization" in said
    assert language_of(read_notebook(course.source(NAME))) == "en"
    assert main(["--root", str(course.root), "build", "--language", "xx", NAME]) == 2
    assert "There is no language 'xx'. Known: en, zh_CN." in capsys.readouterr().err
    shutil.rmtree(course.root / "notebooks" / CHINESE)
    assert main(["--root", str(course.root), "build", "--language", CHINESE, NAME]) == 2
    assert "There is none yet" in capsys.readouterr().err
