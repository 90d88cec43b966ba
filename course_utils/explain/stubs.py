"""Test one function on right versions of the functions that it calls."""

import contextlib


@contextlib.contextmanager
def standing_in(function, stand_ins):
    """Let `stand_ins` take the place of the names that `function` calls, for the length of a with block.

    A plain function looks its names up in `__globals__`. A function that runs in another process offers
    a method `standing_in(stand_ins)` instead, which lets it call back.
    """
    if hasattr(function, "standing_in"):
        with function.standing_in(stand_ins):
            yield
        return
    names = getattr(function, "__globals__", {})
    before = {name: names[name] for name in stand_ins if name in names}
    names.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            names.pop(name, None)
        names.update(before)
