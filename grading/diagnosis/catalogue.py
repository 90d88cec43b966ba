"""The catalogue: known wrong versions of every graded function, with what to say to whoever made one.

`grading/assignments/NAME/mistakes/FUNCTION.toml` holds tables [wrong.NAME], and [right.NAME] for odd versions that must never be accused.
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
    """One version of a graded function. idea: "FUNCTION.NAME" of the mistake, the same for twins that always act alike.

    found, question: for the student; example: a key of the function's worked examples; title: for instructors
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
    own = dict(names)
    exec(_compiled(function, code), own)
    return own[function]


@functools.cache
def _compiled(function: str, code: str) -> CodeType:
    return compile(code, f"<{function}>", "exec")


def known_functions() -> list[str]:
    """The functions that have a catalogue."""
    return list(mistake_files())


@functools.cache
def wrong_versions(function: str) -> tuple[Version, ...]:
    """The known mistakes of a function, in the order of the catalogue; none for a function without one."""
    tables = _read(function).get("wrong", {})
    return tuple(_wrong(function, name, tables) for name in tables)


@functools.cache
def right_versions(function: str) -> tuple[Version, ...]:
    """Odd but right versions of a function."""
    tables = _read(function).get("right", {})
    return tuple(
        Version(function, name, table["code"], table["title"]) for name, table in tables.items()
    )


def _read(function: str) -> dict[str, Any]:
    path = mistake_files().get(function)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCatalogue(path, f"it cannot be read ({error})") from error


def _wrong(function: str, name: str, tables: dict[str, dict[str, str]]) -> Version:
    table = tables[name]
    twin = table.get("same_as", name)
    try:
        words = {key: tables[twin][key] for key in ("found", "question", "example", "topic")}
        return Version(function, name, table["code"], table["title"], f"{function}.{twin}", **words)
    except KeyError as error:
        raise BadCatalogue(mistake_files()[function], f"[wrong.{name}] has no {error}") from error
