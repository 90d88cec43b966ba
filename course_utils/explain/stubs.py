"""Test one function on right versions of the functions that it calls."""

import contextlib


@contextlib.contextmanager
def using_stubs(function, stubs):
    """Let `stubs` take the place of the names that `function` calls, for the length of a with block.

    A plain function looks its names up in `__globals__`. A function that runs in another process offers
    a method `using_stubs(stubs)` instead, which lets it call back.
    """
    if hasattr(function, "using_stubs"):
        with function.using_stubs(stubs):
            yield
        return
    names = getattr(function, "__globals__", {})
    before = {name: names[name] for name in stubs if name in names}
    names.update(stubs)
    try:
        yield
    finally:
        for name in stubs:
            names.pop(name, None)
        names.update(before)
