"""Tables that every assignment has its part of."""

import importlib
import pkgutil


def collect(package, table):
    """The dictionaries called `table` of all modules of a package, in one: a new assignment is a new module."""
    paths = importlib.import_module(package).__path__
    modules = [importlib.import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(paths)]
    return {name: entry for module in modules for name, entry in getattr(module, table).items()}
