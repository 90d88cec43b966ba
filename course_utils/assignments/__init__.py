"""The public side of every assignment: one package each, found by its folder.

`NAME/exercises.py` has a dictionary `CHECKS`: function -> `Check`, in the order of the notebook; `NAME/worked_examples.py` a
dictionary `WORKED`; `NAME/fingerprints.json` is made by `course expected`. Expected values are public figures, written out.
Nothing here computes what an exercise asks for.
"""

from course_utils.assignments.registry import collect, tables

CHECKS = collect(__name__, "exercises", "CHECKS")
# `WORKED["FUNCTION"]["KEY"]`; a mistake of the catalogue names its key, an observation looks for its own kind
WORKED = collect(__name__, "worked_examples", "WORKED")


def points_of(assignment):
    """{"exercise": points} in the order of the notebook; ValueError names the notebooks there are."""
    known = tables(__name__, "exercises", "CHECKS")
    if assignment not in known:
        raise ValueError(
            f"There is no notebook called {assignment!r}. There are: {', '.join(known)}."
        )
    return {name: check.points for name, check in known[assignment].items()}
