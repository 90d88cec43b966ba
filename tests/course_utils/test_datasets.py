"""The data sets: their shapes, their sources, and clear errors for files that are not right."""

import re

import h5py
import numpy as np
import pytest
from PIL import Image
from scipy.io import loadmat, savemat
from sklearn.datasets import load_digits as sklearn_digits
from sklearn.neighbors import KNeighborsClassifier

from course_utils.datasets import (
    DataFileError,
    load_circles,
    load_digits,
    load_even_digits,
    load_flower,
    load_football,
    load_images,
    load_moons,
    load_picture,
    load_spirals,
)
from course_utils.datasets.files import DATA
from course_utils.datasets.football import true_border
from course_utils.datasets.make_files import generate_football, main, select_digits

POINT_SETS = {
    "circles": (load_circles, 300, 100),
    "flower": (load_flower, 400, 400),
    "spirals": (load_spirals, 400, 400),
    "moons": (load_moons, 300, 300),
}


def shapes_of(arrays):
    return [array.shape for array in arrays]


@pytest.mark.parametrize("name", POINT_SETS)
def test_point_sets_are_balanced_seeded_and_learnable(name):
    load, m, m_test = POINT_SETS[name]
    train_X, train_Y, test_X, test_Y = load()
    assert shapes_of(load()) == [(2, m), (1, m), (2, m_test), (1, m_test)]
    assert train_Y.sum() == m // 2
    np.random.rand(3)  # the stream that others use must not matter
    for first, again in zip((train_X, train_Y, test_X, test_Y), load()):
        np.testing.assert_array_equal(first, again)
    assert not np.array_equal(train_X[:, :m_test], test_X)
    neighbours = KNeighborsClassifier(5).fit(train_X.T, train_Y[0])
    # both sets are of one distribution; the flower is hard at its centre
    assert neighbours.score(test_X.T, test_Y[0]) > 0.75


def test_the_circles_are_inside_each_other():
    X, Y, _, _ = load_circles()
    radius = np.hypot(*X)
    assert radius[Y[0] == 1].mean() == pytest.approx(0.8, abs=0.01)
    assert radius[Y[0] == 0].mean() == pytest.approx(1.0, abs=0.01)


def test_the_flower_lies_on_its_rose_curve():
    X, _, _, _ = load_flower(m=4000)
    radius, angle = np.hypot(*X), np.arctan2(*X)
    folded = np.abs(4 * np.sin(4 * angle))
    # the noise is 0.2 in angle and radius; a circle would give about 1.9
    assert np.median(np.abs(radius - folded)) < 0.8


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
    assert shapes_of(load_football()) == [(2, 211), (1, 211), (2, 200), (1, 200)]
    np.testing.assert_array_equal(train_X.T, made["X"])
    assert set(train_Y[0]) == set(test_Y[0]) == {0, 1}


def test_our_team_wins_below_the_true_border_where_chance_has_no_part():
    made = generate_football(blur=0, flip=0)
    x1, x2 = made["X"].T
    np.testing.assert_array_equal(made["y"][:, 0], x2 < true_border(x1))


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
    # the same image but for rounding to 255 steps
    assert np.abs(threes - first).max(axis=1).min() < 0.003


def test_the_shipped_files_can_be_made_again(tmp_path):
    main(tmp_path)
    with h5py.File(tmp_path / "digits.h5") as made, h5py.File(DATA / "digits.h5") as shipped:
        for key, values in select_digits().items():
            np.testing.assert_array_equal(made[key][()], values)
            np.testing.assert_array_equal(shipped[key][()], values)
    made, shipped = (loadmat(folder / "football.mat")["X"] for folder in (tmp_path, DATA))
    np.testing.assert_array_equal(made, shipped)


def write_images(path, **changes):
    """Black colour images; `changes` replaces arrays, None leaves one out."""
    arrays = {
        "train_set_x": np.zeros((5, 4, 3, 2), np.uint8),
        "train_set_y": np.zeros(5),
        "test_set_x": np.zeros((2, 4, 3, 2), np.uint8),
        "test_set_y": np.zeros(2),
        "list_classes": [b"a", b"b"],
    }
    with h5py.File(path, "w") as file:
        for key, values in (arrays | changes).items():
            if values is not None:
                file[key] = values


