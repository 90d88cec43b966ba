"""The reading grade of English: Flesch-Kincaid, in US school years.

Code, numbers, names such as W1 and the slots of a template are set aside. The terms that a course
on deep learning teaches count as easy words.
"""

import re

TERMS = re.compile(
    r"(?:activation|bias|cross-entropy|derivative|epsilon|example|function|gradient|initialization"
    r"|iteration|logarithm|numerator|parameter|penalty|regularization|variance)(?:e?s)?"
    r"|differentiat(?:e|ing)"
)
TERM_SYLLABLES = 2
CODE = re.compile(r"`[^`]*`|\{[^}]*\}|\S*[_()=\[\]/<>*+@\d]\S*?(?=[.,:;!?]*(?:\s|$))")
SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written and not spoken: those of takes, square, kept quotes, called.
SILENT = re.compile(
    r"(?:[^aeiouyl]e|[aeiou]le|[^aeiouylscxzgh]es|[aeiou]les|(?:[^aeioutdl]|[aeioul]l)ed)$"
)
# Two vowels that are spoken apart, as in area, being, idea, value, and those that only look so.
APART = re.compile(r"i[aou](?!us)|ua(?!r)|uo|e(?:o|yo|ing)|ea$|ying|[^q]ui(?=ng)|gradie")
TOGETHER = re.compile(r"[tsc]i(?:on|al|ous)|[gm]eo|llion|quo")
INSIDE = re.compile(r"(?:some|every|note|same|more|like|there|where)(?=[bnftw])")
LAYER = re.compile(r"(?<=[ao]y)er|algo|whoe")


def grade_of(text: str) -> float:
    """The school year from which on a text is easy to read."""
    words = words_of(text)
    sentences = [part for part in SENTENCE_END.split(CODE.sub(" ", text)) if WORD.search(part)]
    if not words:
        return 0.0
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def words_of(text: str) -> list[str]:
    """The words of a text that count."""
    return WORD.findall(CODE.sub(" ", text))


def syllables(word: str) -> int:
    """How many syllables an English word has; two for one of `TERMS`."""
    word = re.sub(r"['’]s?$", "", word.lower())
    if TERMS.fullmatch(word):
        return TERM_SYLLABLES
    found = len(VOWELS.findall(word)) - bool(SILENT.search(word)) - len(INSIDE.findall(word))
    found += len(APART.findall(word)) - len(TOGETHER.findall(word)) + len(LAYER.findall(word))
    return max(1, found)
