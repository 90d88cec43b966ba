"""Every language has every sentence of the packages, with the slots of the English one."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import course_utils
import grading

PACKAGES = [Path(package.__file__).parent for package in (course_utils, grading)]
ENGLISH = sorted(path for package in PACKAGES for path in package.rglob("en.po"))
TRANSLATIONS = [
    pytest.param(path.with_name("en.po"), path, id=f"{path.parent.name}-{path.stem}")
    for english in ENGLISH
    for path in sorted(english.parent.glob("*.po"))
    if path != english
]
# Folders in which a language must have a catalogue; those of assignments are up to authors.
COMPLETE = [package / "messages" for package in PACKAGES]


def forms_by_code(path):
    """{code: the forms of its sentence}"""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    assert not any(entry.fuzzy for entry in catalogue if entry.id)
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: (
            [entry.string] if isinstance(entry.string, str) else list(entry.string)
        )
        for entry in catalogue
        if entry.id
    }


def slots_of(sentence):
    """{name of a slot: how its value is written}"""
    return {name: spec for _, name, spec, _ in string.Formatter().parse(sentence) if name}


def languages_in(folder):
    return sorted(path.stem for path in folder.glob("*.po"))


def test_the_packages_have_the_same_languages():
    assert languages_in(COMPLETE[0]) == languages_in(COMPLETE[1])
    assert "zh_CN" in languages_in(COMPLETE[0])


@pytest.mark.parametrize(("english", "path"), TRANSLATIONS)
def test_a_translation_has_the_codes_of_the_english_catalogue(english, path):
    wanted, found = forms_by_code(english), forms_by_code(path)
    assert sorted(wanted.keys() - found.keys()) == []
    assert sorted(found.keys() - wanted.keys()) == []
    assert [code for code, forms in found.items() if not all(forms)] == []


@pytest.mark.parametrize(("english", "path"), TRANSLATIONS)
def test_a_translation_has_the_slots_of_the_english_sentence(english, path):
    wanted = forms_by_code(english)
    differing = [
        code
        for code, forms in forms_by_code(path).items()
        for sentence in forms
        if code in wanted and slots_of(sentence) != slots_of(wanted[code][-1])
    ]
    assert differing == []


@pytest.mark.parametrize(("english", "path"), TRANSLATIONS)
def test_no_sentence_of_a_translation_was_left_in_english(english, path):
    wanted = forms_by_code(english)
    same = [code for code, forms in forms_by_code(path).items() if forms[-1] == wanted[code][-1]]
    assert [
        code for code in same if words_in(wanted[code][-1]) - {"dtype", "layers_dims", "None"}
    ] == []


def words_in(sentence):
    """What stands beside the slots of a sentence, without signs and numbers."""
    beside = " ".join(text for text, *_ in string.Formatter().parse(sentence))
    return {word for word in re.split(r"[^A-Za-z_]+", beside) if word}
