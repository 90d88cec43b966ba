"""How long does a decision boundary take at the classic resolution of 0.01? Wanted: under 0.3 s.

Prints, for each point set, the median of several plots of a network of the notebooks' size: with
the figure only made, and with it drawn.

    python -m benchmarks.boundary
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


def main():
    parameters = xavier_parameters((2, 20, 3, 1), seed=3)
    for load in (load_circles, load_football, load_spirals, load_flower):
        X, Y, _, _ = load()
        times = [seconds_of_plot(X, Y, parameters) for _ in range(RUNS + 1)][1:]  # one warms up
        computed, drawn = (statistics.median(column) for column in zip(*times))
        print(
            f"{load.__name__:14s} computed {computed:.3f} s, "
            f"with drawing {drawn:.3f} s (median of {RUNS})"
        )


def seconds_of_plot(X, Y, parameters):
    """Seconds until the boundary is on new axes, and until these are drawn."""
    _, ax = plt.subplots()
    start = time.perf_counter()
    plot_decision_boundary(lambda points: predict(points, parameters), X, Y, ax)
    computed = time.perf_counter()
    ax.figure.canvas.draw()
    drawn = time.perf_counter()
    plt.close(ax.figure)
    return computed - start, drawn - start


if __name__ == "__main__":
    main()
