"""The public side of every assignment: one package each, found by its folder.

`NAME/exercises.py` has a dictionary `EXERCISES`: function -> `ExerciseSpec`, in the order of the
notebook; `NAME/worked_examples.py` a dictionary `WORKED_EXAMPLES`; `NAME/fingerprints.json` is made
by `course expected`. Expected values are public figures, written out. Nothing here computes what an
exercise asks for.
"""

from course_utils.assignments.registry import merged_tables, tables_of

EXERCISES = merged_tables(__name__, "exercises", "EXERCISES")
# `WORKED_EXAMPLES["FUNCTION"]["KEY"]`: a mistake of the catalogue names its key, an observation
# looks for its own kind.
WORKED_EXAMPLES = merged_tables(__name__, "worked_examples", "WORKED_EXAMPLES")


def points_of(assignment):
    """{"exercise": points} in the order of the notebook.

    ValueError for an unknown assignment names the ones there are.
    """
    known = tables_of(__name__, "exercises", "EXERCISES")
    if assignment not in known:
        raise ValueError(
            f"There is no notebook called {assignment!r}. There are: {', '.join(known)}."
        )
    return {name: spec.points for name, spec in known[assignment].items()}
