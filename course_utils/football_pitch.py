"""The lines of a football pitch, to be drawn behind the points of the football set."""

import numpy as np

SIZE = (105, 68)  # length and width in metres, as the laws of the game recommend


def pitch_lines():
    """The lines of a pitch in metres from its centre: arrays (k, 2)."""
    length, width = SIZE
    yield _box(-length / 2, length / 2, width)
    yield np.array([[0, -width / 2], [0, width / 2]])
    yield _arc(0, 9.15, 0, 2 * np.pi)
    for side in (-1, 1):
        goal_line = side * length / 2
        for depth, box_width in ((16.5, 40.32), (5.5, 18.32), (-2, 7.32)):  # the last is the goal
            yield _box(goal_line, goal_line - side * depth, box_width)
        reach = np.arccos(5.5 / 9.15)  # where the arc around the penalty spot leaves the box
        facing = 0 if side < 0 else np.pi
        yield _arc(goal_line - side * 11, 9.15, facing - reach, facing + reach)


def _box(left, right, width):
    """The outline of a rectangle that lies across the middle line: (5, 2)."""
    low, high = -width / 2, width / 2
    return np.array([[left, low], [right, low], [right, high], [left, high], [left, low]])


def _arc(x, radius, start, end):
    """A part of a circle around (x, 0), from one angle to another: (60, 2)."""
    angles = np.linspace(start, end, 60)
    return np.stack([x + radius * np.cos(angles), radius * np.sin(angles)], axis=1)
