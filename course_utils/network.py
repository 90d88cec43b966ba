"""The three-layer network of the exercises, line by line, and cost, update and prediction.

Parameters are one dictionary {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), ...}. What works for
any depth rests on `course_utils.deep`.

Hidden layers are ReLU, the last layer is sigmoid. X is (n0, m), Y is (1, m) with labels 0 and 1.
"""

import itertools

import numpy as np

from course_utils.deep import chain
from course_utils.layers import relu, relu_backward, sigmoid

EPS_BELOW_ONE = np.finfo(float).eps / 2  # distance from 1.0 to the next double below it: 2**-53


def xavier_parameters(layers_dims, seed):
    """Weights of variance 1 / (units before), after Glorot and Bengio (2010), and zero biases.

    layers_dims [n0, n1, ..., nL] -> {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": ..., "bL": ...}
    seed: of a `RandomState` of its own, which draws W1, then W2, ...; np.random is left alone
    """
    rng = np.random.RandomState(seed)
    parameters = {}
    for layer, (before, units) in enumerate(itertools.pairwise(layers_dims), start=1):
        parameters[f"W{layer}"] = rng.randn(units, before) / np.sqrt(before)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def forward_propagation(X, parameters):
    """LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID.

    X (n0, m) -> A3 (1, m), cache (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    """
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation(X, Y, cache):
    """Gradients of the mean cross-entropy for the three-layer network.

    X (n0, m), Y (1, m), cache of `forward_propagation` -> {"dZ3": (1, m), "dW3": (1, n2), ...}
    with the keys dZ, dW, db of layers 3, 2, 1 and dA of layers 2, 1
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = 1 / m * dZ3 @ A2.T
    db3 = 1 / m * dZ3.sum(axis=1, keepdims=True)
    dA2 = W3.T @ dZ3
    dZ2 = relu_backward(dA2, Z2)
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = 1 / m * dZ2.sum(axis=1, keepdims=True)
    dA1 = W2.T @ dZ2
    dZ1 = relu_backward(dA1, Z1)
    dW1 = 1 / m * dZ1 @ X.T
    db1 = 1 / m * dZ1.sum(axis=1, keepdims=True)
    layer3 = {"dZ3": dZ3, "dW3": dW3, "db3": db3}
    layer2 = {"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2}
    layer1 = {"dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return layer3 | layer2 | layer1


def cross_entropy(A, Y):
    """How surprising the labels are: the mean of -log of the probability that A gives to each.

    Infinite when an A is exactly 0 or 1 and the label is the other one.

    A (1, m), Y (1, m) of zeros and ones -> float
    """
    given_to_label = np.where(Y == 1, A, 1 - A)
    with np.errstate(divide="ignore"):
        return float(-np.log(given_to_label).mean())


def cost_and_cache(X, Y, parameters):
    """`forward_propagation` followed by `cross_entropy`, for gradient checking.

    X (n0, m), Y (1, m) -> cost, cache of `forward_propagation`
    """
    A3, cache = forward_propagation(X, parameters)
    return cross_entropy(A3, Y), cache


def compute_cost(A, Y):
    """`cross_entropy` kept finite: A is clipped to [2**-53, 1 - 2**-53].

    So a saturated example with the other label costs -log(2**-53) = 36.7 instead of infinity.

    A (1, m), Y (1, m) -> float
    """
    return cross_entropy(np.clip(A, EPS_BELOW_ONE, 1 - EPS_BELOW_ONE), Y)


def shifted(parameters, slopes, by):
    """The parameters, moved along their slopes; `by` is negative to go downhill.

    parameters {"W1": (n1, n0), ...}, slopes {"dW1": (n1, n0), ...}; other keys are ignored
    -> a new dictionary like `parameters`, which is left as it was
    """
    return {name: array + by * slopes[f"d{name}"] for name, array in parameters.items()}


def predict(X, parameters):
    """The label of each example: 1 where the network's output is above one half, else 0.

    X (n0, m), parameters of any number of layers -> (1, m)
    """
    output, _ = chain(X, parameters)
    return (output > 0.5).astype(int)


def accuracy(X, Y, parameters):
    """The share of examples, from 0 to 1, whose predicted label is the right one.

    X (n0, m), Y (1, m), parameters of any number of layers -> float
    """
    return float(np.mean(predict(X, parameters) == Y))
