"""Sample errors of the assignment on regularization: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "compute_cost_with_regularization": [
        ("lambd / (2 * m)", "lambd / m"),
        (" + np.sum(np.square(W3))", ""),
    ],
    "backward_propagation_with_regularization": [
        ("lambd / m", "lambd / (2 * m)"),
        ("+ lambd / m * W1", "- lambd / m * W1"),
    ],
    "forward_propagation_with_dropout": [
        ("    A1 = A1 / keep_prob\n", ""),
        ("D2 < keep_prob", "D2 > keep_prob"),
    ],
    "backward_propagation_with_dropout": [
        ("    dA2 = dA2 / keep_prob\n", ""),
        ("    dA1 = dA1 * D1\n", ""),
    ],
}
