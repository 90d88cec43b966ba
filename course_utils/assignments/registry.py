"""Find the tables of all assignments: each has its part in a package of its own."""

import importlib
import json
import pkgutil
from pathlib import Path

FOLDER = Path(__file__).parent  # of the assignments


def names_in(package):
    """The names of the assignments that have a package inside this one, in alphabetical order."""
    path = importlib.import_module(package).__path__
    return sorted(found.name for found in pkgutil.iter_modules(path) if found.ispkg)


def tables_of(package, module, table):
    """{assignment: the dictionary `table` of the module `package.ASSIGNMENT.module`}.

    So a new assignment is a new package, and no list of assignments has to be edited.
    """
    return {
        name: getattr(importlib.import_module(f"{package}.{name}.{module}"), table)
        for name in names_in(package)
    }


def merged_tables(package, module, table):
    """The dictionaries `table` of all assignments in one; their keys are functions."""
    merged = {}
    for part in tables_of(package, module, table).values():
        merged |= part
    return merged


def merged_files(file):
    """The JSON objects in the files `ASSIGNMENT/file` in one; their keys are functions."""
    merged = {}
    for path in sorted(FOLDER.glob(f"*/{file}")):
        merged |= json.loads(path.read_text(encoding="utf-8"))
    return merged
