"""Sample errors of the assignment on initialization: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
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
}
