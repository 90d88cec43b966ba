"""The data sets: their shapes, their sources, and clear errors for files that are not right."""

import h5py
import numpy as np
import pytest
from scipy.io import loadmat, savemat
from sklearn.datasets import load_digits as sklearn_digits
from sklearn.neighbors import KNeighborsClassifier

from course_utils.datasets import (
    DataFileError,
    load_circles,
    load_digits,
    load_flower,
    load_football,
    load_images,
    load_spirals,
)
from course_utils.datasets.files import DATA
from course_utils.datasets.make_files import generate_football, main, select_digits

POINT_SETS = {
    "circles": (load_circles, 300, 100),
    "flower": (load_flower, 400, 400),
    "spirals": (load_spirals, 400, 400),
}


@pytest.mark.parametrize("name", POINT_SETS)
def test_point_sets_are_balanced_seeded_and_learnable(name):
    load, m, m_test = POINT_SETS[name]
    train_X, train_Y, test_X, test_Y = load()
    assert (train_X.shape, train_Y.shape, test_X.shape, test_Y.shape) == (
        (2, m),
        (1, m),
        (2, m_test),
        (1, m_test),
    )
    assert train_Y.sum() == m // 2
    np.random.rand(3)  # the stream that others use must not matter
    for first, again in zip((train_X, train_Y, test_X, test_Y), load()):
        np.testing.assert_array_equal(first, again)
    assert not np.array_equal(train_X[:, :m_test], test_X)
    neighbours = KNeighborsClassifier(5).fit(train_X.T, train_Y[0])
    assert (
        neighbours.score(test_X.T, test_Y[0]) > 0.75
    )  # one distribution; the flower is hard at its centre


def test_the_circles_are_inside_each_other():
    X, Y, _, _ = load_circles()
    radius = np.hypot(*X)
    assert radius[Y[0] == 1].mean() == pytest.approx(0.8, abs=0.01)
    assert radius[Y[0] == 0].mean() == pytest.approx(1.0, abs=0.01)


def test_the_flower_lies_on_its_rose_curve():
    X, _, _, _ = load_flower(m=4000)
    radius, angle = np.hypot(*X), np.arctan2(*X)
    folded = np.abs(4 * np.sin(4 * angle))
    assert (
        np.median(np.abs(radius - folded)) < 0.8
    )  # noise 0.2 in angle and radius; a circle gives about 1.9


def test_the_second_spiral_is_the_first_turned_around():
    X, Y, _, _ = load_spirals(m=2000, noise=0.0)
    first, second = X[:, Y[0] == 0], X[:, Y[0] == 1]
    tree = KNeighborsClassifier(1).fit(first.T, np.zeros(first.shape[1]))
    distances, _ = tree.kneighbors(-second.T)
    assert distances.max() < 0.02


def test_the_football_file_is_what_its_generator_makes():
    made, shipped = generate_football(), loadmat(DATA / "football.mat")
    for key in ("X", "y", "Xval", "yval"):
        np.testing.assert_array_equal(shipped[key], made[key])
    train_X, train_Y, test_X, test_Y = load_football()
    assert (train_X.shape, train_Y.shape, test_X.shape, test_Y.shape) == (
        (2, 211),
        (1, 211),
        (2, 200),
        (1, 200),
    )
    np.testing.assert_array_equal(train_X.T, made["X"])
    assert set(train_Y[0]) == set(test_Y[0]) == {0, 1}


def test_another_football_file_can_be_passed(tmp_path):
    other = generate_football(seed=5)
    savemat(tmp_path / "data.mat", other)
    train_X, _, _, test_Y = load_football(tmp_path / "data.mat")
    np.testing.assert_array_equal(train_X.T, other["X"])
    np.testing.assert_array_equal(test_Y.T, other["yval"])


def test_the_digits_file_is_cut_from_sklearn():
    images = load_digits()
    assert images.train_X.shape == (64, 257)
    assert images.test_X.shape == (64, 100)
    assert images.shape == (8, 8)
    assert images.classes == ["three", "eight"]
    assert images.train_X.min() == 0
    assert images.train_X.max() == 1
    digits = sklearn_digits()
    threes = digits.images[digits.target == 3].reshape(-1, 64) / 16
    first = images.train_X[:, images.train_Y[0] == 0][:, 0]
    assert (
        np.abs(threes - first).max(axis=1).min() < 0.003
    )  # the same image but for rounding to 255 steps


