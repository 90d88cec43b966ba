"""Messages become words in the language in use."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from course_utils import messages
from course_utils.messages import (
    Message,
    Verbatim,
    catalogue,
    first_known,
    in_language,
    language,
    message,
    use_language,
)

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plural};\\n"

"""
ENGLISH = (
    PO.format(plural="nplurals=2; plural=(n != 1)")
    + """
msgid "trial.right"
msgid_plural "trial.right"
msgstr[0] "{names} is right."
msgstr[1] "{names} are right."

msgid "trial.step"
msgstr "A step is {times:.3g} times {step}."

msgid "trial.english"
msgstr "Only in English: {what}"
"""
)
CHINESE = (
    PO.format(plural="nplurals=1; plural=0")
    + """
msgid "trial.right"
msgid_plural "trial.right"
msgstr[0] "{names} 正确。"
"""
)


@pytest.fixture(autouse=True)
def trial_catalogues(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "_folders", list(catalogue._folders))
    (tmp_path / "en.po").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "zh_CN.po").write_text(CHINESE, encoding="utf-8")
    messages.register_catalogues(tmp_path)
    yield
    catalogue._sentences.cache_clear()


def right(*names):
    return message("trial.right", len(names), names=names)


def test_one_and_several():
    assert str(right("W1")) == "W1 is right."
    assert str(right("W1", "b1")) == "W1 and b1 are right."
    assert str(right("W1", "b1", "W2")) == "W1, b1 and W2 are right."


def test_of_a_long_row_the_first_are_named():
    names = [f"W{layer}" for layer in range(1, 8)]
    assert str(right(*names)) == "W1, W2, W3 and 4 more are right."


def test_another_language_in_a_block():
    with in_language("zh_CN"):
        assert str(right("W1", "b1")) == "W1 和 b1 正确。"
    assert language() == "en"
    assert str(right("W1")) == "W1 is right."


def test_a_chosen_language_is_that_of_all_threads():
    """A slider's callback runs in a context of its own."""
    try:
        use_language("zh_CN")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(language).result() == "zh_CN"
    finally:
        use_language("en")


def test_what_is_not_translated_is_english():
    with in_language("zh_CN"):
        assert str(message("trial.english", what=right("W1"))) == "Only in English: W1 正确。"


def test_numbers_are_formatted_by_the_template():
    assert str(message("trial.step", times=2.00001, step="epsilon")) == "A step is 2 times epsilon."


def test_a_students_braces_are_text():
    said = message("trial.english", what=Verbatim("{names} {0}"))
    assert str(said) == "Only in English: {names} {0}"


def test_messages_are_values():
    assert right("W1") == Message("trial.right", (("names", ("W1",)),), 1)
    assert len({right("W1"), right("W1"), right("b1")}) == 2
    nested = message("trial.english", what=right("W1"))
    assert nested.as_data() == {
        "code": "trial.english",
        "what": {"code": "trial.right", "names": ["W1"]},
    }


def test_the_first_code_that_has_a_sentence():
    assert first_known(["trial.none", "trial.step", "trial.right"], times=1, step="h") == message(
        "trial.step", times=1, step="h"
    )
    assert first_known(["trial.none"]) is None


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(ValueError, match=r"'xx'\. There are: en, zh_CN\."):
        use_language("xx")
    assert language() == "en"


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        str(message("trial.none"))
