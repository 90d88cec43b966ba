"""Sample errors of the assignment on deep networks: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "initialize_parameters_deep": [
        (" * 0.01", ""),
        ("range(1, L)", "range(1, L - 1)"),
    ],
    "linear_forward": [
        ("np.dot(W, A) + b", "np.dot(W, A)"),
        ("np.dot(W, A)", "np.dot(A, W)"),
    ],
    "linear_activation_forward": [
        ("relu(Z)", "sigmoid(Z)"),
        ("(linear_cache, activation_cache)", "(linear_cache, A)"),
    ],
    "L_model_forward": [
        ('A_prev, W, b, "relu"', 'X, W, b, "relu"'),
        ('"sigmoid"', '"relu"'),
    ],
    "compute_cost": [
        (" / m", ""),
        (" + (1 - Y) * np.log(1 - AL)", ""),
    ],
    "linear_backward": [
        ("np.sum(dZ, axis=1, keepdims=True)", "np.sum(dZ)"),
        ("np.dot(W.T, dZ)", "np.dot(W, dZ)"),
    ],
    "linear_activation_backward": [
        ("linear_backward(dZ, linear_cache)", "linear_backward(dA, linear_cache)"),
        ("relu_backward(dA, activation_cache)", "dA * (dA > 0)"),
    ],
    "L_model_backward": [
        ("-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))", "AL - Y"),
        ('grads["dA" + str(l + 1)]', 'grads["dA" + str(L - 1)]'),
    ],
    "update_parameters": [
        ('parameters["W" + str(l)] - step_W', 'parameters["W" + str(l)] + step_W'),
        ("range(1, L + 1)", "range(1, L)"),
    ],
    "L_layer_model": [
        ("parameters = update_parameters", "update_parameters"),
        ("parameters, grads, learning_rate", "parameters, grads, -learning_rate"),
    ],
}
