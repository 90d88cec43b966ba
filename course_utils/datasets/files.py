"""What the loaders of files share: the folder of shipped files, and one clear error."""

from pathlib import Path

import numpy as np

from course_utils.messages import message

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A data file that is missing, damaged, or without the arrays that it should hold.

    The message says what was found, what was expected and what to do.
    """


def require_file(path, expected):
    """The path as a Path; DataFileError when there is no such file.

    expected: what the file should hold, a `Message`
    """
    path = Path(path)
    if not path.is_file():
        raise DataFileError(message("data.no_file", path=str(path), expected=expected))
    return path


def require_array(path, arrays, key, shape):
    """arrays[key] as an array; DataFileError when it is missing or of another shape.

    path: of the file that `arrays` were read from, for the message
    shape: None matches any length
    """
    about = {"path": str(path), "key": repr(key), "shape": _shape_text(shape)}
    if key not in arrays:
        keys = sorted(k for k in arrays if not k.startswith("__"))
        code = "data.no_key" if keys else "data.empty"
        raise DataFileError(message(code, keys=", ".join(keys), **about))
    values = np.asarray(arrays[key])
    fits = values.ndim == len(shape) and all(n in (None, k) for n, k in zip(shape, values.shape))
    if not fits:
        raise DataFileError(message("data.other_shape", found=str(values.shape), **about))
    return values


def _shape_text(shape):
    """ "(2, ?)": None stands for any length."""
    return "(" + ", ".join("?" if length is None else str(length) for length in shape) + ")"
