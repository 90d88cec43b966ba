"""Small slips for the sample class: for each graded function, edits (found, put in its place) of the solution."""

SLIPS = {
    "initialize_parameters_zeros": [
        ("range(1, L)", "range(1, L - 1)"),
        ("np.zeros((layers_dims[l], 1))", "np.zeros((1, layers_dims[l]))"),
    ],
    "initialize_parameters_random": [
        (" * 10", " * 0.01"),
        ("np.zeros((layers_dims[l], 1))", "np.random.randn(layers_dims[l], 1) * 0"),
    ],
    "initialize_parameters_he": [
        ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(1 / layers_dims[l - 1])"),
        ("np.sqrt(2 / layers_dims[l - 1])", "np.sqrt(2 / layers_dims[l])"),
    ],
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
    "forward_propagation": [("theta * x", "theta + x"), ("J = theta * x", "J = int(theta * x)")],
    "backward_propagation": [("dtheta = x", "dtheta = theta"), ("dtheta = x", "dtheta = abs(x)")],
    "gradient_check": [("/ (2 * epsilon)", "/ epsilon"), ("numerator / denominator", "numerator")],
    "forward_propagation_n": [("1 / m * np.sum", "np.sum"), ("np.dot(W2, A1) + b2", "np.dot(W2, A1)")],
    "backward_propagation_n": [
        ("dW2 = 1 / m * np.dot(dZ2, A1.T)", "dW2 = 1 / m * np.dot(dZ2, A1.T) * 2"),
        ("db1 = 1 / m", "db1 = 4 / m"),
    ],
    "gradient_check_n": [("np.copy(theta)", "theta"), ("range(num_parameters)", "range(num_parameters - 1)")],
}
