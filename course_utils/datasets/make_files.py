"""Make the data files that the course ships: `python -m course_utils.datasets.make_files`.

football.mat is simulated here; digits.h5 is a part of the digits that scikit-learn brings;
own_digit.png is drawn here. The contents are the same every time, which a test checks.
"""

from pathlib import Path

import h5py
import numpy as np
from PIL import Image, ImageDraw
from scipy.io import savemat
from sklearn.datasets import load_digits

from course_utils.datasets.files import DATA
from course_utils.datasets.football import true_border


def generate_football(seed=29, m=211, m_test=200, blur=0.15, flip=0.02):
    """Simulated headers: label 1 where our team won the ball, 0 where the other team did.

    Each coordinate of a header is a Beta(1.6, 1.6) draw stretched to [-0.8, 0.8]. Our team wins
    below the curve `true_border`. Near the curve the teams mix: Gaussian noise of standard
    deviation `blur` is added to the height. A share `flip` of all labels is flipped. The curve is
    simple, so a network that bends around single points is fitting noise.

    The seed was chosen, by a search over seeds and noise levels, so that 211 points show clearly
    how a network overfits and how L2 and dropout help. A typical seed shows less, some show none:
    this is an illustration, not an unbiased estimate of what regularization gains.

    returns: {"X": (m, 2), "y": (m, 1), "Xval": (m_test, 2), "yval": (m_test, 1)}, labels as uint8
    """
    rng = np.random.default_rng(seed)
    (X, y), (Xval, yval) = (_draw_headers(rng, count, blur, flip) for count in (m, m_test))
    return {"X": X, "y": y, "Xval": Xval, "yval": yval}


def _draw_headers(rng, count, blur, flip):
    """Places (count, 2) and labels (count, 1), as `generate_football` describes them."""
    X = 0.8 * (2 * rng.beta(1.6, 1.6, size=(count, 2)) - 1)
    x1, x2 = X.T
    depth = true_border(x1) - x2  # how far below the curve
    labels = depth + blur * rng.standard_normal(count) > 0
    labels ^= rng.random(count) < flip
    return X, labels.astype(np.uint8).reshape(count, 1)


def select_digits(test_size=100, seed=0):
    """The threes (0) and eights (1) of scikit-learn's digits, shuffled and split.

    returns, as uint8 under the keys that `load_images` reads:
    {"train_set_x": (257, 8, 8), "train_set_y": (257,), "test_set_x": (100, 8, 8), ...}
    """
    digits = load_digits()
    chosen = np.random.default_rng(seed).permutation(np.flatnonzero(np.isin(digits.target, (3, 8))))
    x = np.round(digits.images[chosen] * (255 / 16)).astype(np.uint8)
    y = (digits.target[chosen] == 8).astype(np.uint8)
    return {
        "train_set_x": x[test_size:],
        "train_set_y": y[test_size:],
        "test_set_x": x[:test_size],
        "test_set_y": y[:test_size],
        "list_classes": np.array([b"three", b"eight"]),
    }


def draw_own_digit():
    """A four, drawn by a broad dark pen on bright paper, as an image of 160 by 200 points."""
    picture = Image.new("L", (160, 200), 245)
    pen = ImageDraw.Draw(picture)
    for stroke in ([(88, 22), (40, 112), (128, 112)], [(98, 70), (90, 176)]):
        pen.line(stroke, fill=40, width=20, joint="curve")
    return picture


def main(folder=DATA):
    """Write football.mat, digits.h5 and own_digit.png into `folder`."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    savemat(folder / "football.mat", generate_football(), do_compression=True)
    draw_own_digit().save(folder / "own_digit.png", optimize=True)
    with h5py.File(folder / "digits.h5", "w") as file:
        for key, values in select_digits().items():
            file.create_dataset(key, data=values, compression="gzip" if values.ndim > 1 else None)


if __name__ == "__main__":
    main()
