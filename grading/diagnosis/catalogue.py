"""The catalogue: known wrong versions of every graded function, with what to say about each.

`grading/assignments/NAME/mistakes/FUNCTION.toml` holds tables [wrong.NAME], and [right.NAME] for
odd but right versions, on which no finding may be made.
"""

import functools
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType
from typing import Any

from grading.assignments.registry import mistake_files
from grading.errors import BadCatalogue


@dataclass(frozen=True)
class Version:
    """One version of a graded function.

    title: what it does, for instructors
    idea: "FUNCTION.NAME" of the mistake; twins, which always give the same results, share one
    found, question: what the student is told
    example: a key of the function's worked examples
    topic: what the mistake is about; several functions share a topic
    """

    function: str
    name: str
    code: str
    title: str
    idea: str = ""
    found: str = ""
    question: str = ""
    example: str = ""
    topic: str = ""

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
    return compile(code, f"<{function}>", "exec")


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
        Version(function, name, table["code"], table["title"]) for name, table in tables.items()
    )


def _load_tables(function: str) -> dict[str, Any]:
    path = mistake_files().get(function)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCatalogue(path, f"it cannot be read ({error})") from error


def _wrong_version(function: str, name: str, tables: dict[str, dict[str, str]]) -> Version:
    table = tables[name]
    twin = table.get("same_as", name)
    try:
        texts = {key: tables[twin][key] for key in ("found", "question", "example", "topic")}
        idea = f"{function}.{twin}"
        return Version(function, name, table["code"], table["title"], idea=idea, **texts)
    except KeyError as error:
        raise BadCatalogue(mistake_files()[function], f"[wrong.{name}] has no {error}") from error
