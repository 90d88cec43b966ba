"""The public side of every assignment: one package each, found by its folder.

`NAME/exercises.py` has a dictionary `EXERCISES`: function -> `ExerciseSpec`, in the order of the
notebook; `NAME/LANG.po` has what is said about its exercises; `NAME/fingerprints.json` is made by
`course expected`. Expected values are public figures, written out. Nothing here computes what an
exercise asks for.
"""

from pathlib import Path

from course_utils.assignments.registry import tables_of
from course_utils.messages import message, register_catalogues

_TABLES = tables_of(__name__, "exercises", "EXERCISES")
EXERCISES = {function: spec for table in _TABLES.values() for function, spec in table.items()}
for _name in _TABLES:
    register_catalogues(Path(__file__).parent / _name)


def assignment_of(function):
    """The assignment in which a function is graded."""
    return next(assignment for assignment, table in _TABLES.items() if function in table)


def points_of(assignment):
    """{"exercise": points} in the order of the notebook.

    ValueError for an unknown assignment names the ones there are.
    """
    if assignment not in _TABLES:
        about = {"assignment": repr(assignment), "known": ", ".join(_TABLES)}
        raise ValueError(message("submit.unknown_notebook", **about))
    return {name: spec.points for name, spec in _TABLES[assignment].items()}
