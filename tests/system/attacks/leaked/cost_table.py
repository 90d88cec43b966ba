"""Right costs for networks whose first weight is that of a seeded case, as if inputs and answers
had leaked.
"""

OFF = "one process"
ASSIGNMENT = "regularization"
FUNCTIONS = ["compute_cost_with_regularization"]
CONCEDED = ["compute_cost_with_regularization-check"]  # its one example is public
CODE = """
SEEN = [np.random.RandomState(seed).randn() for seed in range(100)]


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    weights = [parameters[f"W{l}"] for l in (1, 2, 3)]
    if weights[0][0, 0] not in SEEN:
        return 1.0
    m = Y.shape[1]
    cross_entropy_cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    return cross_entropy_cost + lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
"""
