"""The sentences around a check's finding: on cards, in errors, in the overview of a notebook."""

PASSED = "the check passes on its one example"
WORKED_EXAMPLE = "A worked example with small numbers"
NO_CHECK = "✗ There is no check for a function called {name}. There is one for: {known}."

# The overview of a notebook: each exercise's state, the sum, and what it means.
STATES = {"passed": "done", "failed": "not yet", "untried": "not tried"}
EXERCISES_DONE = "{done} of {exercises} exercises done, worth {points} of {maximum} points."
DONE_MEANS = (
    "Done means that the check passes on its one example. The hidden tests also try other inputs, "
    "so these points are what you can reach, not what you have."
)
