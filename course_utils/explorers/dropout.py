"""Which units a pass with dropout silences, by the student's own forward pass."""

import numpy as np
from matplotlib.collections import LineCollection

from course_utils.datasets import load_football
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.network import forward_propagation, xavier_parameters
from course_utils.plotting import BLUE, ORANGE

EXERCISE = "forward_propagation_with_dropout"
SIZES = (2, 20, 3, 1)
EXAMPLES = 60
KEEPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 1.0)


def explore_dropout(forward):
    """Choose keep_prob and an example; see which units your `forward_propagation_with_dropout` silences for it."""
    if not _has_masks(forward):
        print(
            f"This picture is drawn by your {EXERCISE}: it comes as soon as the check of that exercise passes."
        )
    else:
        show(scene(forward))


def _has_masks(forward):
    """Whether a forward pass hands back what is drawn here: masks of 0 and 1 in its cache, and silence where they are 0."""
    X, parameters = load_football()[0], xavier_parameters(SIZES, seed=3)
    try:
        cache = forward(X, parameters, KEEPS[-2])[1]
        layers = [(np.asarray(cache[mask]), np.asarray(cache[mask + 1])) for mask in (1, 6)]
        return all(
            D.shape == A.shape == (units, X.shape[1])
            and np.isin(D, (0, 1)).all()
            and not A[D == 0].any()
            for (D, A), units in zip(layers, SIZES[1:3])
        )
    except Exception:  # an exercise that is still to be done, or not right yet
        return False


def scene(forward):
    X, parameters = load_football()[0], xavier_parameters(SIZES, seed=3)
    whole = forward_propagation(X, parameters)[1]
    places = [np.stack([np.full(n, layer), _spread(n)], axis=1) for layer, n in enumerate(SIZES)]
    figure = new_figure(11, 4.2)
    left, right = figure.subplots(1, 2, width_ratios=(1.3, 1))
    wires, units = _network_axes(left, places)
    image, here = _mask_axes(right)

    def update(keep_prob, example):
        cache = forward(X, parameters, keep_prob)[1]
        masks = np.vstack([cache[1], cache[6]]).astype(int)  # D1 (20, m) over D2 (3, m)
        kept = masks[:, example - 1] == 1
        active = np.concatenate([whole[1][:, example - 1], whole[5][:, example - 1]]) > 0
        spots = np.vstack(places[1:3])
        for unit, shown in zip(units, (kept & active, kept & ~active, ~kept)):
            unit.set_data(*spots[shown].T)
        wires.set_segments(_wires(places, kept))
        image.set_data(masks[:, :EXAMPLES])
        here.set_xdata([example, example])
        return _sentence(keep_prob, example, kept, active)

    controls = (
        Control("keep_prob", "keep_prob", [(f"{value:g}", value) for value in KEEPS], 0.86),
        Control("example", "example", [(f"{value}", value) for value in range(1, EXAMPLES + 1)], 1),
    )
    return Scene(controls, Picture(figure, [wires, *units, image, here]), update)


def _sentence(keep_prob, example, kept, active):
    silenced = [np.flatnonzero(~part) + 1 for part in (kept[:20], kept[20:])]
    named = ", ".join(map(str, silenced[0])) or "none"
    return (
        f"keep_prob = {keep_prob:g}, example {example}: dropout silences {len(silenced[0])} of the 20 units of layer 1 "
        f"(from below: {named}) and {len(silenced[1])} of the 3 of layer 2. "
        f"{np.sum(kept & active)} units pass on a signal; {np.sum(kept & ~active)} are kept but 0 by ReLU before any dropout."
    )


def _network_axes(ax, places):
    """Wires and three kinds of units, which move; inputs and output stay."""
    ax.plot(
        *np.vstack([places[0], places[3]]).T, "s", color="0.4", markersize=9, label="input, output"
    )
    wires = ax.add_collection(LineCollection([], colors="0.75", linewidths=0.7))
    looks = {
        "kept": ("o", BLUE, BLUE),
        "kept, 0 by ReLU": ("o", BLUE, "white"),
        "silenced": ("x", ORANGE, ORANGE),
    }
    units = [
        ax.plot(
            [],
            [],
            marker,
            color=edge,
            markerfacecolor=face,
            markersize=8,
            markeredgewidth=2,
            label=label,
        )[0]
        for label, (marker, edge, face) in looks.items()
    ]
    ax.set(xlim=(-0.3, 3.3), ylim=(-0.05, 1.05), yticks=[], title="the network in this pass")
    ax.set_xticks(range(4), ["inputs", "layer 1", "layer 2", "output"])
    ax.legend(fontsize=8, loc="upper right")
    return wires, units


def _mask_axes(ax):
    image = ax.imshow(np.ones((23, EXAMPLES)), cmap="gray", vmin=-0.6, vmax=1.1, aspect="auto", origin="lower",
                      extent=(0.5, EXAMPLES + 0.5, 0.5, 23.5), interpolation="nearest")  # fmt: skip
    here = ax.axvline(1, color=ORANGE, linewidth=2)
    ax.set(title="masks of the first 60 examples (dark: silenced)", xlabel="example")
    ax.set_yticks([1, 10, 20, 22], ["layer 1: 1", "10", "20", "layer 2"])
    return image, here


def _wires(places, kept):
    """Segments between units that are not silenced, layer by layer."""
    alive = [np.ones(2, bool), kept[:20], kept[20:], np.ones(1, bool)]
    return [
        (a, b)
        for layer in range(3)
        for a in places[layer][alive[layer]]
        for b in places[layer + 1][alive[layer + 1]]
    ]


def _spread(n):
    return np.linspace(0, 1, n) if n > 3 else np.linspace(0, 1, n + 2)[1:-1]
