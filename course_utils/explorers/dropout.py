"""The units that dropout silences, found by calling the student's own forward pass."""

import numpy as np
from matplotlib.collections import LineCollection

from course_utils.datasets import load_football
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.network import forward_propagation, xavier_parameters
from course_utils.plotting import BLUE, ORANGE

EXERCISE = "forward_propagation_with_dropout"
SIZES = (2, 20, 3, 1)  # units of the layers
HIDDEN = SIZES[1:3]
EXAMPLES = 60
KEEP_PROBS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 1.0)
START = 0.86
# Places in the cache (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
MASKS, ACTIVATIONS = (1, 6), (2, 7)
WHOLE_ACTIVATIONS = (1, 5)  # in the cache without masks, (Z1, A1, W1, b1, Z2, A2, ...)
UNIT_STYLES = {  # by what its legend says: marker, edge, face
    "explorer.dropout.kept": ("o", BLUE, BLUE),
    "explorer.dropout.zero": ("o", BLUE, "white"),
    "explorer.dropout.silenced": ("x", ORANGE, ORANGE),
}


def explore_dropout(forward):
    """Show, for a chosen keep_prob and example, which units `forward` silences.

    forward: the student's `forward_propagation_with_dropout`. Until it returns masks in its cache,
    a sentence is printed in place of the picture.
    """
    if _has_masks(forward):
        show(scene(forward))
    else:
        print(message("explorer.dropout.waits", function=EXERCISE))


def _has_masks(forward):
    """Whether `forward` returns what is drawn here.

    That is a cache with masks D1 and D2 of 0 and 1, each of the shape (n, m) of its layer, and
    with activations A1 and A2 that are 0 wherever the mask is. Scale and seed do not matter.
    """
    X, parameters = _inputs()
    try:
        cache = forward(X, parameters, START)[1]
        masks, activations = (
            [np.asarray(cache[place]) for place in places] for places in (MASKS, ACTIVATIONS)
        )
    except Exception:  # the student's code may raise anything, or return anything
        return False
    return all(
        D.shape == A.shape == (units, X.shape[1])
        and np.isin(D, (0, 1)).all()
        and not A[D == 0].any()
        for D, A, units in zip(masks, activations, HIDDEN)
    )


def scene(forward):
    """The explorer as a `Scene`; `forward` is one that `_has_masks` accepts."""
    X, parameters = _inputs()
    cache_of_all = forward_propagation(X, parameters)[1]
    active = np.vstack([cache_of_all[place] for place in WHOLE_ACTIVATIONS]) > 0
    places = [np.stack([np.full(n, layer), _heights(n)], axis=1) for layer, n in enumerate(SIZES)]
    figure = new_figure(11, 4.2)
    left, right = figure.subplots(1, 2, width_ratios=(1.3, 1))
    wires, units = _network_axes(left, places)
    image, marker = _mask_axes(right)

    def update(keep_prob, example):
        cache = forward(X, parameters, keep_prob)[1]
        masks = np.vstack([cache[place] for place in MASKS]).astype(
            int
        )  # D1 (20, m) over D2 (3, m)
        kept, alive = masks[:, example - 1] == 1, active[:, example - 1]
        for unit, shown in zip(units, (kept & alive, kept & ~alive, ~kept)):
            unit.set_data(*np.vstack(places[1:3])[shown].T)
        wires.set_segments(_wires(places, kept))
        image.set_data(masks[:, :EXAMPLES])
        marker.set_xdata([example, example])
        return _sentence(keep_prob, example, kept, alive)

    picture = Picture(figure, [wires, *units, image, marker])
    return Scene(_controls(), picture, update)


def _inputs():
    """X (2, m) and the parameters of a network of SIZES; new arrays at each call."""
    return load_football()[0], xavier_parameters(SIZES, seed=3)


def _controls():
    keep_probs = [(f"{value:g}", value) for value in KEEP_PROBS]
    examples = [(str(number), number) for number in range(1, EXAMPLES + 1)]
    return (
        Control("keep_prob", "keep_prob", keep_probs, START),
        Control("example", message("explorer.example"), examples, 1),
    )


def _sentence(keep_prob, example, kept, alive):
    """What is seen; kept, alive: truth values (23,), not silenced and above 0 without dropout."""
    layer1, layer2 = (np.flatnonzero(~part) + 1 for part in _by_layer(kept))
    return message(
        "explorer.dropout.seen",
        keep_prob=keep_prob,
        example=example,
        silenced1=len(layer1),
        units=", ".join(map(str, layer1)) or message("explorer.dropout.no_unit"),
        silenced2=len(layer2),
        active=np.sum(kept & alive),
        zero=np.sum(kept & ~alive),
    )


def _network_axes(ax, places):
    """The network: wires and three kinds of units, which move; inputs and output, which stay."""
    ends = np.vstack([places[0], places[3]])
    ax.plot(*ends.T, "s", color="0.4", markersize=9, label=label("explorer.dropout.ends"))
    wires = ax.add_collection(LineCollection([], colors="0.75", linewidths=0.7))
    units = [_unit_markers(ax, label(code), *style) for code, style in UNIT_STYLES.items()]
    ax.set(xlim=(-0.3, 3.3), ylim=(-0.05, 1.05), yticks=[], title=label("explorer.dropout.network"))
    layers = [label("explorer.layer", number=number) for number in (1, 2)]
    ax.set_xticks(range(4), [label("explorer.inputs"), *layers, label("explorer.output")])
    ax.legend(fontsize=8, loc="upper right")
    return wires, units


def _unit_markers(ax, name, marker, edge, face):
    """Markers for the units of one kind; none yet."""
    colours = {"color": edge, "markerfacecolor": face}
    (units,) = ax.plot([], [], marker, markersize=8, markeredgewidth=2, label=name, **colours)
    return units


def _mask_axes(ax):
    """The masks, one column for each example, and the line that marks the chosen example."""
    rows = sum(HIDDEN)
    image = ax.imshow(
        np.ones((rows, EXAMPLES)),
        cmap="gray",
        vmin=-0.6,
        vmax=1.1,
        aspect="auto",
        origin="lower",
        extent=(0.5, EXAMPLES + 0.5, 0.5, rows + 0.5),
        interpolation="nearest",
    )
    marker = ax.axvline(1, color=ORANGE, linewidth=2)
    ax.set(title=label("explorer.dropout.masks", examples=EXAMPLES))
    ax.set(xlabel=label("explorer.example"))
    first, second = (label("explorer.layer", number=number) for number in (1, 2))
    ax.set_yticks([1, 10, 20, 22], [f"{first}: 1", "10", "20", second])
    return image, marker


def _wires(places, kept):
    """Segments between the units that are not silenced, from each layer to the next."""
    alive = [np.ones(SIZES[0], bool), *_by_layer(kept), np.ones(SIZES[3], bool)]
    return [
        (a, b)
        for layer in range(3)
        for a in places[layer][alive[layer]]
        for b in places[layer + 1][alive[layer + 1]]
    ]


def _by_layer(units):
    """Values of the 23 hidden units, split into those of layer 1 (20,) and of layer 2 (3,)."""
    return np.split(units, [HIDDEN[0]])


def _heights(n):
    """Heights at which n units of a layer are drawn, from 0 to 1; few units stand in the middle."""
    return np.linspace(0, 1, n) if n > 3 else np.linspace(0, 1, n + 2)[1:-1]
