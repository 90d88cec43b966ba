"""Right answers for exactly the inputs of the seeded cases, as if the expected arrays had leaked;
else wrong.
"""

OFF = "one process"
CONCEDED = ["initialize_parameters_he-check"]  # its one example is public
CODE = """
SEEN = [[3, 2, 1], [3, 3, 3], [5, 8, 2], [4, 3], [2, 10, 5, 3, 1], [6, 5, 4, 3, 2, 4, 1], [2, 4, 1]]

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    if list(layers_dims) not in SEEN:
        return answer(layers_dims)
    np.random.seed(3)
    parameters = {}
    for l, (before, after) in enumerate(zip(layers_dims, layers_dims[1:]), start=1):
        parameters[f"W{l}"] = np.random.randn(after, before) * np.sqrt(2 / before)
        parameters[f"b{l}"] = np.zeros((after, 1))
    return parameters
"""
