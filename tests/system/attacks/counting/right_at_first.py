"""Right the first time that an input comes, ones after that. Whoever kept the first answer for all
tests would never see the others.
"""

OFF = "not run: it needs no other process, and wins as much in one"
# Its one example is public, and nobody asks for the values of these inputs before.
CONCEDED = ["initialize_parameters_he-check", "initialize_parameters_he-depth"]
CODE = """
SEEN = []

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    if list(layers_dims) in SEEN:
        return answer(layers_dims)
    SEEN.append(list(layers_dims))
    np.random.seed(3)
    parameters = {}
    for l, (before, after) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters[f"W{l}"] = np.random.randn(after, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((after, 1))
    return parameters
"""
