"""The layers of a network: what goes into each, what comes out, and what it keeps."""

import numpy as np

from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import BLUE, ORANGE

SIZES = (64, 20, 7, 5, 1)
EXAMPLES = 1_200
DEPTH = len(SIZES) - 1
MOST_DRAWN = 20  # units of a layer; of more, so many stand for all
WAYS = ("forward", "backward")


def explore_layers():
    """Show a network's layers: shapes, and what the cache of the chosen one holds."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(9, 5.2)
    top, below = figure.subplots(2, 1, height_ratios=(2.6, 1))
    for place, units in enumerate(SIZES):
        top.plot(*_units(place, units), "o", color="0.75", markersize=6)
    names = [label("explorer.inputs")] + [
        label("explorer.layer", number=number) for number in range(1, DEPTH + 1)
    ]
    top.set_xticks(range(DEPTH + 1), [f"{name}\n{n}" for name, n in zip(names, SIZES)])
    top.set(yticks=[], xlim=(-0.4, DEPTH + 0.4), ylim=(-0.1, 1.1))
    top.set_title(label("explorer.layers.title"))
    below.axis("off")
    (source,) = top.plot([], [], "o", color=BLUE, markersize=7)
    (chosen,) = top.plot([], [], "s", color=ORANGE, markersize=7)
    arrow = top.annotate("", (1, 1.06), (0, 1.06), arrowprops={"arrowstyle": "-|>", "lw": 2})
    style = {"fontsize": 11, "family": "monospace", "transform": below.transAxes}
    rows = [below.text(0.02, height, "", **style) for height in (0.8, 0.45, 0.1)]

    def update(layer, way):
        ends = (layer - 1, layer) if way == "forward" else (layer, layer - 1)
        source.set_data(*_units(ends[0], SIZES[ends[0]]))
        chosen.set_data(*_units(ends[1], SIZES[ends[1]]))
        arrow.set_position((ends[0], 1.06))
        arrow.xy = (ends[1], 1.06)
        parts = _parts(layer, way)
        for row, kind in zip(rows, ("in", "out", "kept")):
            row.set_text(f"{label(f'explorer.layers.{kind}')}: {', '.join(parts[kind])}")
        about = {kind: ", ".join(parts[kind]) for kind in parts}
        return message(f"explorer.layers.{way}", layer=layer, into=about.pop("in"), **about)

    return Scene(_controls(), Picture(figure, [source, chosen, arrow, *rows]), update)


def _controls():
    layers = [(str(number), number) for number in range(1, DEPTH + 1)]
    ways = [(str(message(f"explorer.layers.way.{way}")), way) for way in WAYS]
    return (
        Control("layer", message("explorer.layers.layer"), layers, 2),
        Control("way", message("explorer.layers.way"), ways, "forward", slider=False),
    )


def _parts(layer, way):
    """What goes in, what comes out and what is kept, as names with shapes."""
    n_prev, n = SIZES[layer - 1 : layer + 1]
    A_prev = f"A{layer - 1} {(n_prev, EXAMPLES)}"
    W, b, Z = f"W{layer} {(n, n_prev)}", f"b{layer} {(n, 1)}", f"Z{layer} {(n, EXAMPLES)}"
    kept = [A_prev, W, b, Z]
    if way == "forward":
        return {"in": [A_prev, W, b], "out": [f"A{layer} {(n, EXAMPLES)}"], "kept": kept}
    slopes = [f"d{A_prev}", f"d{W}", f"d{b}"]
    return {"in": [f"dA{layer} {(n, EXAMPLES)}"], "out": slopes, "kept": kept}


def _units(place, units):
    """Where the units of a layer are drawn: two arrays."""
    drawn = min(units, MOST_DRAWN)
    room = drawn / MOST_DRAWN / 2
    return np.full(drawn, place), np.linspace(0.5 - room, 0.5 + room, drawn)
