"""Sample errors of the assignment on gradient checking: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "forward_propagation": [("theta * x", "theta + x"), ("J = theta * x", "J = int(theta * x)")],
    "backward_propagation": [("dtheta = x", "dtheta = theta"), ("dtheta = x", "dtheta = abs(x)")],
    "gradient_check": [("/ (2 * epsilon)", "/ epsilon"), ("numerator / denominator", "numerator")],
    "forward_propagation_n": [
        ("1 / m * np.sum", "np.sum"),
        ("np.dot(W2, A1) + b2", "np.dot(W2, A1)"),
    ],
    "backward_propagation_n": [
        ("dW2 = 1 / m * np.dot(dZ2, A1.T)", "dW2 = 1 / m * np.dot(dZ2, A1.T) * 2"),
        ("db1 = 1 / m", "db1 = 4 / m"),
    ],
    "gradient_check_n": [
        ("np.copy(theta)", "theta"),
        ("range(num_parameters)", "range(num_parameters - 1)"),
    ],
}
