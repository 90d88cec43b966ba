"""Street scenes with cars, persons, traffic lights and bicycles, drawn from a seed.

They are drawings, and simple ones. A detector that learned from them knows nothing of photographs.

A scene is planned first: which things, how large and where. What is nearer is larger, stands lower
in the picture and is drawn later. A thing of which too little would be seen is left out, so
that every box has something to see in it. Bins, signs and bushes stand along the houses, in no box:
a detector has to tell them from the rest.
"""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from course_utils.datasets.street_things import Pen, draw_clutter, draw_thing

KINDS = ("car", "person", "light", "bicycle")
SIZE = 96  # pixels, both ways
FINE = 4  # each pixel is the mean of so many by so many finer ones
HORIZON, KERB, NEAR_KERB = 36, 44, 84  # rows: where houses, road and near pavement begin
LEAST_SEEN = 0.45  # of a thing's box: what others leave, and what is inside the picture
TRIES = 12  # to find a place for a thing

# Width and height in the middle distance, and the rows on which a thing may stand.
FIGURE = {
    "car": (31, 15, (54, 86)),
    "person": (10, 25, (52, 94)),
    "light": (9, 21, (24, 50)),
    "bicycle": (23, 15, (54, 93)),
}
OFTEN = {"car": 0.36, "person": 0.26, "light": 0.16, "bicycle": 0.22}


class Street(NamedTuple):
    """A scene and what is in it.

    picture: (96, 96, 3) in [0, 1]
    boxes: (k, 4), in pixels: x1, y1, x2, y2 of the corners at the left top and the right bottom
    classes: (k,), an index into `KINDS` for each box
    night: whether it is night
    """

    picture: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray
    night: bool


def load_street(seed, *, night=None, crowd=None, kinds=KINDS):
    """Draw the scene of this seed, as a `Street`.

    night: True or False; None lets the seed decide, by one chance in three
    crowd: how many things are put into the scene, as far as there is room; None: 2 to 8
    kinds: which kinds of things may come, of `KINDS`
    """
    rng = np.random.default_rng(seed)
    chance, number = rng.random(), int(rng.integers(2, 9))  # drawn always, so that knobs are apart
    is_night = bool(chance < 1 / 3) if night is None else bool(night)
    things = _plan(rng, number if crowd is None else crowd, tuple(kinds))
    picture = _draw(np.random.default_rng([seed, 1]), things, is_night)
    boxes = np.array([box for _, box in things]).reshape(-1, 4)
    classes = np.array([KINDS.index(kind) for kind, _ in things], dtype=int)
    return Street(picture, boxes.clip(0, SIZE), classes, is_night)


def load_streets(m, seed=0, **knobs):
    """`m` scenes of the seeds that follow one another from `seed`; knobs as in `load_street`."""
    return [load_street(seed + i, **knobs) for i in range(m)]


def _plan(rng, number, kinds):
    """[(kind, box), ...] from far to near."""
    often = np.array([OFTEN[kind] for kind in kinds])
    things = []
    for _ in range(number if kinds else 0):
        kind = str(rng.choice(kinds, p=often / often.sum()))
        boxes = (_place(rng, kind) for _ in range(TRIES))
        fitting = (box for box in boxes if _all_are_seen([*things, (kind, box)]))
        if (box := next(fitting, None)) is not None:
            things.append((kind, box))
    return sorted(things, key=_depth)


def _place(rng, kind):
    """A box for a thing of this kind, somewhere in the picture."""
    width, height, (first, last) = FIGURE[kind]
    foot = rng.uniform(first, last)
    nearness = (foot - first) / (last - first)
    scale = rng.uniform(0.8, 1.3) if kind == "light" else 0.72 + 0.6 * nearness
    width, height = scale * width * rng.uniform(0.9, 1.1), scale * height * rng.uniform(0.92, 1.08)
    centre = rng.uniform(2, SIZE - 2)
    return centre - width / 2, foot - height, centre + width / 2, foot


def _depth(thing):
    """Where things come in the order from far to near; lights stand at the far kerb."""
    kind, box = thing
    return KERB if kind == "light" else box[3]


def _all_are_seen(things):
    """Whether enough of every thing is seen when all of them are drawn."""
    hidden = np.zeros((SIZE, SIZE), bool)
    for _, (x1, y1, x2, y2) in sorted(things, key=_depth, reverse=True):
        rows, columns = (slice(max(0, round(a)), round(b)) for a, b in ((y1, y2), (x1, x2)))
        seen = np.count_nonzero(~hidden[rows, columns])
        if seen < LEAST_SEEN * (x2 - x1) * (y2 - y1):
            return False
        hidden[rows, columns] = True
    return True


def _draw(rng, things, night):
    """The picture, (96, 96, 3) in [0, 1]."""
    light = np.array([0.3, 0.32, 0.42]) * rng.uniform(0.4, 1.1) if night else rng.uniform(0.7, 1.1)
    image = Image.new("RGB", (SIZE * FINE, SIZE * FINE))
    pen = Pen(image, rng, np.broadcast_to(light, 3), night)
    _draw_background(pen)
    for kind, box in things:
        draw_thing(pen.inside(box, flip=rng.random() < 0.5), kind)
    small = image.resize((SIZE, SIZE), Image.Resampling.BOX)
    softened = np.asarray(small.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.5)))) / 255
    return np.clip(softened + rng.normal(0, 0.05 if night else 0.03, softened.shape), 0, 1)


def _draw_background(pen):
    """Sky, houses with windows, what stands before them, pavements, and a road with its line."""
    rng = pen.rng
    whole = pen.inside((0, 0, SIZE, SIZE))
    day_sky = (165 + rng.integers(60), 200 + rng.integers(40), 235)
    whole.rectangle(0, 0, 1, 1, (15, 20, 45) if pen.night else day_sky, glows=True)
    left = -rng.uniform(0, 15)
    while left < SIZE:
        width, top = rng.uniform(14, 30), rng.uniform(4, 26)
        if rng.random() < 0.8:
            _draw_house(pen.inside((left, top, left + width, KERB)))
        left += width
    whole.rectangle(0, HORIZON / SIZE, 1, KERB / SIZE, (150, 146, 138))
    grey = int(rng.integers(75, 115))
    whole.rectangle(0, KERB / SIZE, 1, NEAR_KERB / SIZE, (grey, grey, grey + 4))
    whole.rectangle(0, NEAR_KERB / SIZE, 1, 1, (158, 152, 142))
    for x in np.arange(rng.uniform(-0.1, 0), 1, 0.19):
        whole.rectangle(x, 0.655, x + 0.1, 0.67, (225, 225, 215))
    for _ in range(rng.integers(0, 5)):
        left, foot, height = rng.uniform(0, SIZE), rng.uniform(KERB, KERB + 8), rng.uniform(10, 20)
        draw_clutter(pen.inside((left, foot - height, left + 0.5 * height, foot)))


def _draw_house(pen):
    rng = pen.rng
    pen.rectangle(0, 0, 1, 1, tuple(int(v) for v in rng.integers(95, 205, 3)))
    columns, rows = rng.integers(2, 5), rng.integers(2, 5)
    for row, column in np.ndindex(rows, columns):
        x, y = (column + 0.25) / columns, (row + 0.25) / rows * 0.8
        lit = rng.random() < 0.35 and pen.night
        colour = (235, 205, 120) if lit else (70, 85, 105)
        pen.rectangle(x, y, x + 0.5 / columns, y + 0.4 / rows, colour, glows=lit)
