"""The report's pictures, as SVG that a page can hold; each with its words for whoever cannot see it."""

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
from grading.returns.class_report.items import ItemStatistics

WIDTH = 5.4  # inches: at a phone's width the letters are still large enough
STYLE: Any = {
    "font.size": 10,
    "svg.hashsalt": "report",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True)
class Plot:
    """uri: the picture itself; alt: what it shows, in words"""

    uri: str
    alt: str


def plot_scores(scores: np.ndarray, most: float) -> Plot:
    """How many submissions have how many points, in ten classes. scores (n,)"""
    edges = np.linspace(0, max(most, scores.max(initial=0.0)), 11)
    counts, _ = np.histogram(scores, edges)
    median = float(np.median(scores))
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 2.9), layout="constrained")
        ax = figure.subplots()
        width = edges[1] - edges[0]
        bars = ax.bar(edges[:-1] + width / 2, counts, 0.92 * width, color=BLUE)
        ax.bar_label(bars, [str(count) if count else "" for count in counts], padding=2)
        ax.axvline(median, color=ORANGE, linestyle="--", linewidth=1.8)
        ax.annotate(f"median {median:g} ", (median, 1.12), xycoords=("data", "axes fraction"), color="#A34700",
                    ha="right" if median > most / 2 else "left", va="top")  # fmt: skip
        ax.set(
            xlabel="points",
            ylabel="submissions",
            xticks=edges[::2],
            xlim=(edges[0] - 1, edges[-1] + 1),
        )
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.margins(y=0.15)
        uri = _uri(figure)
    classes = [
        f"{low:g} to {high:g}: {count}"
        for low, high, count in zip(edges, edges[1:], counts)
        if count
    ]
    return Plot(
        uri,
        f"Histogram of scores. Points, and submissions: {'; '.join(classes)}. Median {median:g}.",
    )


def plot_losses(found: list[ItemStatistics]) -> Plot:
    """Points lost for one student on average: a bar for each function, and below it one for each of its tests."""
    functions = list(dict.fromkeys(standing.item.function for standing in found))
    sums = {name: sum(one.lost for one in found if one.item.function == name) for name in functions}
    with matplotlib.rc_context(STYLE):
        rows = len(found) + 2 * len(functions)
        figure = Figure(figsize=(WIDTH, 0.25 * rows + 0.6), layout="constrained")
        ax = figure.subplots()
        _draw_losses(ax, found, sums)
        uri = _uri(figure)
    worst = sorted(found, key=lambda one: -one.lost)[:5]
    alt = "Bar chart of the points lost for one student on average. By function: "
    alt += "; ".join(f"{name} {sums[name]:.1f}" for name in functions) + ". Most by test: "
    alt += (
        "; ".join(
            f"{one.item.id} {one.lost:.1f} of {one.item.points:g}" for one in worst if one.lost
        )
        + "."
    )
    return Plot(uri, alt + " All numbers are in the table of tests below.")


def _draw_losses(ax: Axes, found: list[ItemStatistics], sums: dict[str, float]) -> None:
    ticks, at = {}, 0.0
    for function, lost in sums.items():
        mine = [one for one in found if one.item.function == function]
        most = sum(one.item.points for one in mine)
        ax.annotate(
            function, (0, at), xytext=(2, 0), textcoords="offset points", va="center", weight="bold"
        )
        bar = ax.barh(at + 1, lost, 0.8, color=BLUE, hatch="///", edgecolor="white")
        ax.bar_label(bar, [f"{lost:.1f} of {most:g}"], padding=3, weight="bold")
        ticks[at + 1] = "in all"
        for place, one in enumerate(mine, start=2):
            bar = ax.barh(at + place, one.lost, 0.62, color=ORANGE)
            ax.bar_label(bar, [f"{one.lost:.1f} of {one.item.points:g}"], padding=3)
            ticks[at + place] = one.item.idea
        at += len(mine) + 2
    ax.set(
        xlabel="points lost, for one student on average",
        yticks=list(ticks),
        yticklabels=list(ticks.values()),
    )
    ax.set_ylim(at - 0.6, -0.6)
    ax.set_xlim(0, 1.3 * max(max(sums.values(), default=0.0), 0.1))
    ax.tick_params(axis="y", length=0)


def _uri(figure: Figure) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
