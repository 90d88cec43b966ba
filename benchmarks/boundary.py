"""How long does a decision boundary take at the classic resolution of 0.01? Wanted: under 0.3 s.

Prints the median of several runs, figure drawn and all, for a trained-size network on each point set.
"""

import statistics
import time

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt

from course_utils.datasets import load_circles, load_flower, load_football, load_spirals
from course_utils.network import predict, xavier_parameters
from course_utils.plotting import plot_decision_boundary

RUNS = 7


def seconds(X, Y, parameters):
    """One boundary plot on new axes, drawn."""
    _, ax = plt.subplots()
    start = time.perf_counter()
    plot_decision_boundary(lambda points: predict(points, parameters), X, Y, ax)
    computed = time.perf_counter()
    ax.figure.canvas.draw()
    drawn = time.perf_counter()
    plt.close(ax.figure)
    return computed - start, drawn - start


for load in (load_circles, load_football, load_spirals, load_flower):
    X, Y, _, _ = load()
    parameters = xavier_parameters((2, 20, 3, 1), seed=3)
    times = [seconds(X, Y, parameters) for _ in range(RUNS + 1)][1:]  # the first warms up
    computed, drawn = (statistics.median(column) for column in zip(*times))
    print(
        f"{load.__name__:14s} computed {computed:.3f} s, with drawing {drawn:.3f} s (median of {RUNS})"
    )
