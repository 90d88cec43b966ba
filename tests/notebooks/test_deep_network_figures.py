"""The published figures of both generations of the classic exercise on deep networks."""

import hashlib
import json
import os
from pathlib import Path

import h5py
import numpy as np
import pytest

from course_utils.datasets import load_even_digits, load_image_set
from course_utils.network import accuracy, xavier_parameters
from tests.harness import solution
from tests.notebooks.figures import agrees, drawn, figures_of

FIGURES = figures_of("deep_network")
SMALL = FIGURES["deep_network"]
OURS = FIGURES["deep_network_application_ours"]
CATS = FIGURES["deep_network_application_cat"]
SHA256 = {
    "train_catvnoncat.h5": "fbe56ab67c3ae28d564e3a644189117976d6b31af0a3ce9bb17dbf22908af242",
    "test_catvnoncat.h5": "6a9d39ce52fa85953c5834695b8534a30ed8cfd54971fb2f080b5a24d002b951",
}
CAT_FOLDER = "COURSE_CAT_IMAGES"  # the environment variable that names it


@pytest.mark.parametrize("case", SMALL["initialize_parameters_deep"])
def test_initialize_parameters_deep(case):
    figure = SMALL["initialize_parameters_deep"][case]
    for key, value in solution("initialize_parameters_deep")(json.loads(case)).items():
        agrees(value, figure, key)


def test_linear_forward():
    agrees(
        solution("linear_forward")(*drawn(1, (3, 2), (1, 3), (1, 1)))[0],
        SMALL["linear_forward"]["classic"],
        "Z",
    )
    A = [[-1.02387576, 1.12397796], [-1.62328545, 0.64667545], [-1.74314104, -0.59664964]]
    W, b = [[0.74505627, 1.97611078, -1.24412333]], [[5]]
    Z, _ = solution("linear_forward")(*map(np.array, (A, W, b)))
    agrees(Z, SMALL["linear_forward"]["first 2017 text"], "Z")


@pytest.mark.parametrize("kind", ["sigmoid", "relu"])
def test_linear_activation_forward(kind):
    figure = SMALL["linear_activation_forward"]["classic"]
    A, (_, Z) = solution("linear_activation_forward")(*drawn(2, (3, 2), (1, 3), (1, 1)), kind)
    agrees(A, figure, kind)
    agrees(Z, figure, "Z")


@pytest.mark.parametrize(
    ("case", "seed", "sizes", "m"),
    [("one hidden layer", 1, (4, 3, 1), 2), ("two hidden layers", 6, (5, 4, 3, 1), 4)],
)
def test_l_model_forward(case, seed, sizes, m):
    figure, layers = SMALL["L_model_forward"][case], range(1, len(sizes))
    shapes = [shape for n in layers for shape in ((sizes[n], sizes[n - 1]), (sizes[n], 1))]
    X, *arrays = drawn(seed, (sizes[0], m), *shapes)
    names = [f"{kind}{n}" for n in layers for kind in "Wb"]
    AL, caches = solution("L_model_forward")(X, dict(zip(names, arrays)))
    agrees(AL, figure, "AL")
    assert len(caches) == figure["expected"]["number of caches"]
    for key in figure["expected"].keys() & {"Z1", "Z3"}:
        agrees(caches[int(key[1]) - 1][1], figure, key)


@pytest.mark.parametrize(
    ("case", "labels"), [("three ones", [[1, 1, 1]]), ("mixed labels", [[1, 1, 0]])]
)
def test_compute_cost(case, labels):
    cost = solution("compute_cost")(np.array([[0.8, 0.9, 0.4]]), np.array(labels))
    agrees(cost, SMALL["compute_cost"][case], "cost")


@pytest.mark.parametrize(
    ("case", "n", "n_prev", "m"), [("one unit", 1, 3, 2), ("three units", 3, 5, 4)]
)
def test_linear_backward(case, n, n_prev, m):
    dZ, *cache = drawn(1, (n, m), (n_prev, m), (n, n_prev), (n, 1))
    gradients = solution("linear_backward")(dZ, tuple(cache))
    for key, value in zip(("dA_prev", "dW", "db"), gradients):
        agrees(value, SMALL["linear_backward"][case], key)


@pytest.mark.parametrize("kind", ["sigmoid", "relu"])
def test_linear_activation_backward(kind):
    dA, A, W, b, Z = drawn(2, (1, 2), (3, 2), (1, 3), (1, 1), (1, 2))
    gradients = solution("linear_activation_backward")(dA, ((A, W, b), Z), kind)
    for key, value in zip(("dA_prev", "dW", "db"), gradients):
        agrees(value, SMALL["linear_activation_backward"]["classic"], f"{kind} {key}")


def test_l_model_backward():
    shapes = ((1, 2), (4, 2), (3, 4), (3, 1), (3, 2), (3, 2), (1, 3), (1, 1), (1, 2))
    AL, A1, W1, b1, Z1, A2, W2, b2, Z2 = drawn(3, *shapes)
    caches = (((A1, W1, b1), Z1), ((A2, W2, b2), Z2))
    figure = SMALL["L_model_backward"]["classic"]
    gradients = solution("L_model_backward")(AL, np.array([[1, 0]]), caches)
    for key in figure["expected"]:
        agrees(gradients[key], figure, key)


def test_update_parameters():
    shapes, names = ((3, 4), (3, 1), (1, 3), (1, 1)), ("W1", "b1", "W2", "b2")
    parameters = dict(zip(names, drawn(2, *shapes)))
    gradients = {f"d{name}": array for name, array in zip(names, drawn(3, *shapes))}
    for key, value in solution("update_parameters")(parameters, gradients, 0.1).items():
        agrees(value, SMALL["update_parameters"]["classic"], key)