def test_colour_images_are_flattened_one_per_column(tmp_path):
    x = np.random.RandomState(0).randint(0, 256, (5, 4, 3, 2)).astype(np.uint8)
    write_images(tmp_path / "images.h5", train_set_x=x)
    images = load_images(tmp_path / "images.h5")
    assert images.train_X.shape == (24, 5)
    assert images.shape == (4, 3, 2)
    np.testing.assert_allclose(images.train_X[:, 3].reshape(4, 3, 2) * 255, x[3])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("train_set_x", "(?, ?, ?, ?)"),
        ("train_set_y", "(5)"),
        ("test_set_y", "(2)"),
        ("list_classes", "(?)"),
    ],
)
def test_an_image_file_without_an_array(tmp_path, key, expected):
    write_images(tmp_path / "images.h5", **{key: None})
    message = f"key '{key}' is missing. The file has: .*test_set_x.*shape {re.escape(expected)}"
    with pytest.raises(DataFileError, match=message):
        load_images(tmp_path / "images.h5")


@pytest.mark.parametrize(
    ("key", "shape", "expected"),
    [
        ("train_set_y", (4,), "(5)"),
        ("train_set_x", (5, 24), "(?, ?, ?, ?)"),
        ("test_set_x", (2, 9, 3, 2), "(?, 4, 3, 2)"),
    ],
)
def test_an_image_file_with_an_array_of_another_shape(tmp_path, key, shape, expected):
    write_images(tmp_path / "images.h5", **{key: np.zeros(shape)})
    message = f"'{key}' has shape {shape}. Expected shape {expected}"
    with pytest.raises(DataFileError, match=re.escape(message)):
        load_images(tmp_path / "images.h5")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"y": None}, r"key 'y' is missing. The file has: X, Xval, yval.*shape \(211, 1\)"),
        ({"X": np.zeros((2, 211))}, r"'X' has shape \(2, 211\). Expected shape \(211, 2\)"),
        ({"yval": np.zeros((9, 1))}, r"'yval' has shape \(9, 1\). Expected shape \(200, 1\)"),
    ],
)
def test_football_files_with_something_wrong(tmp_path, changes, message):
    arrays = generate_football() | changes
    savemat(tmp_path / "data.mat", {key: arrays[key] for key in arrays if arrays[key] is not None})
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


def test_even_digits_are_those_of_scikit_learn_in_their_order():
    digits, original = load_even_digits(), sklearn_digits()
    assert digits.train_X.shape == (64, 1200)
    assert digits.test_X.shape == (64, 597)
    X = np.hstack([digits.train_X, digits.test_X])
    np.testing.assert_allclose(16 * X.T, original.data)
    Y = np.hstack([digits.train_Y, digits.test_Y])
    np.testing.assert_array_equal(Y[0], original.target % 2 == 0)


@pytest.mark.parametrize("bright", [True, False], ids=["dark on bright", "bright on dark"])
def test_a_picture_of_one_s_own_is_cut_to_its_strokes(tmp_path, bright):
    paper, ink = (250, 20) if bright else (5, 240)
    picture = np.full((90, 120), paper, np.uint8)
    picture[20:60, 70:80] = ink  # an upright bar, far from the middle
    Image.fromarray(picture).save(tmp_path / "one.png")
    pixels = load_picture(tmp_path / "one.png").reshape(8, 8)
    np.testing.assert_allclose(pixels[:, 3:5], 1, atol=0.01)
    assert not pixels[:, [0, 1, 2, 5, 6, 7]].any()


def test_a_coloured_picture_keeps_its_colours(tmp_path):
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[:20] = (255, 0, 51)
    Image.fromarray(picture).save(tmp_path / "two.png")
    pixels = load_picture(tmp_path / "two.png", shape=(4, 4, 3)).reshape(4, 4, 3)
    np.testing.assert_allclose(pixels[:2], np.broadcast_to([1, 0, 0.2], (2, 4, 3)))
    assert not pixels[2:].any()


def test_a_blank_picture_is_blank_and_no_picture_is_refused(tmp_path):
    Image.fromarray(np.full((30, 30), 200, np.uint8)).save(tmp_path / "blank.png")
    assert not load_picture(tmp_path / "blank.png").any()
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(DataFileError, match="cannot be read as PNG data"):
        load_picture(tmp_path / "text.png")
    with pytest.raises(DataFileError, match="no such file"):
        load_picture(tmp_path / "none.png")
