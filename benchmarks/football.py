"""Does the football set show what it is for, and not only from one start?

Trains the 2-20-3-1 network without regularization, with L2 (0.7) and with dropout (0.86), as the
notebook does, from the notebook's start and from starts moved by a relative 1e-10. That is enough
to send the training without regularization, whose cost jumps at learning rate 0.3, down another
path.

    python -m benchmarks.football
"""

import numpy as np

from course_utils.datasets import load_football
from course_utils.network import accuracy, xavier_parameters
from course_utils.training import model
from grading.course import Course
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells

STARTS = 5
STEPS = 30_000
LAMBD, KEEP_PROB = 0.7, 0.86


def main():
    data, versions = load_football(), training_versions()
    head = "  ".join(f"{version:>19s}" for version in versions)
    print(f"{'start':>5s}  {head}   (train / test accuracy)")
    for trial in range(STARTS):
        start = start_of(trial)
        texts = [accuracies(data, start, parts) for parts in versions.values()]
        print(f"{trial:5d}  " + "  ".join(f"{text:>19s}" for text in texts))


def training_versions():
    """{name: the functions that `model` is called with}, from the notebook's solutions."""
    source = Course.here().source("regularization")
    solutions = run_cells(definitions(code_cells(read_notebook(source))), source)
    l2_backward = solutions["backward_propagation_with_regularization"]
    dropout_forward = solutions["forward_propagation_with_dropout"]
    dropout_backward = solutions["backward_propagation_with_dropout"]
    return {
        "none": {},
        f"L2 {LAMBD}": {"backward": lambda X, Y, cache: l2_backward(X, Y, cache, LAMBD)},
        f"dropout {KEEP_PROB}": {
            "forward": lambda X, parameters: dropout_forward(X, parameters, KEEP_PROB),
            "backward": lambda X, Y, cache: dropout_backward(X, Y, cache, KEEP_PROB),
        },
    }


def start_of(trial):
    """The notebook's first weights; from trial 1 on, each moved a little."""
    rng = np.random.RandomState(trial)
    start = xavier_parameters((2, 20, 3, 1), seed=3)
    if trial == 0:
        return start
    return {key: value * (1 + 1e-10 * rng.randn(*value.shape)) for key, value in start.items()}


def accuracies(data, start, parts):
    """Accuracy on training and test points after a training, as text."""
    X, Y, test_X, test_Y = data
    how = {"learning_rate": 0.3, "num_iterations": STEPS, "progress": False} | parts
    parameters = model(X, Y, start, **how).parameters
    training, test = accuracy(X, Y, parameters), accuracy(test_X, test_Y, parameters)
    return f"{training:8.1%} / {test:6.1%}"


if __name__ == "__main__":
    main()
