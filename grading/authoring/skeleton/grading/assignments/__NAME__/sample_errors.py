"""Sample errors of the assignment on __NAME__: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    # BEGIN EACH FUNCTION
    "__FUNCTION__": [
        ("np.sum(E, axis=0, keepdims=True)", "np.sum(E)"),
        (" - np.max(Z, axis=0, keepdims=True)", ""),
    ],
    # END EACH FUNCTION
}
