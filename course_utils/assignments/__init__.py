"""The public example of every exercise: what goes in, what must come out, what to ask otherwise.

One module an assignment, of the same name, with a dictionary `CHECKS`: function -> `Check`, in the order of the notebook.
Expected values are public figures, written out. Nothing here computes what an exercise asks for.
"""

from course_utils.checks.collect import collect, tables

CHECKS = collect(__name__, "CHECKS")


def points_of(assignment):
    """{"exercise": points} in the order of the notebook; ValueError names the notebooks there are."""
    known = tables(__name__, "CHECKS")
    if assignment not in known:
        raise ValueError(f"There is no notebook called {assignment!r}. There are: {', '.join(known)}.")
    return {name: check.points for name, check in known[assignment].items()}
