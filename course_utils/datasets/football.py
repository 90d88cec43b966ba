"""The football set: places on the pitch, label 1 where our team won the header, else 0."""

from course_utils.datasets.files import DATA, DataFileError, require_array, require_file
from course_utils.messages import message

SHAPES = {"X": (211, 2), "y": (211, 1), "Xval": (200, 2), "yval": (200, 1)}
EXPECTED = message(
    "data.matlab", arrays=", ".join(f"{name} {shape}" for name, shape in SHAPES.items())
)


def true_border(x1):
    """The height x2 of the curve from which the data are simulated, for each x1 of any shape.

    Our team wins below it; near it, and for some other points, chance decides.
    """
    return 0.05 - 0.8 * x1 + 0.6 * x1**2


def load_football(path=DATA / "football.mat"):
    """Read the football set that the course ships, or another `.mat` file of the same form.

    -> train_X (2, 211), train_Y (1, 211), test_X (2, 200), test_Y (1, 200)
    raises DataFileError when the file is missing, damaged, or holds other arrays
    """
    from scipy.io import loadmat  # here, because it makes importing the module slow

    path = require_file(path, EXPECTED)
    try:
        contents = loadmat(path)
    except Exception as error:  # scipy raises many types on damaged files
        about = {"path": str(path), "expected": EXPECTED, "error": str(error)}
        raise DataFileError(message("data.unreadable", format="MATLAB", **about)) from error
    X, y, Xval, yval = (require_array(path, contents, key, shape) for key, shape in SHAPES.items())
    return X.T.astype(float), y.T.astype(int), Xval.T.astype(float), yval.T.astype(int)
