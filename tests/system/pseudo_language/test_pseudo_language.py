"""No sentence of ours stands outside the catalogues: in a language in which every template is
bracketed, nothing that students read is left without brackets.
"""

import itertools
import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from nbformat import NotebookNode

from grading.authoring.sample_class import samples_of
from grading.course import Course
from grading.notebook.cells import read_notebook
from tests.classes import HE, NAME, cell_of, hand_in
from tests.harness import ROOT
from tests.system.pseudo_language.pseudo import (
    LANGUAGE,
    add_language,
    bracketed,
    english_sentences,
)

pytestmark = pytest.mark.long
HERE = Path(__file__).parent
SETTINGS = "\nc.RunIsolated.cell_seconds = 2\nc.RunIsolated.output = 20_000\n"
HEAD = f"# GRADED FUNCTION: {HE}\ndef {HE}(layers_dims):\n"
ANSWERS = {
    "none": HEAD + "    return None\n",
    "set": HEAD + "    return {1, 2}\n",
    "large": HEAD + "    return {'W1': np.zeros((3000, 3000))}\n",
    "undefined": HEAD + "    return {'W1': root(2)}\n",
    "call": HEAD + "    return {'W1': np.zeros(2, 3)}\n",
    "changes": HEAD + "    layers_dims[0] = 7\n    return {'W1': np.zeros((2, 3))}\n",
    "raises": HEAD + "    raise Exception({})\n",
    "endless": HEAD + "    while True: pass\n",
    "ended": HEAD + "    import os; os._exit(0)\n",
    "loud": "print('x' * 30_000)\n" + HEAD + "    return {}\n",
    "syntax": HEAD + "    return (\n",
    "loops-at-once": "while True: pass\n",
    "ends-at-once": "import os; os._exit(0)\n",
}
NO_NOTEBOOKS = {
    "text": b"text",
    "list": b"[1, 2]",
    "latin": '{"cells": "é"}'.encode("latin-1"),
    "deep": b"[" * 200_000,
    "empty": b"",
    "old": b'{"nbformat": 3}',
    "no-cells": b'{"nbformat": 4}',
    "many": b'{"nbformat": 4, "cells": [' + b"{}," * 60_000 + b"{}]}",
}
# What Python and its libraries say of files that are no notebooks or no data; names of languages.
NOT_OURS = """
Unterminated string starting at: line
Expecting value: line
Expecting ',' delimiter: line
Expecting property name enclosed in double quotes: line
Unable to synchronously open file (file signature not found)
Mat file appears to be truncated
Traceback (most recent call last)
en, qps, zh_CN
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course and its packages that speaks the new language."""
    root = tmp_path_factory.mktemp("pseudo")
    for name in ("course_utils", "grading", "notebooks"):
        no_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=no_caches)
    settings = (ROOT / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(settings + SETTINGS)
    add_language(root)
    _make_python(root)
    run(root, "-m", "grading", "build", "--language", LANGUAGE)
    return Course.at(root)


def _make_python(root):
    """A Python for which the packages of the copy are those that are installed.

    The processes that grade take nothing from the folder they start in, nor from the environment.
    """
    venv.create(root / "python", with_pip=False)
    (packages,) = root.glob("python/lib/*/site-packages")
    (root / "python/share").symlink_to(Path(sys.prefix) / "share")  # nbconvert's templates
    (packages / "copy.pth").write_text(f"{root}\n{sysconfig.get_path('purelib')}\n")


def run(root, *arguments, ends_with=0):
    """Run Python in the copy, with its packages: what it printed."""
    command = [root / "python/bin/python", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == ends_with, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def verbatim(course):
    """What is not ours to translate: notebooks, students' code, what Python says of it."""
    names = course.assignments
    notebooks = [read_notebook(course.release(name)) for name in names]
    notebooks += [sample.notebook for name in names for sample in samples_of(course, name, 0)]
    cells = [cell.source for notebook in notebooks for cell in notebook.cells]
    masks = [" ".join(row) for row in itertools.product(("True", "False"), repeat=3)]
    return "\n".join([*cells, *ANSWERS.values(), ", ".join(names), *masks, NOT_OURS])


@pytest.fixture(scope="module")
def surfaces(course):
    return json.loads(run(course.root, HERE / "surfaces.py"))


SURFACES = [
    "say_checks",
    "say_calls_of_the_api",
    "say_hints",
    "say_progress",
    "say_submit",
    "say_training",
    "say_plots",
    "say_questions",
    "say_explorers",
    "say_data",
]


@pytest.mark.parametrize("name", SURFACES)
def test_nothing_a_student_calls_says_a_sentence_of_its_own(name, surfaces, verbatim):
    assert surfaces.keys() == set(SURFACES)
    texts = surfaces[name]
    assert any("⟦" in text for text in texts)
    assert english_sentences(texts, verbatim) == set()


@pytest.fixture(scope="module")
def graded(course):
    """A class of students to whom everything happened, graded, with feedback."""
    samples = {sample.student: sample.notebook for sample in samples_of(course, NAME, 0)}
    solved = samples["sample-all-right-a"]
    for student in ("sample-blank", "sample-syntax-error", "sample-he-bias", "sample-wrong-1"):
        hand_in(course, student, samples[student])
    for student, code in ANSWERS.items():
        cell_of(solved, HE).source = code
        hand_in(course, student, solved)
    for student, content in NO_NOTEBOOKS.items():
        hand_in(course, student, content)
    hand_in(course, "other-name", b"text", filename="work.txt")
    copied = samples["sample-blank"]
    copied.cells.append(NotebookNode(cell_of(copied, HE) | {"id": "copy"}))
    hand_in(course, "copied", copied)
    deleted = samples["sample-wrong-1"]
    deleted.cells.remove(cell_of(deleted, HE))
    hand_in(course, "deleted", deleted)
    for name in course.assignments:
        for sample in samples_of(course, name, 0):
            if name != NAME and "wrong" in sample.student:
                hand_in(course, sample.student, sample.notebook, name)
    # Without a sandbox, in which this Python would not be found. 1: some could not be graded
    run(course.root, "-m", "grading", "grade", "--feedback", "--no-sandbox", ends_with=1)
    return course


def test_no_feedback_says_a_sentence_outside_the_catalogue(graded, verbatim):
    pages = sorted((graded.root / "feedback").rglob("*.html"))
    assert len(pages) > len(ANSWERS) + len(NO_NOTEBOOKS)
    reports = [json.loads(path.with_name("feedback.json").read_text()) for path in pages]
    texts = [*(page.read_text(encoding="utf-8") for page in pages), *texts_in(reports)]
    assert english_sentences(texts, verbatim) == set()
    assert all('<html lang="qps">' in page.read_text(encoding="utf-8") for page in pages)


def texts_in(value):
    """All texts in a value from JSON."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from texts_in(part)


def test_one_sentence_put_back_into_the_code_is_found(course, surfaces, verbatim):
    path = course.root / "course_utils" / "hint.py"
    source = path.read_text()
    call = 'message("hint.next", call='
    assert call in source
    try:
        path.write_text(
            source.replace(call, 'str("Still stuck? Then see the next step")[:99] or (')
        )
        texts = json.loads(run(course.root, HERE / "surfaces.py", "say_hints"))["say_hints"]
    finally:
        path.write_text(source)
    assert english_sentences(texts, verbatim) == {"Then see the next step"}
    assert english_sentences(surfaces["say_hints"], verbatim) == set()


def test_what_fills_a_slot_is_outside_the_brackets():
    template = bracketed("{name} is {times:.3g} times what it should be.")
    said = template.format(name="the last layer of it", times=2)
    assert said == "the last layer of it⟦ is ⟧2⟦ times what it should be.⟧"
    assert english_sentences([said], "") == {"the last layer of it"}
    assert english_sentences([said], "# the last layer of it all") == set()
    assert english_sentences(["<p>Your <b>last</b> layer</p><p>is here</p>"], "") == set()
    assert english_sentences(['<p><img alt="a picture of it"></p>'], "") == {"picture of it"}
