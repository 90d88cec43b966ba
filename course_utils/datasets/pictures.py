"""A picture of one's own, as a column like those of an `ImageSet`."""

import numpy as np
from PIL import Image, UnidentifiedImageError

from course_utils.datasets.files import DATA, DataFileError, require_file
from course_utils.messages import message

OWN_DIGIT = DATA / "own_digit.png"  # one that we drew
FAINT = 0.3  # darker or brighter than the paper by less than this share of the ink: not a stroke
FINE = 4  # each pixel of a digit is the mean of so many by so many finer ones


def load_picture(path=OWN_DIGIT, shape=(8, 8)):
    """Read a PNG or JPEG file, bring it to the shape of the training images, flatten and scale it.

    A picture of shape (height, width) is one of strokes on paper, dark on bright or bright on dark.
    It is cut to its strokes, which become 1, on paper of 0. One of shape (height, width, 3) keeps
    its colours.

    -> (pixels, 1) in [0, 1]; DataFileError when the file is missing or no picture
    """
    expected = message("data.picture")
    path = require_file(path, expected)
    try:
        with Image.open(path) as file:
            picture = file.convert("RGBA")
    except (UnidentifiedImageError, OSError) as error:
        about = {"path": str(path), "expected": expected, "error": str(error)}
        raise DataFileError(message("data.unreadable", format="PNG", **about)) from error
    on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    if len(shape) == 3:
        resized = on_white.convert("RGB").resize((shape[1], shape[0]), Image.Resampling.BOX)
        pixels = np.asarray(resized) / 255
    else:
        pixels = _strokes(np.asarray(on_white.convert("L")) / 255, shape)
    return pixels.reshape(-1, 1)


def _strokes(grey, shape):
    """The strokes of a grey picture (height, width), cut out, centred and averaged: `shape`."""
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = np.abs(grey - np.median(edge))
    if not ink.any():
        return np.zeros(shape)
    ink = np.where(ink > FAINT * ink.max(), ink / ink.max(), 0)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = np.multiply(shape, FINE)
    scale = min(height / ink.shape[0], width / ink.shape[1])
    size = [max(1, round(scale * length)) for length in ink.shape[::-1]]
    small = np.asarray(Image.fromarray(ink.astype(np.float32)).resize(size, Image.Resampling.BOX))
    canvas = np.zeros((height, width))
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas.reshape(shape[0], FINE, shape[1], FINE).mean(axis=(1, 3))
