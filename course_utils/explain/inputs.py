"""The inputs of a call: in words, as quantities that a mistake may depend on, and as arrays."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.explain.compare import describe
from course_utils.explain.components import Names
from course_utils.messages import Verbatim, Words, message


@dataclass(frozen=True)
class Signature:
    """How the arguments and the result of a function are read.

    argument_names: of the positional arguments, in order
    defaults: of the arguments that may be left out, by name
    component_names: of the items of a tuple that it returns; where their number is not always the
        same, a function that makes their names of it
    cache_names: of the items of a tuple that it is given
    batch_arguments: the arrays with one column for each of m examples
    sizes_argument: the argument that lists the sizes of a network's layers
    """

    argument_names: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    component_names: Names = ()
    cache_names: tuple[str, ...] = ()
    batch_arguments: tuple[str, ...] = ()
    sizes_argument: str = ""


def describe_inputs(
    signature: Signature, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> Words:
    """The inputs: "A3 of shape (1, 5), parameters of a 3-2-3-1 network, lambd = 0.1"."""
    named = [*zip(signature.argument_names, arguments), *keywords.items()]
    described = [_describe_argument(name, value, signature) for name, value in named]
    return functools.reduce(
        lambda first, second: message("input.both", first=first, second=second), described
    )


def is_list_of_parts(value: Any) -> bool:
    """Whether a value is a list of arrays or containers, such as the caches of several layers."""
    parts = (np.ndarray, dict, tuple, list)
    return isinstance(value, list) and any(isinstance(part, parts) for part in value)


def input_quantities(
    signature: Signature, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> dict[str, Any]:
    """Numbers and sizes by name: scalars under their own, "m", and "the layer sizes" as text.

    A number that stands in formulas has an identifier for its name; other names are words.
    """
    found: dict[str, Any] = {
        name: value
        for name, value in signature.defaults.items()
        if not isinstance(value, str | tuple)
    }
    for name, value in [*zip(signature.argument_names, arguments), *keywords.items()]:
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            found[name] = value
        if name == signature.sizes_argument:
            found["the number of layers"] = len(value) - 1
            found["the layer sizes"] = _dashed(value)
        if name in signature.batch_arguments and np.ndim(value) == 2:
            found["m"] = value.shape[1]
        if sizes := _layer_sizes(value, signature):
            found["the layer sizes"] = _dashed(sizes)
    return found


def input_arrays(signature: Signature, arguments: Sequence[Any]) -> dict[str, np.ndarray]:
    """The arrays that went in, by name; those in dictionaries and caches have their names there."""
    found: dict[str, np.ndarray] = {}
    for name, value in zip(signature.argument_names, arguments):
        if isinstance(value, np.ndarray):
            found[name] = value
        else:
            found |= _named_items(value, signature)
    return found


def _describe_argument(name: str, value: Any, signature: Signature) -> Words:
    if isinstance(value, np.ndarray):
        return message("input.array", name=name, shape=str(value.shape))
    if isinstance(value, dict) and (sizes := _layer_sizes(value, signature)):
        return message("input.network", name=name, sizes=_dashed(sizes))
    if _is_row_of_numbers(value):
        return Verbatim(f"{name} = {value!r}")
    if isinstance(value, dict | tuple) or is_list_of_parts(value):
        return Verbatim(name)
    if isinstance(value, (int, float, str, list)):
        return Verbatim(f"{name} = {value!r}")
    return message("input.other", name=name, value=describe(value))


def _is_row_of_numbers(value: Any) -> bool:
    """Whether a value is a tuple such as a shape or a box."""
    return isinstance(value, tuple) and all(isinstance(part, int | float) for part in value)


def _layer_sizes(value: Any, signature: Signature) -> list[int]:
    """Layer sizes of a dictionary of parameters or gradients, or of a cache; else an empty list."""
    items = _named_items(value, signature)
    named = sorted((str(name).lstrip("d"), item) for name, item in items.items())
    weights = [item for name, item in named if name.startswith("W")]
    shapes = [np.shape(weight) for weight in weights]
    return [shapes[0][1], *(shape[0] for shape in shapes)] if shapes and len(shapes[0]) == 2 else []


def _named_items(value: Any, signature: Signature) -> dict[str, Any]:
    """The items of a dictionary, or of a cache that has as many as the signature names."""
    if isinstance(value, dict):
        return value
    if isinstance(value, tuple) and len(value) == len(signature.cache_names):
        return dict(zip(signature.cache_names, value))
    return {}


def _dashed(sizes: Iterable[int]) -> str:
    return "-".join(map(str, sizes))
