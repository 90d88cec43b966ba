"""Hidden cases of the assignment on regularization."""

import numpy as np

from grading.assignments.case import Case, Inputs
from grading.assignments.random_networks import (
    Sizes,
    draw_cache,
    draw_dropout_cache,
    draw_labels,
    draw_network,
    draw_parameters,
)

COST = "compute_cost_with_regularization"
L2 = "backward_propagation_with_regularization"
FORWARD = "forward_propagation_with_dropout"
BACKWARD = "backward_propagation_with_dropout"


def _cost(sizes: Sizes, m: int, lambd: float, biases: float = 1.0, edge: float = 0.05) -> Inputs:
    """A3, Y, parameters, lambd. biases: their factor; edge: least distance of A3 to 0 and 1"""

    def inputs(rng: np.random.RandomState) -> list:
        parameters = draw_parameters(rng, sizes)
        for layer in (1, 2, 3):
            parameters[f"b{layer}"] *= biases
        return [rng.uniform(edge, 1 - edge, (1, m)), draw_labels(rng, m), parameters, lambd]

    return inputs


def _l2(sizes: Sizes, m: int, lambd: float) -> Inputs:
    """X, Y, cache, lambd."""
    return lambda rng: [*draw_cache(rng, sizes, m), lambd]


def _forward(sizes: Sizes, m: int, *keep_prob: float) -> Inputs:
    """X, parameters[, keep_prob]."""

    def inputs(rng: np.random.RandomState) -> list:
        X, _, parameters = draw_network(rng, sizes, m)
        return [X, parameters, *keep_prob]

    return inputs


def _backward(sizes: Sizes, m: int, keep_prob: float) -> Inputs:
    """X, Y, cache of a forward pass with this keep_prob, keep_prob."""
    return lambda rng: [*draw_dropout_cache(rng, sizes, m, keep_prob), keep_prob]


CASES = [
    Case("cost/value/classic sizes", COST, _cost((3, 2, 3, 1), 5, 0.1), seed=11),
    Case("cost/value/more examples", COST, _cost((3, 2, 3, 1), 12, 0.1), seed=12),
    Case("cost/value/confident outputs", COST, _cost((3, 2, 3, 1), 60, 0.1, edge=1e-4), seed=10),
    Case("cost/zero/one", COST, _cost((3, 2, 3, 1), 5, 0.0), seed=13),
    Case("cost/lambda/small", COST, _cost((3, 2, 3, 1), 7, 0.03), seed=14),
    Case("cost/lambda/large", COST, _cost((3, 2, 3, 1), 6, 2.5), seed=15),
    Case("cost/sizes/wide", COST, _cost((7, 6, 4, 1), 9, 0.7), seed=16),
    Case("cost/sizes/square", COST, _cost((4, 4, 4, 1), 3, 0.7), seed=17),
    Case("cost/sizes/one example", COST, _cost((2, 5, 3, 1), 1, 0.7), seed=18),
    Case("cost/biases/large", COST, _cost((3, 2, 3, 1), 5, 0.4, biases=100.0), seed=19),
    Case("l2/classic/one", L2, _l2((3, 2, 3, 1), 5, 0.7), seed=21),
    Case("l2/classic/more examples", L2, _l2((3, 2, 3, 1), 11, 0.3), seed=22),
    Case("l2/general/zero lambda", L2, _l2((3, 4, 2, 1), 6, 0.0), seed=23),
    Case("l2/general/large lambda", L2, _l2((3, 4, 2, 1), 6, 3.0), seed=24),
    Case("l2/general/wide", L2, _l2((5, 7, 6, 1), 8, 0.9), seed=25),
    Case("l2/general/square", L2, _l2((3, 3, 3, 1), 4, 0.5), seed=26),
    Case("forward/classic/0.7", FORWARD, _forward((3, 2, 3, 1), 5, 0.7), seed=31),
    Case("forward/classic/0.86", FORWARD, _forward((2, 20, 3, 1), 17, 0.86), seed=32),
    Case("forward/keep/default", FORWARD, _forward((3, 4, 5, 1), 6), seed=33),
    Case("forward/keep/all", FORWARD, _forward((3, 4, 5, 1), 6, 1.0), seed=34),
    Case("forward/keep/few", FORWARD, _forward((3, 8, 7, 1), 6, 0.2), seed=35),
    Case("forward/keep/square", FORWARD, _forward((4, 4, 4, 1), 4, 0.6), seed=36),
    Case("backward/classic/0.8", BACKWARD, _backward((3, 2, 3, 1), 5, 0.8), seed=41),
    Case("backward/classic/0.5", BACKWARD, _backward((3, 6, 4, 1), 9, 0.5), seed=42),
    Case("backward/general/0.86", BACKWARD, _backward((2, 20, 3, 1), 13, 0.86), seed=43),
    Case("backward/general/all kept", BACKWARD, _backward((3, 4, 5, 1), 6, 1.0), seed=44),
    Case("backward/general/square", BACKWARD, _backward((4, 4, 4, 1), 4, 0.6), seed=45),
]

# With lambda larger than 2m known mistakes differ that no test needs to tell apart.
PROBES = [
    Case("probe/cost/strong", COST, _cost((3, 2, 3, 1), 4, 17.5), seed=20),
    Case("probe/l2/strong", L2, _l2((3, 2, 3, 1), 4, 17.5), seed=27),
]
