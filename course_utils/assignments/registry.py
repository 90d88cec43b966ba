"""Tables that every assignment has its part of."""

import importlib
import pkgutil


def names_in(package):
    """The names of the assignments that have a package in this one, in the order of the alphabet."""
    path = importlib.import_module(package).__path__
    return sorted(found.name for found in pkgutil.iter_modules(path) if found.ispkg)


def tables(package, module, table):
    """{assignment: the dictionary `table` of `package.ASSIGNMENT.module`}: a new assignment is a new package."""
    return {
        name: getattr(importlib.import_module(f"{package}.{name}.{module}"), table)
        for name in names_in(package)
    }


def collect(package, module, table):
    """The dictionaries `table` of all assignments, in one."""
    return {
        name: entry
        for part in tables(package, module, table).values()
        for name, entry in part.items()
    }
