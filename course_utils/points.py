"""What each exercise is worth, as the first lines of the test cells in the notebooks say it."""

POINTS = {
    "initialization": {
        "initialize_parameters_zeros": 24,
        "initialize_parameters_random": 36,
        "initialize_parameters_he": 40,
    },
    "regularization": {
        "compute_cost_with_regularization": 22,
        "backward_propagation_with_regularization": 26,
        "forward_propagation_with_dropout": 28,
        "backward_propagation_with_dropout": 24,
    },
    "gradient_checking": {
        "forward_propagation": 8,
        "backward_propagation": 8,
        "gradient_check": 24,
        "forward_propagation_n": 4,
        "gradient_check_n": 30,
        "backward_propagation_n": 26,
    },
}


def points_of(assignment):
    """{"exercise": points} in the order of the notebook; ValueError names the notebooks there are."""
    if assignment not in POINTS:
        raise ValueError(f"There is no notebook called {assignment!r}. There are: {', '.join(POINTS)}.")
    return POINTS[assignment]