def train(X, Y, sizes, rate, steps, start):
    """The solution's L_layer_model, from another start: (parameters, costs)."""
    model = solution("L_layer_model")
    names = model.__globals__
    own = names["initialize_parameters_deep"]
    names["initialize_parameters_deep"] = start
    try:
        return model(X, Y, sizes, rate, steps)
    finally:
        names["initialize_parameters_deep"] = own


def scaled(sizes):
    return xavier_parameters(sizes, seed=1)


def small(sizes):
    """Seed 1, times 0.01."""
    rng = np.random.RandomState(1)
    weights = {f"W{n}": 0.01 * rng.randn(sizes[n], sizes[n - 1]) for n in range(1, len(sizes))}
    return weights | {f"b{n}": np.zeros((sizes[n], 1)) for n in range(1, len(sizes))}


@pytest.mark.parametrize("case", SMALL["L_layer_model"])
def test_l_layer_model(case):
    rate, steps = (float(part.split()[0]) for part in case.split(","))
    (X,), Y = drawn(1, (10, 10)), np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])
    figure = SMALL["L_layer_model"][case]
    parameters, costs = train(X, Y, [10, 5, 6, 1], rate, int(steps), scaled)
    for key, value in parameters.items():
        agrees(value, figure, key)
    agrees(costs[0], figure, "first cost")


DIGITS = OURS["even or odd"]


@pytest.mark.parametrize(
    ("case", "sizes", "rate", "start"),
    [
        ("two_layer 64-7-1, 0.3, 2500", [64, 7, 1], 0.3, small),
        pytest.param(
            *("L_layer 64-20-7-5-1, 0.1, 2500", [64, 20, 7, 5, 1], 0.1, scaled),
            marks=pytest.mark.long,
        ),
        pytest.param(
            *("L_layer with 0.01 scaling, 0.1, 2500", [64, 20, 7, 5, 1], 0.1, None),
            marks=pytest.mark.long,
        ),
    ],
)
def test_training_on_digits(case, sizes, rate, start):
    from threadpoolctl import threadpool_limits

    figure, digits = DIGITS[case], load_even_digits()
    start = start or solution("initialize_parameters_deep")
    with threadpool_limits(1):
        parameters, costs = train(digits.train_X, digits.train_Y, sizes, rate, 2_500, start)
    np.testing.assert_allclose(costs[::5], figure["costs"][::2], rtol=OURS["rtol"])
    assert accuracy(digits.train_X, digits.train_Y, parameters) == pytest.approx(figure["train"])
    assert accuracy(digits.test_X, digits.test_Y, parameters) == pytest.approx(figure["test"])


def train_on_files(paths, sizes, start, rate=0.0075, steps=2_500):
    """Train on the images of one's own files -> ImageSet, parameters, costs."""
    images = load_image_set(*paths)
    sizes = [len(images.train_X), *sizes]
    return images, *train(images.train_X, images.train_Y, sizes, rate, steps, start)


def test_training_on_image_files_of_our_own(tmp_path):
    """What is done with the pictures of cats, on coloured pictures that we may use."""
    digits = load_even_digits()
    for part, X, Y in (
        ("train", digits.train_X, digits.train_Y),
        ("test", digits.test_X, digits.test_Y),
    ):
        grey = np.round(255 * X.T).astype(np.uint8).reshape(-1, 8, 8, 1)[:90]
        with h5py.File(tmp_path / f"{part}_own.h5", "w") as file:
            file[f"{part}_set_x"] = np.repeat(grey, 3, axis=3)
            file[f"{part}_set_y"] = Y[0, :90]
            file["list_classes"] = np.array([b"odd", b"even"])
    paths = [tmp_path / "train_own.h5", tmp_path / "test_own.h5"]
    images, parameters, costs = train_on_files(paths, [20, 7, 5, 1], scaled, rate=0.05, steps=301)
    assert images.shape == (8, 8, 3)
    assert images.train_X.shape == images.test_X.shape == (192, 90)
    assert costs == sorted(costs, reverse=True)
    assert accuracy(images.train_X, images.train_Y, parameters) > 0.9


def cat_files():
    """The classic files, in the folder that COURSE_CAT_IMAGES names; skips where they are not."""
    folder = Path(os.environ.get(CAT_FOLDER, "/nowhere"))
    paths = [folder / name for name in SHA256]
    if not all(path.is_file() for path in paths):
        pytest.skip(
            "the pictures of cats have no licence and are not ours to ship: put "
            f"{', '.join(SHA256)} into a folder and name it in {CAT_FOLDER}"
        )
    for path in paths:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        assert found == SHA256[path.name], f"{path} is another file than the classic one"
    return paths


@pytest.mark.parametrize(
    ("network", "sizes", "start"),
    [("two_layer", [7, 1], small), ("L_layer", [20, 7, 5, 1], scaled)],
)
def test_training_on_the_classic_cats(network, sizes, start):
    figure = CATS[network]
    images, parameters, costs = train_on_files(cat_files(), sizes, start)
    np.testing.assert_allclose(costs, figure["published_costs"], rtol=figure["rtol"])
    shares = [
        accuracy(images.train_X, images.train_Y, parameters),
        accuracy(images.test_X, images.test_Y, parameters),
    ]
    np.testing.assert_allclose(shares, [figure["train_accuracy"], figure["test_accuracy"]])
