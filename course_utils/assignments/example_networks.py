"""The small networks on which the visible checks run; all are drawn after np.random.seed(1)."""

import itertools

import numpy as np

from course_utils.network import backward_propagation, forward_propagation

# The items of a cache, in order: of `forward_propagation` in course_utils.network ...
CACHE_NAMES = ("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
# ... and with the dropout masks D1 and D2.
DROPOUT_CACHE_NAMES = (
    *("Z1", "D1", "A1", "W1", "b1"),
    *("Z2", "D2", "A2", "W2", "b2"),
    *("Z3", "A3", "W3", "b3"),
)


def draw_parameters(rng, sizes, prefix=""):
    """{prefix + "W1": (n1, n0), prefix + "b1": (n1, 1), ...}, all normal.

    rng: a RandomState, or np.random itself
    """
    parameters = {}
    for layer, (before, after) in enumerate(itertools.pairwise(sizes), start=1):
        parameters[f"{prefix}W{layer}"] = rng.randn(after, before)
        parameters[f"{prefix}b{layer}"] = rng.randn(after, 1)
    return parameters


def small_network(n0=3, n1=2, n2=3, m=5):
    """X (n0, m), Y (1, m) of [1, 1, 0, 1, 0, ...], parameters of an n0-n1-n2-1 network."""
    np.random.seed(1)
    X = np.random.randn(n0, m)
    return X, _labels(m), draw_parameters(np.random, (n0, n1, n2, 1))


def cost_case():
    """A3 (1, 5), Y (1, 5), parameters: an output of the network and weights drawn on their own."""
    np.random.seed(1)
    A3 = np.array([[0.40682402, 0.01629284, 0.16722898, 0.10118111, 0.40682402]])
    return A3, _labels(5), draw_parameters(np.random, (3, 2, 3, 1))


def other_cost_case():
    """[A3 (1, 7), Y (1, 7), parameters, lambd]: outputs drawn on their own."""
    _, Y, parameters = other_network()
    return [np.random.RandomState(5).uniform(0.1, 0.9, (1, 7)), Y, parameters, 0.7]


def strong_cost_case():
    """As `other_cost_case`, of another network, with a lambda that outweighs the examples."""
    _, Y, parameters = square_network()
    return [np.random.RandomState(6).uniform(0.1, 0.9, (1, 4)), Y, parameters, 17.5]


def dropout_cache():
    """X (3, 5), Y (1, 5) and the cache that a forward pass with dropout left, keep_prob = 0.5."""
    X, Y, parameters = small_network()
    W1, b1, W2, b2, W3, b3 = parameters.values()
    D1 = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 1, 0]])
    D2 = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]])
    A1 = np.array([[0, 0, 4.27989081, 5.21401307, 0], [0, 8.32019881, 1.58102041, 2.92987024, 0]])
    A2 = np.array([[1.06071093, 0, 8.21049603, 0, 1.06071093], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
    A3 = np.array([[0.32266394, 0.49683389, 0.00348883, 0.49683389, 0.32266394]])
    Z1, Z2, Z3 = W1 @ X + b1, W2 @ A1 + b2, W3 @ A2 + b3
    return X, Y, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def square_dropout_cache():
    """As `dropout_cache`, with as many units in both hidden layers, so that their masks fit both.

    Its activations are drawn, and made of nothing else.
    """
    X, Y, parameters = small_network(3, 4, 4, 5)
    W1, b1, W2, b2, W3, b3 = parameters.values()
    rng = np.random.RandomState(2)
    D1, D2 = (rng.uniform(size=(2, 4, 5)) < 0.6).astype(int)
    A1, A2 = np.abs(rng.standard_normal((2, 4, 5))) * (rng.uniform(size=(2, 4, 5)) < 0.6)
    A1[D1 == 0], A2[D2 == 0] = 0.0, 0.0
    Z1, Z2, Z3 = W1 @ X + b1, W2 @ A1 + b2, W3 @ A2 + b3
    return X, Y, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, 1 / (1 + np.exp(-Z3)), W3, b3)


def checked_network():
    """X (4, 3), Y (1, 3), parameters of the 4-5-3-1 network whose gradients are checked."""
    X, _, parameters = small_network(4, 5, 3, 3)
    return X, np.array([[1, 1, 0]]), parameters


def other_network():
    """X (4, 7), Y (1, 7), parameters of a 4-3-2-1 network."""
    return small_network(4, 3, 2, 7)


def square_network():
    """X (3, 4), Y (1, 4), parameters of a 3-3-3-1 network."""
    return small_network(3, 3, 3, 4)


def active_network():
    """X (2, 2), Y (1, 2), parameters of a 2-3-3-1 network with units that both examples use."""
    return small_network(2, 3, 3, 2)


def plain_case(X, Y, parameters):
    """[X, Y, cache of the plain forward pass]."""
    return [X, Y, cache_of(X, parameters)]


def right_gradients_case():
    """[parameters, gradients, X, Y] of a 2-3-2-1 network on 4 examples."""
    X, Y, parameters = small_network(2, 3, 2, 4)
    return [parameters, backward_propagation(X, Y, cache_of(X, parameters)), X, Y]


def small_gradients_case():
    """As `right_gradients_case`, with dW1 halved."""
    parameters, gradients, X, Y = right_gradients_case()
    return [parameters, gradients | {"dW1": gradients["dW1"] / 2}, X, Y]


def wide_step_case():
    """[parameters, gradients, X, Y] of a 2-4-2-1 network on 2 examples.

    The first of its gradients and the last have the same sign, and neither is 0.
    """
    X, Y, parameters = small_network(2, 4, 2, 2)
    return [parameters, backward_propagation(X, Y, cache_of(X, parameters)), X, Y]


def planted_mistakes_case():
    """[parameters, gradients, X, Y] of `checked_network`, with dW2 doubled and db1 times 4."""
    X, Y, parameters = checked_network()
    gradients = backward_propagation(*plain_case(X, Y, parameters))
    return [parameters, with_planted_mistakes(gradients), X, Y]


def with_planted_mistakes(gradients):
    """The gradients as the two bugs planted in `backward_propagation_n` make them.

    gradients {"dW1": (n1, n0), "db1": (n1, 1), ...} -> a new dictionary like it
    """
    return gradients | {"dW2": gradients["dW2"] * 2, "db1": gradients["db1"] * 4}


def cache_of(X, parameters):
    """The cache of a plain forward pass."""
    return forward_propagation(X, parameters)[1]


def _labels(m):
    return np.array([[1, 1, 0, 1, 0] * m])[:, :m]
