"""The plots of the class report, as SVG, each with a text for those who cannot see it."""

import base64
import io
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils.plotting import BLUE, ORANGE
from grading.returns.class_report.item_statistics import ItemStatistics

WIDTH = 5.4  # inches; at the width of a phone the letters are still large enough
BINS = 10  # of the histogram of scores
MAX_WORST = 5  # tests that the text of the plot of losses names
TEXT_ORANGE = "#A34700"  # darker than ORANGE: letters need more contrast than lines
STYLE: Any = {
    "font.size": 10,
    "svg.hashsalt": "report",  # the same picture gives the same bytes
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True)
class Plot:
    """uri: the picture, as a data URL; alt: a text that says what it shows"""

    uri: str
    alt: str


def plot_scores(scores: np.ndarray, max_score: float) -> Plot:
    """A histogram of the scores, shape (n,), with their median."""
    edges = np.linspace(0, max(max_score, scores.max(initial=0.0)), BINS + 1)
    counts, _ = np.histogram(scores, edges)
    median = float(np.median(scores))
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 2.9), layout="constrained")
        _draw_histogram(figure.subplots(), edges, counts, median)
        uri = _data_url(figure)
    bins = zip(edges, edges[1:], counts)
    texts = [f"{low:g} to {high:g}: {count}" for low, high, count in bins if count]
    alt = f"Histogram of scores. Points, and submissions: {'; '.join(texts)}. Median {median:g}."
    return Plot(uri, alt)


def _draw_histogram(ax: Axes, edges: np.ndarray, counts: np.ndarray, median: float) -> None:
    width = edges[1] - edges[0]
    bars = ax.bar(edges[:-1] + width / 2, counts, 0.92 * width, color=BLUE)
    ax.bar_label(bars, [str(count) if count else "" for count in counts], padding=2)
    ax.axvline(median, color=ORANGE, linestyle="--", linewidth=1.8)
    ax.annotate(
        f"median {median:g} ",
        (median, 1.12),
        xycoords=("data", "axes fraction"),
        color=TEXT_ORANGE,
        ha="right" if median > edges[-1] / 2 else "left",
        va="top",
    )
    limits = edges[0] - 1, edges[-1] + 1
    ax.set(xlabel="points", ylabel="submissions", xticks=edges[::2], xlim=limits)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.margins(y=0.15)


def plot_losses(statistics: list[ItemStatistics]) -> Plot:
    """Mean points lost: a bar for each function, and below it one for each of its tests."""
    by_function: dict[str, list[ItemStatistics]] = {}
    for test in statistics:
        by_function.setdefault(test.item.function, []).append(test)
    with matplotlib.rc_context(STYLE):
        rows = len(statistics) + 2 * len(by_function)
        figure = Figure(figsize=(WIDTH, 0.25 * rows + 0.6), layout="constrained")
        _draw_losses(figure.subplots(), by_function)
        uri = _data_url(figure)
    return Plot(uri, _losses_text(by_function))


def _losses_text(by_function: dict[str, list[ItemStatistics]]) -> str:
    tests = [test for tests in by_function.values() for test in tests]
    worst = sorted(tests, key=lambda test: -test.lost)[:MAX_WORST]
    of_functions = [f"{name} {_total_lost(tests):.1f}" for name, tests in by_function.items()]
    of_tests = [
        f"{test.item.id} {test.lost:.1f} of {test.item.points:g}" for test in worst if test.lost
    ]
    return (
        "Bar chart of the points lost for one student on average. "
        f"By function: {'; '.join(of_functions)}. Most by test: {'; '.join(of_tests)}. "
        "All numbers are in the table of tests below."
    )


def _total_lost(tests: list[ItemStatistics]) -> float:
    return sum(test.lost for test in tests)


def _draw_losses(ax: Axes, by_function: dict[str, list[ItemStatistics]]) -> None:
    """One group of bars for each function; rows count downwards."""
    ticks: dict[float, str] = {}
    row = 0.0
    for function, tests in by_function.items():
        ticks |= _draw_function(ax, row, function, tests)
        row += len(tests) + 2
    largest = max((_total_lost(tests) for tests in by_function.values()), default=0.0)
    ax.set(
        xlabel="points lost, for one student on average",
        yticks=list(ticks),
        yticklabels=list(ticks.values()),
    )
    ax.set_ylim(row - 0.6, -0.6)
    ax.set_xlim(0, 1.3 * max(largest, 0.1))
    ax.tick_params(axis="y", length=0)


def _draw_function(
    ax: Axes, row: float, function: str, tests: list[ItemStatistics]
) -> dict[float, str]:
    """A heading, a hatched bar for the sum, and plain bars for the tests; returns their labels."""
    lost, points = _total_lost(tests), sum(test.item.points for test in tests)
    ax.annotate(
        function, (0, row), xytext=(2, 0), textcoords="offset points", va="center", weight="bold"
    )
    bar = ax.barh(row + 1, lost, 0.8, color=BLUE, hatch="///", edgecolor="white")
    ax.bar_label(bar, [f"{lost:.1f} of {points:g}"], padding=3, weight="bold")
    ticks = {row + 1: "in all"}
    for offset, test in enumerate(tests, start=2):
        bar = ax.barh(row + offset, test.lost, 0.62, color=ORANGE)
        ax.bar_label(bar, [f"{test.lost:.1f} of {test.item.points:g}"], padding=3)
        ticks[row + offset] = test.item.idea
    return ticks


def _data_url(figure: Figure) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
