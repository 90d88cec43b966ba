"""The picture of benchmarks/scale.py: what grading takes as a class grows. In colours that all can tell apart, and hatched."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from benchmarks.processes import (
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

BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
KINDS = (COORDINATOR, STUDENTS, TESTS, TEST, OUTER, STUDENT, BWRAP)
DASK = (SCHEDULER, NANNY, WORKER)


def draw(figures: dict, path: Path) -> None:
    """Draw what is in the figures; a part that was not measured leaves its panel out."""
    panels = []
    if "growth" in figures:
        rows = figures["growth"]["rows"]
        panels += [(_speed, rows), (_processor, rows), (_disk, rows), (_coordinator, rows)]
    kinds = {
        name: kind
        for part in ("dask", "growth")
        for name, kind in _kinds(figures.get(part, {})).items()
    }
    panels += [(_memory, kinds)] if kinds else []
    panels += [(_two, figures)] if figures.keys() & {"jobs", "dask"} else []
    columns = 2
    fig, axes = plt.subplots(
        -(-len(panels) // columns), columns, figsize=(9, 2.9 * -(-len(panels) // columns)), layout="constrained", squeeze=False
    )  # fmt: skip
    for ax, (panel, found) in zip(axes.flat, panels):
        panel(ax, found)
        ax.spines[["top", "right"]].set_visible(False)
    for ax in axes.flat[len(panels) :]:
        ax.set_axis_off()
    fig.savefig(path, dpi=150)
    plt.close(fig)


def _kinds(part: dict) -> dict:
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
    ax.plot(
        sizes, [row["processor_each"] for row in rows], "o-", color=BLUE, label="with the start"
    )
    ax.plot(
        sizes,
        [row["processor_each_without_start"] for row in rows],
        "s--",
        color=ORANGE,
        label="without it",
    )
    ax.plot(
        sizes,
        [row["coordinator_each"] for row in rows],
        "^:",
        color=GREEN,
        label="of it, coordinator",
    )
    ax.set_ylim(0, 1.15 * ax.get_ylim()[1])
    ax.legend(frameon=False, fontsize=8, loc=(0.05, 0.3))


def _disk(ax: Axes, rows: list[dict]) -> None:
    """Bars side by side, so that each starts at zero."""
    parts = {"autograded": (BLUE, ""), "store": (ORANGE, "//"), "gradebook": (GREEN, "xx")}
    for at, (name, (colour, hatch)) in enumerate(parts.items()):
        places = [number + (at - 1) * 0.27 for number in range(len(rows))]
        kilobytes = [row["disk_each"][name] / 1e3 for row in rows]
        bars = ax.bar(
            places,
            kilobytes,
            0.25,
            color=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.5,
            label=name,
        )
        ax.bar_label(bars, fmt="%.0f", fontsize=8)
    ax.set_xticks(range(len(rows)), [f"{row['size']:,d}" for row in rows])
    ax.set_xlabel("submissions")
    ax.set_title("KB on disk of a submission", fontsize=10)
    ax.set_ylim(top=1.3 * ax.get_ylim()[1])
    ax.legend(frameon=False, fontsize=8, ncols=3, loc="upper center")


def _coordinator(ax: Axes, rows: list[dict]) -> None:
    sizes = _over_sizes(ax, rows, "most memory of the coordinator (MB, Rss)")
    ax.plot(sizes, [row["kinds"][COORDINATOR]["rss"] / 1e6 for row in rows], "o-", color=BLUE)
    ax.axhline(400, color="black", linestyle="--", linewidth=1)
    ax.annotate(
        "wanted: below 400",
        (sizes[0], 400),
        xytext=(0, -12),
        textcoords="offset points",
        fontsize=8,
    )
    ax.set_ylim(0, 450)


def _memory(ax: Axes, kinds: dict[str, dict]) -> None:
    names = [name for name in (*KINDS, *DASK) if name in kinds][::-1]
    megabytes = [kinds[name]["median_pss"] / 1e6 for name in names]
    ax.bar_label(ax.barh(names, megabytes, color=BLUE), fmt="%.0f", padding=2, fontsize=8)
    ax.tick_params(axis="y", labelsize=8)
    ax.set_title("memory of a process (MB, median Pss)", fontsize=10)


def _two(ax: Axes, figures: dict) -> None:
    names = {"jobs": ("local jobs", 1.7), "dask": ("Dask workers", 1.6)}
    found = [(*names[part], figures[part]["times"]) for part in names if part in figures]
    for at, (_, wanted, times) in enumerate(found):
        bars = ax.bar([at], [times], 0.5, color=BLUE)
        ax.bar_label(bars, fmt="%.2f", fontsize=9)
        ax.plot([at - 0.35, at + 0.35], [wanted, wanted], "--", color="black", linewidth=1)
        ax.annotate(f"{wanted}", (at + 0.37, wanted), va="center", fontsize=8)
    ax.set_xticks(range(len(found)), [f"two {name}" for name, *_ in found])
    ax.set_xlim(-0.6, len(found) - 0.1)
    ax.set_ylim(0, 2.2)
    ax.set_title("times as fast as one (dashed: wanted)", fontsize=10)
