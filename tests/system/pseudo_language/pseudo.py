"""A language in which every template of ours is bracketed, and what stands outside its brackets.

In "{first} and {last}" the word between the slots is bracketed, and the slots are not: what fills a
slot is looked at like everything else.
"""

import html
import json
import re
import string
from collections.abc import Iterable

from babel.messages.pofile import read_po, write_po

from grading.authoring.build import source_from_text
from grading.authoring.translation import ENGLISH, digest_of

LANGUAGE = "qps"  # as others call such a language
OPEN, CLOSE = "⟦⟧"
BRACKETED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
# Three words of letters in a row: what is shorter is a name, or a row of names.
SENTENCE = re.compile(r"(?<![\w.])[A-Za-z]{2,}(?:['’-][a-z]+)?(?:[,;:]? [A-Za-z]{2,}){2,}")
# What Python says of an error, up to the end of the line or the next template of ours.
PYTHON_ERROR = re.compile(rf"\b[A-Z]\w*(?:Error|Exception|Interrupt): [^{OPEN}\n]*")
LETTER = re.compile(r"[^\W\d_]")
MISTAKE_WORDS = re.compile(r'^en\.(title|found|question) = (".*")$', re.MULTILINE)


def bracketed(template: str) -> str:
    """The template with brackets around whatever stands between its slots."""
    return "".join(
        _in_brackets(text) + _slot(name, spec, conversion)
        for text, name, spec, conversion in string.Formatter().parse(template)
    )


def add_language(root) -> None:
    """Give the copy of the course in `root` the new language, wherever words stand by language."""
    for path in root.rglob("en.po"):
        _write_catalogue(path)
    for path in root.glob("grading/assignments/*/mistakes/*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(MISTAKE_WORDS.sub(_and_bracketed, text), encoding="utf-8")
    for path in root.glob("course_utils/assignments/*/fingerprints.json"):
        table = json.loads(path.read_text(encoding="utf-8"))
        for mistake in (mistake for mistakes in table.values() for mistake in mistakes):
            english = mistake["words"]["en"]
            mistake["words"][LANGUAGE] = {key: _mark(text) for key, text in english.items()}
        path.write_text(json.dumps(table), encoding="utf-8")
    texts = root / "notebooks" / LANGUAGE
    texts.mkdir()
    for path in root.glob("notebooks/*.py"):
        english = path.read_text(encoding="utf-8")
        header = f"# jupyter:\n#   {ENGLISH}: {digest_of(source_from_text(english))}\n"
        translated = english.replace("# jupyter:\n", header, 1)
        (texts / path.name).write_text(translated, encoding="utf-8")


def english_sentences(texts: Iterable[str], verbatim: str) -> set[str]:
    """The sentences outside brackets. verbatim: all that is not ours, such as a student's code"""
    known = _plain(verbatim)
    found = {
        sentence
        for text in texts
        for line in _without_markup(text).split("\n")
        for sentence in SENTENCE.findall(BRACKETED.sub(" | ", PYTHON_ERROR.sub(" | ", line)))
    }
    return {sentence for sentence in found if _plain(sentence) not in known}


def _without_markup(text: str) -> str:
    """The words of HTML, one element a line; any other text stays."""
    if "</" not in text:
        return text
    attributes = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', text)
    bare = re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.DOTALL)
    words = re.sub(r"</?(?:code|strong|span|a|wbr)\b[^>]*>", " ", bare)
    return html.unescape("\n".join([re.sub(r"<[^>]*>", "\n", words), *attributes]))


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text)


def _write_catalogue(english) -> None:
    with english.open("rb") as file:
        catalogue = read_po(file)
    for entry in catalogue:
        if entry.id:
            forms = entry.string
            one = isinstance(forms, str)
            entry.string = bracketed(forms) if one else tuple(map(bracketed, forms))
    with english.with_name(f"{LANGUAGE}.po").open("wb") as file:
        write_po(file, catalogue)


def _and_bracketed(line: re.Match) -> str:
    marked = json.dumps(_mark(json.loads(line[2])), ensure_ascii=False)
    return f"{line[0]}\n{LANGUAGE}.{line[1]} = {marked}"


def _in_brackets(text: str) -> str:
    """Bracket a text that has words; line by line, as the lines may be shown apart."""
    text = text.replace("{", "{{").replace("}", "}}")
    return "\n".join(_mark(line) if LETTER.search(line) else line for line in text.split("\n"))


def _mark(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def _slot(name: str | None, spec: str | None, conversion: str | None) -> str:
    if name is None:
        return ""
    return (
        "{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}"
    )
