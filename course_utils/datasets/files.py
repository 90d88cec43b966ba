"""What the loaders of files share: the folder of shipped files, and one clear error."""

from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A data file that is missing, damaged, or without the arrays that it should hold.

    The message says what was found, what was expected and what to do.
    """

    def __init__(self, path, found, expected, advice):
        super().__init__(f"{path}: {found}. Expected {expected}. {advice}")


def require_file(path, expected):
    """The path as a Path; DataFileError when there is no such file."""
    path = Path(path)
    if not path.is_file():
        raise DataFileError(path, "there is no such file", expected, "Check the path.")
    return path


def require_array(path, arrays, key, shape):
    """arrays[key] as an array; DataFileError when it is missing or of another shape.

    path: of the file that `arrays` were read from, for the message
    shape: None matches any length
    """
    described = "(" + ", ".join("any" if n is None else str(n) for n in shape) + ")"
    if key not in arrays:
        keys = ", ".join(sorted(k for k in arrays if not k.startswith("__"))) or "nothing"
        found, expected = (
            f"the key {key!r} is missing, found: {keys}",
            f"{key!r} of shape {described}",
        )
        raise DataFileError(path, found, expected, "Is this the right file?")
    values = np.asarray(arrays[key])
    fits = values.ndim == len(shape) and all(n in (None, k) for n, k in zip(shape, values.shape))
    if not fits:
        found, advice = f"{key!r} has shape {values.shape}", "Was it transposed or cut short?"
        raise DataFileError(path, found, f"shape {described}", advice)
    return values
