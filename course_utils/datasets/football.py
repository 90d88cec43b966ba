"""The football set: where on the pitch our team wins the header (1) and where the other team does (0)."""

from course_utils.datasets.files import DATA, DataFileError, require_array, require_file

SHAPES = {"X": (211, 2), "y": (211, 1), "Xval": (200, 2), "yval": (200, 1)}
EXPECTED = (
    "a MATLAB file (version 7 or older) with X (211, 2), y (211, 1), Xval (200, 2), yval (200, 1)"
)


def load_football(path=DATA / "football.mat"):
    """Read the football set, ours by default; pass the path of another `.mat` file to use that.

    train_X (2, 211), train_Y (1, 211), test_X (2, 200), test_Y (1, 200)
    """
    from scipy.io import loadmat  # here: who only imports the module need not wait for it

    path = require_file(path, EXPECTED)
    try:
        contents = loadmat(path)
    except Exception as error:  # scipy raises many types on damaged files
        raise DataFileError(
            path,
            f"it cannot be read as MATLAB data ({error})",
            EXPECTED,
            "Fetch or make the file again.",
        ) from error
    X, y, Xval, yval = (require_array(path, contents, key, shape) for key, shape in SHAPES.items())
    return X.T.astype(float), y.T.astype(int), Xval.T.astype(float), yval.T.astype(int)
