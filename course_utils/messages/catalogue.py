"""The catalogues of sentences, one file of gettext's format for each language and package.

A message's id is its code, such as "value.sign.entries", in every language, so that English is a
file like the others. A sentence that a language lacks is shown in English.
"""

import contextlib
import functools
import gettext
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

DEFAULT_LANGUAGE = "en"

_folders: list[Path] = [Path(__file__).parent]
_chosen = [DEFAULT_LANGUAGE]  # of the whole process: a slider's callback runs in no cell's context
_in_block: ContextVar[str | None] = ContextVar("language of a block", default=None)


def register_catalogues(folder: Path) -> None:
    """Take sentences also from the files LANG.po of this folder."""
    if folder not in _folders:
        _folders.append(folder)
        _sentences.cache_clear()


def language() -> str:
    """The language in which messages become words, such as "en" or "zh_CN"."""
    return _in_block.get() or _chosen[0]


def use_language(name: str) -> None:
    """Show all messages in this language from now on.

    name: such as "en" or "zh_CN"
    raises ValueError for a language without a catalogue; it names the ones there are
    """
    _require_known(name)
    _chosen[0] = name


@contextlib.contextmanager
def in_language(name: str) -> Iterator[None]:
    """Show messages in this language within the block, and later as before it.

    See `use_language`; a call of it within the block ends with the block.
    """
    _require_known(name)
    chosen, before = _chosen[0], _in_block.set(name)
    try:
        yield
    finally:
        _in_block.reset(before)
        _chosen[0] = chosen


def _require_known(name: str) -> None:
    if name not in known_languages():
        known = ", ".join(known_languages())
        raise ValueError(template_of("language.unknown").format(name=repr(name), known=known))


@functools.cache
def known_languages() -> tuple[str, ...]:
    """The languages for which the package has a catalogue."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.po")))


def known_codes(language_name: str = DEFAULT_LANGUAGE) -> list[str]:
    """The codes for which a language has a sentence, in the order of its files."""
    return list(_sentences(language_name))


def read_all() -> None:
    """Read the catalogues of all languages now: later, the files may be out of reach."""
    for name in known_languages():
        _sentences(name)


def has_sentence(code: str) -> bool:
    """Whether a code stands for a sentence."""
    return code in _sentences(DEFAULT_LANGUAGE)


def template_of(code: str, count: int | None = None) -> str:
    """The sentence of a code with its slots, in the language in use, else in English.

    count: of the things it speaks of, which chooses between its forms; None where it has one form
    raises KeyError for an unknown code
    """
    forms = _sentences(language()).get(code) or _sentences(DEFAULT_LANGUAGE)[code]
    return forms.of(count)


@dataclass(frozen=True)
class _Forms:
    """The forms of one sentence: one, or those for one thing and for several.

    plural: count -> position of its form, as the file's header says
    """

    forms: tuple[str, ...]
    plural: Callable[[int], int]

    def of(self, count: int | None) -> str:
        """The form for so many things. None: the first"""
        return self.forms[0 if count is None or len(self.forms) == 1 else self.plural(count)]


@functools.cache
def _sentences(language_name: str) -> dict[str, _Forms]:
    """{code: its forms} of all catalogues of one language."""
    found: dict[str, _Forms] = {}
    for folder in _folders:
        path = folder / f"{language_name}.po"
        if path.exists():
            found |= _read(path)
    return found


def _read(path: Path) -> dict[str, _Forms]:
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file, abort_invalid=True)
    plural = gettext.c2py(catalogue.plural_expr)
    entries = {}
    for entry in catalogue:
        code = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if code and any(forms):  # a sentence that is not yet translated is shown in English
            entries[code] = _Forms(forms, plural)
    return entries
