"""Tables that every assignment has its part of."""

import importlib
import pkgutil


def tables(package, table):
    """{assignment: the dictionary called `table` of its module}, for all modules of a package: a new assignment is a new one."""
    paths = importlib.import_module(package).__path__
    names = [found.name for found in pkgutil.iter_modules(paths)]
    return {name: getattr(importlib.import_module(f"{package}.{name}"), table) for name in names}


def collect(package, table):
    """The dictionaries called `table` of all modules of a package, in one."""
    return {name: entry for part in tables(package, table).values() for name, entry in part.items()}
