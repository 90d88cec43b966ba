"""What the loaders of files share: the folder of shipped files, and one clear error."""

from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A data file that is missing, damaged, or does not hold what it should."""

    def __init__(self, path, found, expected, advice):
        super().__init__(f"{path}: {found}. Expected {expected}. {advice}")


def require_file(path, expected):
    """The path as a Path; DataFileError when there is no such file."""
    path = Path(path)
    if not path.is_file():
        raise DataFileError(path, "there is no such file", expected, "Check the path.")
    return path


def require_array(path, arrays, key, shape):
    """arrays[key] as an array; None in `shape` matches any length. DataFileError names key and shape."""
    wanted = "(" + ", ".join("any" if n is None else str(n) for n in shape) + ")"
    if key not in arrays:
        found = ", ".join(sorted(k for k in arrays if not k.startswith("__"))) or "nothing"
        raise DataFileError(
            path, f"the key {key!r} is missing, found: {found}", f"{key!r} of shape {wanted}",
            "Is this the right file?",
        )  # fmt: skip
    values = np.asarray(arrays[key])
    fits = values.ndim == len(shape) and all(n in (None, k) for n, k in zip(shape, values.shape))
    if not fits:
        raise DataFileError(
            path, f"{key!r} has shape {values.shape}", f"shape {wanted}", "Was it transposed or cut short?"
        )  # fmt: skip
    return values
