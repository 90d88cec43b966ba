"""How the things of a street scene are drawn: each in a box of its own, from 0 to 1 both ways."""

import numpy as np
from PIL import ImageDraw

BLACK, GLASS, SKIN = (28, 28, 30), (120, 150, 170), (205, 160, 130)
PAINTS = (
    (190, 35, 35), (30, 70, 160), (235, 235, 235), (45, 45, 50), (215, 165, 40), (60, 120, 75),
    (150, 155, 160),
)  # fmt: skip
CLOTHES = ((150, 40, 60), (40, 60, 120), (60, 110, 70), (210, 190, 60), (90, 60, 110), (70, 70, 75))
LAMPS = ((235, 50, 40), (245, 185, 50), (70, 215, 100))  # from top to bottom


class Pen:
    """Draws shapes into a box of an image, whose corners are (0, 0) and (1, 1).

    image: of PIL, with `fine` points for each pixel; rng: for what differs from thing to thing
    light: (3,) by which colours are multiplied; night: whether lamps are lit
    """

    def __init__(self, image, rng, light, night, *, box=None, flip=False):
        self.image, self.rng, self.light, self.night = image, rng, light, night
        self.fine = image.width / 96
        self.box, self.flip = box, flip
        self.draw = ImageDraw.Draw(image)

    def inside(self, box, flip=False):
        """A pen for another box, in pixels; flip: whether left and right change places."""
        return Pen(self.image, self.rng, self.light, self.night, box=box, flip=flip)

    def rectangle(self, x1, y1, x2, y2, colour, glows=False):
        self.draw.rectangle(self._corners(x1, y1, x2, y2), fill=self._colour(colour, glows))

    def ellipse(self, x1, y1, x2, y2, colour, glows=False):
        self.draw.ellipse(self._corners(x1, y1, x2, y2), fill=self._colour(colour, glows))

    def polygon(self, points, colour):
        self.draw.polygon([self._point(*point) for point in points], fill=self._colour(colour))

    def line(self, points, colour, width):
        """width: in pixels of the small picture"""
        places = [self._point(*point) for point in points]
        thick = max(1, round(width * self.fine))
        self.draw.line(places, fill=self._colour(colour), width=thick, joint="curve")

    def ring(self, x1, y1, x2, y2, colour, width):
        thick = max(1, round(width * self.fine))
        corners = self._corners(x1, y1, x2, y2)
        self.draw.ellipse(corners, outline=self._colour(colour), width=thick)

    def _point(self, x, y):
        x1, y1, x2, y2 = self.box
        x = 1 - x if self.flip else x
        return (x1 + x * (x2 - x1)) * self.fine, (y1 + y * (y2 - y1)) * self.fine

    def _corners(self, x1, y1, x2, y2):
        (a, top), (b, bottom) = self._point(x1, y1), self._point(x2, y2)
        return [min(a, b), top, max(a, b), bottom]

    def _colour(self, colour, glows=False):
        light = 1 if glows else self.light
        return tuple(int(v) for v in np.clip(np.array(colour) * light, 0, 255))


def draw_thing(pen, kind):
    """Draw a thing of this kind into the pen's box."""
    {"car": _car, "person": _person, "light": _light, "bicycle": _bicycle}[kind](pen)


def draw_clutter(pen):
    """Draw a bin, a sign or a bush: something that is none of the things."""
    pen.rng.choice([_bin, _sign, _bush])(pen)


def _bin(pen):
    colour = CLOTHES[pen.rng.integers(len(CLOTHES))]
    pen.rectangle(0.1, 0.3, 0.9, 1, colour)
    pen.rectangle(0, 0.2, 1, 0.32, BLACK)


def _sign(pen):
    pen.rectangle(0.44, 0.4, 0.56, 1, (90, 90, 95))
    pen.rectangle(0.1, 0, 0.9, 0.55, PAINTS[pen.rng.integers(len(PAINTS))])
    pen.ellipse(0.3, 0.12, 0.7, 0.4, (225, 225, 215))


