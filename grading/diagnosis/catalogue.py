"""The catalogue: known wrong versions of every graded function, with what to say about each.

`grading/assignments/NAME/mistakes/FUNCTION.toml` holds tables [wrong.NAME], and [right.NAME] for
odd but right versions, on which no finding may be made. The words of a mistake stand there by
language, `en.found` beside `zh_CN.found`; what a language lacks is said in English.
"""

import functools
import linecache
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from course_utils.messages import DEFAULT_LANGUAGE, language
from grading.assignments.registry import mistake_files
from grading.errors import BadCatalogue


@dataclass(frozen=True)
class Words:
    """What is said about a version in one language.

    title: what it does, for instructors
    found, question: what the student is told
    """

    title: str
    found: str = ""
    question: str = ""


@dataclass(frozen=True)
class Version:
    """One version of a graded function.

    words: by language
    idea: "FUNCTION.NAME" of the mistake; twins, which always give the same results, share one
    example: a key of the function's worked examples
    topic: what the mistake is about; several functions share a topic
    """

    function: str
    name: str
    code: str
    words: Mapping[str, Words] = field(hash=False)
    idea: str = ""
    example: str = ""
    topic: str = ""

    @property
    def title(self) -> str:
        """What it does, for instructors, in the language in use."""
        return self._words_in_use.title

    @property
    def found(self) -> str:
        """What the student is told, in the language in use."""
        return self._words_in_use.found

    @property
    def question(self) -> str:
        """What the student is asked, in the language in use."""
        return self._words_in_use.question

    @property
    def _words_in_use(self) -> Words:
        return self.words.get(language()) or self.words[DEFAULT_LANGUAGE]

    def define(self, names: dict[str, Any]) -> Callable:
        """The function, among copies of these names."""
        return define(self.function, self.code, names)


def define(function: str, code: str, names: dict[str, Any]) -> Callable:
    """The function that some code of our own defines, among copies of these names."""
    namespace = dict(names)
    exec(_compiled(function, code), namespace)
    return namespace[function]


@functools.cache
def _compiled(function: str, code: str) -> CodeType:
    name = f"<{function} {hash(code)}>"
    # So that the line of an error can be found, as it can in a notebook.
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    return compile(code, name, "exec")


def known_functions() -> list[str]:
    """The functions that have a catalogue."""
    return list(mistake_files())


@functools.cache
def wrong_versions(function: str) -> tuple[Version, ...]:
    """The known mistakes of a function in the order of the catalogue; without one, none."""
    tables = _load_tables(function).get("wrong", {})
    return tuple(_wrong_version(function, name, tables) for name in tables)


@functools.cache
def right_versions(function: str) -> tuple[Version, ...]:
    """Odd but right versions of a function."""
    tables = _load_tables(function).get("right", {})
    return tuple(
        Version(function, name, table["code"], {DEFAULT_LANGUAGE: Words(table["title"])})
        for name, table in tables.items()
    )


def _load_tables(function: str) -> dict[str, Any]:
    path = mistake_files().get(function)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCatalogue(path, f"it cannot be read ({error})") from error


def _wrong_version(function: str, name: str, tables: dict[str, dict[str, Any]]) -> Version:
    table = tables[name]
    twin = table.get("same_as", name)
    try:
        return Version(
            function,
            name,
            table["code"],
            _words_of(table, tables[twin]),
            idea=f"{function}.{twin}",
            example=tables[twin]["example"],
            topic=tables[twin]["topic"],
        )
    except KeyError as error:
        raise BadCatalogue(mistake_files()[function], f"[wrong.{name}] has no {error}") from error


def _words_of(table: dict[str, Any], twin: dict[str, Any]) -> dict[str, Words]:
    """The words of a mistake by language; of a twin only the title is its own."""
    languages = [
        DEFAULT_LANGUAGE,
        *(key for key, value in table.items() if isinstance(value, dict)),
    ]
    return {
        name: Words(table[name]["title"], twin[name]["found"], twin[name]["question"])
        for name in languages
    }
