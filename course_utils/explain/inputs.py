"""What a function was called with: in words, and as the quantities that a mistake may depend on."""

import numpy as np

from course_utils.explain.compare import describe

CACHES = {
    12: ("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3"),
    14: ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3"),
}
WEIGHTS_AT = {
    12: (2, 6, 10),
    14: (3, 8, 12),
}  # where a cache holds W1, W2, W3: without and with masks


def in_words(takes, arguments, keywords):
    """ "A3 (1, 5), Y (1, 5), parameters of a 3-2-3-1 network, lambd = 0.1"; `takes` names the arguments."""
    named = [*zip(takes, arguments), *keywords.items()]
    return ", ".join(_brief(name, value) for name, value in named)


def quantities(takes, arguments, keywords):
    """Numbers and sizes by name: scalars under their own, "m", and "the layer sizes" as words."""
    found = {}
    for name, value in [*zip(takes, arguments), *keywords.items()]:
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            found[name] = value
        if name == "layers_dims":
            found |= {"the number of layers": len(value) - 1, "the layer sizes": _dashed(value)}
        if name in ("X", "Y", "A3") and np.ndim(value) == 2:
            found["m"] = value.shape[1]
        if sizes := _sizes(value):
            found["the layer sizes"] = _dashed(sizes)
    return found


def ingredients(takes, arguments):
    """The arrays that went in, by name: those of parameters, gradients and a cache under theirs."""
    found = {}
    for name, value in zip(takes, arguments):
        if isinstance(value, dict):
            found |= value
        elif isinstance(value, tuple):
            found |= dict(zip(CACHES.get(len(value), ()), value))
        elif isinstance(value, np.ndarray):
            found[name] = value
    return found


def _brief(name, value):
    if isinstance(value, np.ndarray):
        return f"{name} of shape {value.shape}"
    if isinstance(value, dict):
        return f"{name} of a {_dashed(_sizes(value))} network" if _sizes(value) else name
    if isinstance(value, tuple):
        return name
    return (
        f"{name} = {value!r}"
        if isinstance(value, (int, float, list))
        else f"{name}: {describe(value)}"
    )


def _sizes(value):
    """Layer sizes of a dictionary of parameters or of gradients, or of a cache; else an empty list."""
    if isinstance(value, dict):
        weights = [part for name, part in value.items() if str(name).lstrip("d").startswith("W")]
    else:
        weights = (
            [value[at] for at in WEIGHTS_AT.get(len(value), ())] if isinstance(value, tuple) else []
        )
    shapes = [np.shape(part) for part in weights]
    return [shapes[0][1], *(shape[0] for shape in shapes)] if shapes and len(shapes[0]) == 2 else []


def _dashed(sizes):
    return "-".join(map(str, sizes))
