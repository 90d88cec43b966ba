"""Names that have no value: missing imports, names of Python 2, slips of the pen, wrong order."""

from __future__ import annotations

import ast
import builtins
import difflib
import keyword
import re
import warnings
from collections.abc import Iterable, Iterator

import numpy as np

from course_utils.explain.errors.places import Place, lines_before
from course_utils.explain.errors.raised import Raised
from course_utils.explain.errors.rules import Fact, Reading, Slots, rule, slot_in

MOST_NAMES = 2_000  # among which a similar name is looked for
LONGEST_NAME = 60
ALIKE = 0.7  # of two names, as difflib has it
FRAMEWORKS = ("torch", "tensorflow", "tf", "keras", "jax", "jnp", "nn", "cupy", "theano")
IMPORTED_FIRST = ("np", "numpy", "plt", "matplotlib", "scipy", "sklearn", "h5py")
MODULES = ("math", "copy", "random", "os", "sys", "time", "itertools", "functools", "collections")
OF_PYTHON_2 = ("xrange", "raw_input", "unicode", "unichr", "long", "basestring", "reduce", "cmp")
NAME = r"name '(?P<name>\w+)' is not defined"
UNBOUND = r"variable '(?P<name>\w+)'"


def similar(name: str, names: Iterable[object]) -> str:
    """The name that is most like this one, or ""."""
    texts = [other for other in names if isinstance(other, str) and len(other) <= LONGEST_NAME]
    candidates = [other for other in texts[:MOST_NAMES] if other != name]
    same = [other for other in candidates if other.lower() == name.lower()]
    found = same or difflib.get_close_matches(name[:LONGEST_NAME], candidates, 1, ALIKE)
    return found[0] if found else ""


def near(raised: Raised, slots: Slots) -> Slots | None:
    """A name of the student's, or of Python, that is like the unknown one."""
    own = raised.place.code.co_varnames if raised.place else ()
    names = [*raised.names, *own, *keyword.kwlist, *dir(builtins)]
    found = similar(str(slots["name"]), dict.fromkeys(names))
    return {"near": found} if found else None


def key(raised: Raised, slots: Slots) -> Slots | None:
    """Nothing more, where the name stands in the square brackets of a dictionary."""
    text = raised.place.text if raised.place else ""
    container = re.search(rf"(\w+)\[\s*{slots['name']}\s*(\]|\+)", text)
    value = raised.names.get(container[1]) if container else None
    return {} if type(value) is dict and all(type(each) is str for each in value) else None


def of_numpy(raised: Raised, slots: Slots) -> Slots | None:
    """Nothing more, where numpy has a function of this name."""
    return {} if callable(getattr(np, str(slots["name"]), None)) else None


def called(raised: Raised, slots: Slots) -> Slots | None:
    """Nothing more, where round brackets stand after the name."""
    return {} if raised.place is not None and f"{slots['name']}(" in raised.place.text else None


def of_module(raised: Raised, slots: Slots) -> Slots | None:
    """Nothing more, where a dot stands after the name."""
    return {} if raised.place is not None and f"{slots['name']}." in raised.place.text else None


def one_of(*names: str) -> Fact:
    return slot_in("name", *names)


NAME_RULES = (
    rule("name-framework", NAME, one_of(*FRAMEWORKS), of_module),
    rule("name-import", NAME, one_of(*IMPORTED_FIRST), of_module),
    rule("name-module", NAME, one_of(*MODULES), of_module),
    rule("name-python2", NAME, one_of(*OF_PYTHON_2)),
    rule("name-quotes", NAME, key),
    rule("name-numpy", NAME, of_numpy, called),
    rule("name-near", NAME, near),
    rule("name-function", NAME, called),
    rule("name", NAME),
    rule("name", UNBOUND),
)


def _read_unbound(raised: Raised) -> Reading | None:
    """A variable that other lines of the function give a value: which ones, and why not yet."""
    found = re.search(UNBOUND, raised.message)
    if found is None or raised.place is None:
        return None
    name, here = found["name"], raised.place.number
    given = sorted(_lines_giving(name, raised.place))
    slots: Slots = {"name": name}
    if given == [here]:
        return "unbound-start", slots
    before = [number for number in given if number < here]
    others = before or [number for number in given if number > here]
    if not others:
        return None
    number = (others[-1] if before else others[0]) + lines_before(raised.place.lines)
    return "unbound-branch" if before else "unbound-order", {**slots, "number": number}


def _lines_giving(name: str, place: Place) -> Iterator[int]:
    """The lines of the function that give a variable its value, as numbers in `place.lines`."""
    with warnings.catch_warnings(action="ignore"):
        try:
            tree = ast.parse("".join(place.lines))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    for node in functions:
        if node.lineno <= place.number <= (node.end_lineno or 0):
            names = (part for part in ast.walk(node) if isinstance(part, ast.Name))
            for part in names:
                if part.id == name and isinstance(part.ctx, ast.Store):
                    yield part.lineno


UNBOUND_RULES = (_read_unbound, *NAME_RULES)
