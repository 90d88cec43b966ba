"""What the explorers look up: networks trained ahead of time, by what their sliders choose.

The file is made by the instructors' `python -m grading.authoring.explorer_tables`; it holds numbers only.
"""

import functools
from pathlib import Path

import numpy as np

from course_utils.datasets.files import require_file
from course_utils.network import xavier_parameters
from course_utils.vectors import vector_to_dictionary

TABLES = Path(__file__).parent / "data" / "tables.h5"

METHODS = ("constant", "normal", "normal / sqrt(n)")
SCALES = (0, 0.01, 0.1, 0.3, 0.5, 1, 1.41, 2, 3, 5, 10, 30)
LAMBDAS = (0, 0.01, 0.03, 0.1, 0.3, 0.7, 3, 10, 30)
KEEPS = (1, 0.95, 0.86, 0.75, 0.6, 0.5)
EPSILONS = np.logspace(-13, -1, 49)


@functools.cache
def table(name):
    """One table as an array: "circles/start" (methods, scales, n), "football/end" (lambdas, keeps, n), ..."""
    import h5py  # here: who only imports the module need not wait for it

    with h5py.File(require_file(TABLES, "the tables of the explorers"), "r") as file:
        return file[name][()].astype(float)


def network(name, row, column, sizes):
    """{"W1": (n1, n0), "b1": (n1, 1), ...} of one entry of a table of networks with layers of these sizes."""
    return vector_to_dictionary(table(name)[row, column], like=xavier_parameters(sizes, seed=0))
