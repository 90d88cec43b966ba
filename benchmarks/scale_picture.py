"""The picture of benchmarks/scale.py: what grading takes as a class grows.

Its colours can be told apart by colour-blind readers, and bars are hatched.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from benchmarks.process_kinds import (
    BWRAP,
    COORDINATOR,
    NANNY,
    OUTER,
    SCHEDULER,
    STUDENT,
    STUDENTS,
    TEST,
    TESTS,
    WORKER,
)
from benchmarks.scale_figures import LEAST_GAIN_OF_JOBS, LEAST_GAIN_OF_WORKERS, MOST_MEMORY

BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
KINDS = (COORDINATOR, STUDENTS, TESTS, TEST, OUTER, STUDENT, BWRAP)
DASK = (SCHEDULER, NANNY, WORKER)
COLUMNS = 2


def draw(figures: dict, path: Path) -> None:
    """Draw what is in the figures; a part that was not measured leaves its panel out."""
    panels = _panels(figures)
    rows = -(-len(panels) // COLUMNS)  # rounded up
    size = (9, 2.9 * rows)
    fig, axes = plt.subplots(rows, COLUMNS, figsize=size, layout="constrained", squeeze=False)
    for ax, (draw_panel, values) in zip(axes.flat, panels):
        draw_panel(ax, values)
        ax.spines[["top", "right"]].set_visible(False)
    for ax in axes.flat[len(panels) :]:
        ax.set_axis_off()
    fig.savefig(path, dpi=150)
    plt.close(fig)


def _panels(figures: dict) -> list[tuple[Callable, Any]]:
    """The panels that can be drawn, each with its figures."""
    panels: list[tuple[Callable, Any]] = []
    if "growth" in figures:
        rows = figures["growth"]["rows"]
        panels += [(_speed, rows), (_processor, rows), (_disk, rows), (_coordinator, rows)]
    kinds = _kinds(figures.get("dask", {})) | _kinds(figures.get("growth", {}))
    panels += [(_memory, kinds)] if kinds else []
    panels += [(_two, figures)] if figures.keys() & {"jobs", "dask"} else []
    return panels


def _kinds(part: dict) -> dict:
    """What the processes of each kind took, in the largest class of a part."""
    return part["rows"][-1]["kinds"] if "rows" in part else part.get("kinds", {})


def _over_sizes(ax: Axes, rows: list[dict], title: str) -> list[int]:
    sizes = [row["size"] for row in rows]
    ax.set_xscale("log")
    ax.set_xticks(sizes, [f"{size:,d}" for size in sizes])
    ax.minorticks_off()
    ax.set_xlabel("submissions")
    ax.set_title(title, fontsize=10)
    return sizes


def _speed(ax: Axes, rows: list[dict]) -> None:
    sizes = _over_sizes(ax, rows, "submissions per second")
    ax.plot(sizes, [row["per_second"] for row in rows], "o-", color=BLUE)
    ax.set_ylim(0, 1.1 * ax.get_ylim()[1])


def _processor(ax: Axes, rows: list[dict]) -> None:
    sizes = _over_sizes(ax, rows, "processor time of a submission (s)")
    for key, style, colour, label in (
        ("processor_each", "o-", BLUE, "with the start"),
        ("processor_each_without_start", "s--", ORANGE, "without it"),
        ("coordinator_each", "^:", GREEN, "of it, coordinator"),
    ):
        ax.plot(sizes, [row[key] for row in rows], style, color=colour, label=label)
    ax.set_ylim(0, 1.15 * ax.get_ylim()[1])
    ax.legend(frameon=False, fontsize=8, loc=(0.05, 0.3))


def _disk(ax: Axes, rows: list[dict]) -> None:
    """Bars side by side, so that each starts at zero."""
    parts = {"autograded": (BLUE, ""), "cache": (ORANGE, "//"), "gradebook": (GREEN, "xx")}
    for number, (name, (colour, hatch)) in enumerate(parts.items()):
        places = [place + (number - 1) * 0.27 for place in range(len(rows))]
        kilobytes = [row["disk_each"][name] / 1e3 for row in rows]
        style = {"color": colour, "hatch": hatch, "edgecolor": "black", "linewidth": 0.5}
        bars = ax.bar(places, kilobytes, 0.25, label=name, **style)
        ax.bar_label(bars, fmt="%.0f", fontsize=8)
    ax.set_xticks(range(len(rows)), [f"{row['size']:,d}" for row in rows])
    ax.set_xlabel("submissions")
    ax.set_title("KB on disk of a submission", fontsize=10)
    ax.set_ylim(top=1.3 * ax.get_ylim()[1])
    ax.legend(frameon=False, fontsize=8, ncols=3, loc="upper center")


def _coordinator(ax: Axes, rows: list[dict]) -> None:
    sizes = _over_sizes(ax, rows, "most memory of the coordinator (MB, Rss)")
    ax.plot(sizes, [row["kinds"][COORDINATOR]["rss"] / 1e6 for row in rows], "o-", color=BLUE)
    wanted = MOST_MEMORY / 1e6
    ax.axhline(wanted, color="black", linestyle="--", linewidth=1)
    below = {"xytext": (0, -12), "textcoords": "offset points"}
    ax.annotate(f"wanted: below {wanted:.0f}", (sizes[0], wanted), fontsize=8, **below)
    ax.set_ylim(0, 450)


def _memory(ax: Axes, kinds: dict[str, dict]) -> None:
    names = [name for name in (*KINDS, *DASK) if name in kinds][::-1]
    megabytes = [kinds[name]["median_pss"] / 1e6 for name in names]
    ax.bar_label(ax.barh(names, megabytes, color=BLUE), fmt="%.0f", padding=2, fontsize=8)
    ax.tick_params(axis="y", labelsize=8)
    ax.set_title("memory of a process (MB, median Pss)", fontsize=10)


def _two(ax: Axes, figures: dict) -> None:
    wanted_of = {"jobs": LEAST_GAIN_OF_JOBS, "dask": LEAST_GAIN_OF_WORKERS}
    names = {"jobs": "local jobs", "dask": "Dask workers"}
    parts = [part for part in names if part in figures]
    for number, part in enumerate(parts):
        wanted = wanted_of[part]
        bars = ax.bar([number], [figures[part]["times"]], 0.5, color=BLUE)
        ax.bar_label(bars, fmt="%.2f", fontsize=9, label_type="center", color="white")
        line = [number - 0.35, number + 0.35]
        ax.plot(line, [wanted, wanted], "--", color="black", linewidth=1)
        ax.annotate(f"{wanted}", (number + 0.37, wanted), va="center", fontsize=8)
    ax.set_xticks(range(len(parts)), [f"two {names[part]}" for part in parts])
    ax.set_xlim(-0.6, len(parts) - 0.1)
    ax.set_ylim(0, 2.2)
    ax.set_title("times as fast as one (dashed: wanted)", fontsize=10)
