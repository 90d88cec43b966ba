"""Tables for the explorers: networks trained ahead of time, one for each choice of the sliders.

`python -m grading.authoring.explorer_tables`, of the instructors, makes the file.
"""

import functools
from pathlib import Path

import numpy as np

from course_utils.datasets.files import require_file
from course_utils.messages import message
from course_utils.network import xavier_parameters
from course_utils.vectors import vector_to_dictionary

TABLES = Path(__file__).parent / "data" / "tables.h5"

METHODS = ("constant", "normal", "normal / sqrt(n)")
SCALES = (0, 0.01, 0.1, 0.3, 0.5, 1, 1.41, 2, 3, 5, 10, 30)
LAMBDAS = (0, 0.01, 0.03, 0.1, 0.3, 0.7, 3, 10, 30)
KEEP_PROBS = (1, 0.95, 0.86, 0.75, 0.6, 0.5)
EPSILONS = np.logspace(-13, -1, 49)


@functools.cache
def table(name):
    """One table as an array of floats.

    "circles/start" and "circles/end": (methods, scales, n) for networks of n parameters
    "football/end": (lambdas, keep_probs, n)
    "epsilon/float64" and "epsilon/float32": (2, epsilons), relative errors from one and both sides
    """
    import h5py  # here, because it makes importing the module slow

    with h5py.File(require_file(TABLES, message("data.tables")), "r") as file:
        return file[name][()].astype(float)


def network(name, row, column, sizes):
    """The network in one row and column of a table; sizes: (n0, n1, ..., nL).

    -> {"W1": (n1, n0), "b1": (n1, 1), ...}
    """
    return vector_to_dictionary(table(name)[row, column], like=xavier_parameters(sizes, seed=0))
