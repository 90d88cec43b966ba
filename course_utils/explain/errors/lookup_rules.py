"""Keys, indices and attributes that are not there."""

from __future__ import annotations

import ast
import re
from types import ModuleType
from typing import Any

import numpy as np

from course_utils.explain.errors.call_error import MOST_ITEMS, shortened
from course_utils.explain.errors.name_rules import similar
from course_utils.explain.errors.raised import Raised, type_of
from course_utils.explain.errors.rules import Reading, Slots, code, rule

LONGEST_KEY = 20
NO_AXIS = r"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<dimensions>\d+)"
OF_PYTHON_2 = ("iteritems", "itervalues", "iterkeys", "has_key")
# Names that numpy had: those that were plain types of Python, and others.
PLAIN_TYPES = ("int", "float", "bool", "object", "str", "complex", "long", "unicode")
FORMER_NAMES = (
    *("float_", "complex_", "int0", "Inf", "Infinity", "infty", "NaN", "PINF", "NINF"),
    *("product", "cumproduct", "alltrue", "sometrue", "asfarray", "row_stack", "msort", "trapz"),
    *("find_common_type", "cast", "mat", "in1d"),
)
# The types of which all attributes are known.
TYPES: dict[str, type] = {
    kind.__name__: kind for kind in (np.ndarray, list, tuple, dict, str, int, float)
}


def read_key_error(raised: Raised) -> Reading | None:
    """A key that a dictionary does not have, with the keys that it has."""
    if not raised.error.args:
        return None
    key = _shown(raised.error.args[0])
    slots: Slots = {"key": key}
    if not isinstance(raised.node, ast.Subscript):
        return "key-alone", slots
    container = raised.value_of(raised.node.value)
    slots["container"] = raised.text_of(raised.node.value)
    if type(container) is not dict:
        return "key-alone", slots
    if not container:
        return "key-empty", slots
    keys = [_shown(each) for each in [*container][:MOST_ITEMS]]
    if close := _other_case(key, keys):
        return "key-near", {**slots, "near": close}
    slots["keys"] = tuple(keys)
    if isinstance(raised.node.slice, ast.Constant):
        return "key-literal", slots
    return "key-computed", {**slots, "index": raised.text_of(raised.node.slice)}


def _shown(key: Any) -> str:
    """A key as it stands in code; of one that is neither text nor a number, its type."""
    plain = type(key) in (str, int, float, bool)
    return shortened(repr(key), LONGEST_KEY) if plain else type(key).__name__


def _other_case(key: str, keys: list[str]) -> str:
    """The key that differs only in capitals, blanks or underscores."""
    plain = [re.sub(r"[\s_]", "", each).lower() for each in (key, *keys)]
    return next((each for each, text in zip(keys, plain[1:]) if text == plain[0]), "")


def read_list_index(raised: Raised) -> Reading | None:
    """An index past the end of a list or tuple, with the length of that."""
    past = re.search(r"(list|tuple|string)( assignment)? index out of range", raised.message)
    if past is None or not isinstance(raised.node, ast.Subscript):
        return None
    container = raised.value_of(raised.node.value)
    if type(container) not in (list, tuple, str):
        return None
    slots: Slots = {
        "container": raised.text_of(raised.node.value),
        "length": len(container),
        "code": raised.text_of(raised.node.slice),
    }
    index = raised.value_of(raised.node.slice)
    if len(container) == 0:
        return "index-empty", slots
    if type(index) is int and slots["code"] != str(index):
        return "index-list", {**slots, "index": index}
    return "index-past", slots


def index(raised: Raised, slots: Slots) -> Slots | None:
    """The text of the index, and its type where that is known."""
    if not isinstance(raised.node, ast.Subscript):
        return None
    value = raised.value_of(raised.node.slice)
    index_type = slots.get("index_type") or type_of(value)
    return {"code": raised.text_of(raised.node.slice), "index_type": index_type} | slots


def known_index_type(raised: Raised, slots: Slots) -> Slots | None:
    return {} if slots["index_type"] else None


KEY_RULES = (read_key_error,)
INDEX_RULES = (
    rule("axis", NO_AXIS),
    read_list_index,
    rule(
        "index-array",
        r"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d+) with size (?P<size>\d+)",
        code,
    ),
    rule(
        "index-dimensions",
        r"array is (?P<dimensions>\d+)-dimensional, but (?P<indices>\d+) were indexed",
        code,
    ),
    rule("index-array-type", r"only integers, slices", index, known_index_type),
    rule("number-index", r"invalid index to scalar variable", code),
    rule("index", r"", code),
)
LOOKUP_RULES = (
    rule(
        "index-type",
        r"(?P<type>list|tuple|string|range) ind\w+ must be integers.*not '?(?P<index_type>\w+)",
        index,
    ),
)


def read_attribute_error(raised: Raised) -> Reading | None:
    """Something after a dot that is not there; what stands before the dot is looked at."""
    if not isinstance(raised.node, ast.Attribute):
        return None
    owner, attribute = raised.value_of(raised.node.value), raised.node.attr
    slots: Slots = {"owner": raised.text_of(raised.node.value), "attribute": attribute}
    slots["code"] = raised.expression
    if attribute in OF_PYTHON_2:
        return "attribute-python2", slots
    if isinstance(owner, ModuleType):
        return _read_module_attribute(owner, attribute, slots)
    named = re.search(r"'([\w.]+)' object has no attribute", raised.message)
    owner_type = type_of(owner) or (named[1].rpartition(".")[2] if named else "")
    if not owner_type:
        return None
    if close := similar(attribute, dir(TYPES.get(owner_type))):
        return "attribute-near", {**slots, "near": f"{slots['owner']}.{close}"}
    return _attribute_kind(owner_type, attribute), {**slots, "type": owner_type}


def _read_module_attribute(module: ModuleType, attribute: str, slots: Slots) -> Reading:
    if module is np and attribute in PLAIN_TYPES:
        return "attribute-numpy-type", slots
    if module is np and attribute in FORMER_NAMES:
        return "attribute-numpy-name", slots
    if close := similar(attribute, vars(module)):
        return "attribute-near", {**slots, "near": f"{slots['owner']}.{close}"}
    return "attribute-module", slots


def _attribute_kind(owner_type: str, attribute: str) -> str:
    if owner_type == "NoneType":
        return "attribute-none"
    if owner_type == "ndarray":
        return "attribute-function" if callable(getattr(np, attribute, None)) else "attribute"
    is_of_array = hasattr(np.ndarray, attribute) and owner_type in TYPES
    return "attribute-array" if is_of_array else "attribute"


ATTRIBUTE_RULES = (read_attribute_error,)
