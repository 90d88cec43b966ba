"""Does the football set show what it is for, and not only from one start?

Trains the 2-20-3-1 network without regularization, with L2 (0.7) and with dropout (0.86), as the notebook does,
from the notebook's start and from starts moved by a relative 1e-10. That much is enough to send the
unregularized training, whose cost jumps at learning rate 0.3, down another path.
"""

import numpy as np

from course_utils.datasets import load_football
from course_utils.network import accuracy, xavier_parameters
from course_utils.training import model
from grading.course import Course
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells

STARTS = 5

source = Course.here().source("regularization")
solved = run_cells(definitions(code_cells(read_notebook(source))), source)
l2_backward = solved["backward_propagation_with_regularization"]
dropout_forward = solved["forward_propagation_with_dropout"]
dropout_backward = solved["backward_propagation_with_dropout"]
VERSIONS = {
    "none": {},
    "L2 0.7": {"backward": lambda X, Y, cache: l2_backward(X, Y, cache, 0.7)},
    "dropout 0.86": {
        "forward": lambda X, parameters: dropout_forward(X, parameters, 0.86),
        "backward": lambda X, Y, cache: dropout_backward(X, Y, cache, 0.86),
    },
}

train_X, train_Y, test_X, test_Y = load_football()
print(
    f"{'start':>5s}  "
    + "  ".join(f"{version:>19s}" for version in VERSIONS)
    + "   (train / test accuracy)"
)
for trial in range(STARTS):
    rng = np.random.RandomState(trial)
    start = xavier_parameters((2, 20, 3, 1), seed=3)
    if trial:
        start = {key: value * (1 + 1e-10 * rng.randn(*value.shape)) for key, value in start.items()}
    shown = []
    for parts in VERSIONS.values():
        run = model(
            train_X,
            train_Y,
            start,
            learning_rate=0.3,
            num_iterations=30_000,
            progress=False,
            **parts,
        )
        scores = (
            accuracy(train_X, train_Y, run.parameters),
            accuracy(test_X, test_Y, run.parameters),
        )
        shown.append("{:8.1%} / {:6.1%}".format(*scores))
    print(f"{trial:5d}  " + "  ".join(f"{text:>19s}" for text in shown))
