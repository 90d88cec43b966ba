"""What the detector's model card says in numbers: measured on scenes that it was not trained on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils.boxes import confident, find_things, yolo_boxes_to_corners
from course_utils.datasets.streets import KINDS, SIZE, load_streets
from course_utils.detector import look
from course_utils.precision import Found, average_precisions

CARD = Path(__file__).parents[3] / "docs/authors/detector.md"
UNSEEN, FIRST_SEED = 200, 0  # scenes; those with seeds below 10,000 are never trained on
LEAST_SCORE = 0.05  # mAP asks for unsure boxes as well: they come last in the order
SURE = 0.6
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Figures:
    """mAP50 and average precisions (in the order of KINDS) of all, day and night scenes.

    fired: boxes for each thing that score at least 0.6 before suppression
    """

    everywhere: np.ndarray
    day: np.ndarray
    night: np.ndarray
    fired: float

    def as_table(self) -> str:
        """A table in Markdown, and a sentence."""
        rows = ["| scenes | mAP50 | " + " | ".join(KINDS) + " |", "|---" * (2 + len(KINDS)) + "|"]
        named = {"all": self.everywhere, "by day": self.day, "by night": self.night}
        for name, precisions in named.items():
            cells = [f"{value:.2f}" for value in (precisions.mean(), *precisions)]
            rows.append("| " + " | ".join([name, *cells]) + " |")
        said = f"Before suppression {self.fired:.1f} boxes a thing score {SURE} or more."
        return "\n".join([*rows, "", said, ""])


def measure(m: int = UNSEEN, seed: int = FIRST_SEED) -> Figures:
    """Measure the weights that are there, on `m` scenes; night is left to the seed."""
    streets = load_streets(m, seed)
    outputs = [look(street.picture) for street in streets]
    found = [Found(*find_things(said, (SIZE, SIZE), 100, LEAST_SCORE)) for said in outputs]

    def precisions(*times: bool) -> np.ndarray:
        chosen = [i for i, street in enumerate(streets) if street.night in times]
        return average_precisions([found[i] for i in chosen], [streets[i] for i in chosen], KINDS)

    things = sum(len(street.boxes) for street in streets)
    fired = sum(map(_count_sure, outputs))
    return Figures(precisions(False, True), precisions(False), precisions(True), fired / things)


def _count_sure(outputs: Sequence[np.ndarray]) -> int:
    """How many of the boxes of one picture score at least 0.6."""
    box_xy, box_wh, confidence, probabilities = outputs
    corners = yolo_boxes_to_corners(box_xy, box_wh)
    return len(confident(corners, confidence, probabilities, SURE)[0])


def write(figures: Figures, card: Path = CARD) -> None:
    """Put the figures into the card."""
    text, changes = FIGURES.subn(figures.as_table(), card.read_text(encoding="utf-8"))
    assert changes == 1, f"{card} has no place for figures"
    card.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    print(measure().as_table())