def test_the_shipped_files_can_be_made_again(tmp_path):
    main(tmp_path)
    with h5py.File(tmp_path / "digits.h5") as made, h5py.File(DATA / "digits.h5") as shipped:
        for key, values in select_digits().items():
            np.testing.assert_array_equal(made[key][()], values)
            np.testing.assert_array_equal(shipped[key][()], values)
    np.testing.assert_array_equal(
        loadmat(tmp_path / "football.mat")["X"], loadmat(DATA / "football.mat")["X"]
    )


def write_images(path, **changes):
    arrays = {"train_set_x": np.zeros((5, 4, 3, 2), np.uint8), "train_set_y": np.zeros(5), "list_classes": [b"a", b"b"],
              "test_set_x": np.zeros((2, 4, 3, 2), np.uint8), "test_set_y": np.zeros(2)} | changes  # fmt: skip
    with h5py.File(path, "w") as file:
        for key, values in arrays.items():
            if values is not None:
                file[key] = values


def test_colour_images_are_flattened_one_per_column(tmp_path):
    x = np.random.RandomState(0).randint(0, 256, (5, 4, 3, 2)).astype(np.uint8)
    write_images(tmp_path / "images.h5", train_set_x=x)
    images = load_images(tmp_path / "images.h5")
    assert images.train_X.shape == (24, 5)
    assert images.shape == (4, 3, 2)
    np.testing.assert_allclose(images.train_X[:, 3].reshape(4, 3, 2) * 255, x[3])


@pytest.mark.parametrize(("changes", "message"), [
    ({"train_set_y": None}, r"key 'train_set_y' is missing, found: .*test_set_x.*shape \(5\)"),
    ({"train_set_x": None}, r"key 'train_set_x' is missing"),
    ({"list_classes": None}, r"key 'list_classes' is missing"),
    ({"train_set_y": np.zeros(4)}, r"'train_set_y' has shape \(4,\). Expected shape \(5\)"),
    ({"train_set_x": np.zeros((5, 24))}, r"'train_set_x' has shape \(5, 24\). Expected shape \(any, any, any, any\)"),
    ({"test_set_x": np.zeros((2, 9, 3, 2))}, r"'test_set_x' has shape \(2, 9, 3, 2\). Expected shape \(any, 4, 3, 2\)"),
])  # fmt: skip
def test_image_files_with_something_wrong(tmp_path, changes, message):
    write_images(tmp_path / "images.h5", **changes)
    with pytest.raises(DataFileError, match=message):
        load_images(tmp_path / "images.h5")


@pytest.mark.parametrize(("changes", "message"), [
    ({"y": None}, r"key 'y' is missing, found: X, Xval, yval.*shape \(211, 1\)"),
    ({"X": np.zeros((2, 211))}, r"'X' has shape \(2, 211\). Expected shape \(211, 2\)"),
    ({"yval": np.zeros((100, 1))}, r"'yval' has shape \(100, 1\). Expected shape \(200, 1\)"),
])  # fmt: skip
def test_football_files_with_something_wrong(tmp_path, changes, message):
    arrays = {
        key: values for key, values in (generate_football() | changes).items() if values is not None
    }
    savemat(tmp_path / "data.mat", arrays)
    with pytest.raises(DataFileError, match=message):
        load_football(tmp_path / "data.mat")


@pytest.mark.parametrize(
    ("load", "shipped"), [(load_football, "football.mat"), (load_images, "digits.h5")]
)
@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "other kind"])
def test_missing_and_damaged_files(tmp_path, load, shipped, damage):
    path = tmp_path / shipped
    whole = (DATA / shipped).read_bytes()
    contents = {
        "empty": b"",
        "truncated": whole[: len(whole) // 2],
        "other kind": b"a,b\n1,2\n" * 400,
    }
    if damage in contents:
        path.write_bytes(contents[damage])
    with pytest.raises(DataFileError, match=str(path)) as caught:
        load(path)
    assert "Expected" in str(caught.value)
    assert ("no such file" if damage == "missing" else "cannot be read") in str(caught.value)