def _bush(pen):
    pen.rectangle(0.42, 0.6, 0.58, 1, (90, 65, 45))
    pen.ellipse(-0.3, 0, 1.3, 0.75, (50, int(pen.rng.integers(80, 130)), 50))


def _car(pen):
    """From its side, a saloon or a van; it drives to the right."""
    rng = pen.rng
    paint = PAINTS[rng.integers(len(PAINTS))]
    if rng.random() < 0.7:
        roof, pane = [(0.2, 0.45), (0.33, 0), (0.68, 0), (0.84, 0.45)], 0.08
    else:
        roof, pane = [(0.02, 0.45), (0.02, 0), (0.74, 0), (0.9, 0.45)], 0.1
    pen.polygon(roof, paint)
    (a, low), (b, high), (c, _), (d, _) = roof
    glass = [(a + pane, low), (b + pane * 0.7, high + 0.1), (c - pane * 0.7, high + 0.1)]
    pen.polygon([*glass, (d - pane, low)], GLASS)
    pen.line([((b + c) / 2, high), ((b + c) / 2, low)], paint, 1)
    pen.rectangle(0, 0.42, 1, 0.8, paint)
    pen.rectangle(0, 0.72, 1, 0.82, BLACK)
    for x in (0.22, 0.78):
        pen.ellipse(x - 0.115, 0.58, x + 0.115, 1, BLACK)
        pen.ellipse(x - 0.05, 0.7, x + 0.05, 0.88, (150, 150, 150))
    pen.rectangle(0.94, 0.48, 1, 0.6, (255, 245, 190), glows=pen.night)
    pen.rectangle(0, 0.48, 0.05, 0.6, (200, 30, 30), glows=pen.night)


def _person(pen):
    """Standing or walking, upright."""
    rng = pen.rng
    shirt, trousers = (CLOTHES[i] for i in rng.integers(0, len(CLOTHES), 2))
    stride = rng.uniform(0.05, 0.3)
    thick = 0.2 * (pen.box[2] - pen.box[0])
    for foot in (0.5 - stride, 0.5 + stride):
        pen.line([(0.5, 0.55), (foot, 1)], trousers, thick)
    pen.rectangle(0.24, 0.2, 0.76, 0.58, shirt)
    for hand in (0.1, 0.9):
        pen.line([(0.5, 0.24), (hand, 0.52)], shirt, thick * 0.8)
    pen.ellipse(0.3, 0, 0.7, 0.2, SKIN)
    pen.rectangle(0.3, 0, 0.7, 0.06, BLACK)


def _light(pen):
    """A traffic light on its pole; the box is that of the lamps, the pole goes on below."""
    pole = (60 - pen.box[3] + 12) / (pen.box[3] - pen.box[1])
    pen.rectangle(0.42, 1, 0.58, 1 + max(pole, 0.3), (70, 72, 75))
    pen.rectangle(0, 0, 1, 1, (38, 40, 42))
    lit = pen.rng.integers(3)
    for i, colour in enumerate(LAMPS):
        top = 0.06 + 0.31 * i
        shown = colour if i == lit else tuple(v // 4 for v in colour)
        pen.ellipse(0.2, top, 0.8, top + 0.26, shown, glows=i == lit)


def _bicycle(pen):
    """From its side, nobody on it."""
    rng = pen.rng
    paint = PAINTS[rng.integers(len(PAINTS) - 1)]
    thick = max(0.9, 0.055 * (pen.box[2] - pen.box[0]))
    for x in (0.22, 0.78):
        pen.ring(x - 0.22, 0.34, x + 0.22, 1, BLACK, thick)
    seat, head, pedals = (0.4, 0.22), (0.7, 0.2), (0.48, 0.68)
    rear, front = (0.22, 0.67), (0.78, 0.67)
    pen.line([rear, seat, head, pedals, seat], paint, thick)
    pen.line([rear, pedals], paint, thick)
    pen.line([head, front], paint, thick)
    pen.line([(0.66, 0.02), (0.7, 0.2)], paint, thick)
    pen.line([(0.62, 0.03), (0.76, 0.05)], BLACK, thick)
    pen.line([(0.32, 0.17), (0.46, 0.17)], BLACK, thick * 1.3)
