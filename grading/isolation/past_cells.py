"""The cells that a student process has behind it: a new process runs them again, in order.

A cell may be put off: it is passed over until something later fails for lack of a name that it
makes. Then a new process runs it, in its place among the others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

IDENTIFIER = re.compile(r"[^\W\d]\w*")
# Lines that give a meaning to a name without an equals sign.
BINDING_WORDS = ("import ", "from ", "def ", "class ", "for ", "with ", "async ", "global ", "%")
FUNCTION = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]", re.MULTILINE)


@dataclass
class PastCell:
    """One cell.

    seconds: that it may take to run again
    makes: the names that it gives a meaning, where somebody may have to ask
    put_off: whether it is passed over
    lacks: the name for lack of which it failed, "" where it did not
    """

    source: str
    seconds: float
    makes: frozenset[str] = frozenset()
    put_off: bool = False
    lacks: str = ""


def cells_put_off(cells: Sequence[PastCell], name: str, seen: frozenset[str]) -> list[PastCell]:
    """The cells put off that a name needs: its makers, and what a maker that failed lacked.

    seen: names for which this is being asked already
    """
    makers = [cell for cell in cells if name in cell.makes]
    found = [cell for cell in makers if cell.put_off]
    seen |= {name}
    for lacking in {cell.lacks for cell in makers} - seen - {""}:
        found += cells_put_off(cells, lacking, seen)
    return found


def first_needed(cells: Sequence[PastCell], names: Iterable[object]) -> list[PastCell]:
    """The cells put off for the first of some names that needs any."""
    texts = (name for name in names if isinstance(name, str) and name)
    return next(filter(None, (cells_put_off(cells, name, frozenset()) for name in texts)), [])


def names_bound_in(source: str) -> frozenset[str]:
    """The names to which a cell may give a meaning, by a look at its lines.

    A student's text is not parsed here: a strange one can take any time. A name too many does no
    harm.
    """
    names: set[str] = set()
    for line in source.splitlines():
        left, equals, _ = line.partition("=")
        if line.lstrip().startswith(BINDING_WORDS):
            names.update(IDENTIFIER.findall(line))
        elif equals and "(" not in left.lstrip("( "):  # not an argument of a call
            names.update(IDENTIFIER.findall(left))
    return frozenset(names)


def defines_function(source: str) -> bool:
    """Whether a cell seems to define a function or a class."""
    return FUNCTION.search(source) is not None
