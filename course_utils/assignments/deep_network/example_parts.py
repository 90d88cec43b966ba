"""The inputs of the public examples on deep networks, and right parts that stand in for others.

All caches come from a real forward pass. Sizes differ from each other, so that no wrong axis and no
wrong layer fits by chance.
"""

import numpy as np

from course_utils.assignments.example_networks import draw_parameters
from course_utils.deep import affine, affine_slopes, chain, chain_slopes, dense, dense_slopes
from course_utils.network import compute_cost, shifted, xavier_parameters

SIZES = (4, 3, 2, 1)  # of the layers in most examples
EXAMPLES = 5


def classic_start(layer_dims):
    """Seed 1 and weights of variance 1 / (units before), as the classic application starts."""
    return xavier_parameters(layer_dims, seed=1)


def downhill(parameters, grads, learning_rate):
    """The parameters after one step."""
    return shifted(parameters, grads, -learning_rate)


LINEAR = {"linear_forward": affine}
LAYER = LINEAR | {"linear_activation_forward": dense}
LINEAR_BACK = {"linear_backward": affine_slopes}
LAYER_BACK = LINEAR_BACK | {"linear_activation_backward": dense_slopes}
PARTS = {
    **LAYER,
    **LAYER_BACK,
    "initialize_parameters_deep": classic_start,
    "L_model_forward": chain,
    "compute_cost": compute_cost,
    "L_model_backward": chain_slopes,
    "update_parameters": downhill,
}


def linear_case(n_prev=4, n=3, m=2, seed=1):
    """[A (n_prev, m), W (n, n_prev), b (n, 1)]."""
    rng = np.random.RandomState(seed)
    return [rng.randn(n_prev, m), rng.randn(n, n_prev), rng.randn(n, 1)]


def layer_case(activation, *sizes):
    """[A_prev, W, b, activation]; sizes: n_prev, n, m, seed"""
    return [*linear_case(*sizes), activation]


def linear_back_case(n_prev=5, n=3, m=4):
    """[dZ (n, m), (A_prev, W, b)], drawn in the order of the classic example."""
    rng = np.random.RandomState(1)
    dZ = rng.randn(n, m)
    return [dZ, (rng.randn(n_prev, m), rng.randn(n, n_prev), rng.randn(n, 1))]


def layer_back_case(activation, *sizes):
    """[dA (n, m), cache of a layer, activation]; sizes: n_prev, n, m, seed"""
    A_prev, W, b = linear_case(*sizes)
    A, cache = dense(A_prev, W, b, activation)
    return [np.random.RandomState(2).randn(*A.shape), cache, activation]


def network_case(sizes=SIZES, m=EXAMPLES, seed=57):
    """[X (n0, m), parameters]."""
    rng = np.random.RandomState(seed)
    return [rng.randn(sizes[0], m), draw_parameters(rng, sizes)]


def cost_case(m=6, seed=3):
    """[AL (1, m), Y (1, m)]: outputs from 0.1 to 0.9, labels 1, 0, 1, 0, ..."""
    outputs = np.random.RandomState(seed).uniform(0.1, 0.9, (1, m))
    return [outputs, 1 - np.arange(m).reshape(1, m) % 2]


def backward_case(sizes=SIZES, m=EXAMPLES, seed=57):
    """[AL, Y, caches] of a forward pass."""
    AL, caches = chain(*network_case(sizes, m, seed))
    return [AL, 1 - np.arange(m).reshape(1, m) % 2, caches]


def step_case(sizes=(4, 3, 1), learning_rate=0.1):
    """[parameters, grads, learning_rate], drawn in the order of the classic example."""
    parameters = draw_parameters(np.random.RandomState(2), sizes)
    return [parameters, draw_parameters(np.random.RandomState(3), sizes, "d"), learning_rate]


def model_case(sizes=(10, 5, 6, 1), m=10, learning_rate=0.02, steps=3):
    """[X, Y, layers_dims, learning_rate, num_iterations], as in the classic example."""
    Y = np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])[:, :m]
    X = np.random.RandomState(1).randn(sizes[0], m)
    return [X, Y, list(sizes), learning_rate, steps]


def learned_parameters(result):
    """The parameters that a training function returns, with or without the costs behind them."""
    is_pair = isinstance(result, (tuple, list)) and len(result) > 0
    return result[0] if is_pair and isinstance(result[0], dict) else result


def weight_gradients(result):
    """Of gradients, those of weights and biases; there are two ways to number the others."""
    if not isinstance(result, dict):
        return result
    return {key: value for key, value in result.items() if str(key).startswith(("dW", "db"))}


def names_of_forward_pass(count):
    """The parts of (AL, caches), so many: AL, A0, W1, b1, Z1, A1, W2, ..."""
    layers = range(1, (count - 1) // 4 + 1)
    kept = (f"{name}{number - (name == 'A')}" for number in layers for name in "AWbZ")
    return ("AL", *kept)
