"""Arrays that a wrong part may be made of by mistake: inputs, other parts, their sums and products.

All of it is arithmetic on values; nothing here knows a formula.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from course_utils.explain.components import components_of
from course_utils.explain.names import shown_names
from course_utils.explain.observation import Observation
from course_utils.messages import Message, message


class Label(NamedTuple):
    """What a candidate is made of.

    how: "itself", "sum" (of its entries), "squares" (the sum of its squared entries), "rows" (the
        sums of its rows), "entries" (two arrays multiplied by entry) or "product" (of matrices,
        of which one may be transposed: its name ends in ".T")
    names: of one array, or of two
    """

    how: str
    names: tuple[str, ...]

    def as_message(self) -> Message:
        """The candidate in a clause: "the product of W1 and A0"."""
        first, second = shown_names((*self.names, *self.names)[:2])
        if self.how in ("entries", "product"):
            return message(f"array.{self.how}", first=first, second=second)
        return message(f"array.{self.how}", name=first)


Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Candidates:
    """Arrays of one shape, each as a row of a table, and what each is made of."""

    labels: list[Label]
    rows: np.ndarray

    def among(self, labels: Collection[Label]) -> "Candidates":
        """Those of them that have one of these labels."""
        at = [i for i, label in enumerate(self.labels) if label in labels]
        return Candidates([self.labels[i] for i in at], self.rows[at])


def known_arrays(observation: Observation, part: str) -> Arrays:
    """The ingredients, and the expected values of all other parts, by name."""
    names = observation.signature.component_names
    values = {**observation.ingredients, **components_of(observation.expected.result, names)}
    arrays = {name: np.asarray(value) for name, value in values.items() if name not in ("", part)}
    return {
        name: array.astype(float) for name, array in arrays.items() if array.dtype.kind in "biuf"
    }


def candidates_of(
    arrays: Arrays, shape: tuple[int, ...], only: Collection[Label] | None = None
) -> Candidates:
    """Candidates of a shape: single arrays, then sums, then products. only: leave out all others

    A column or row counts when it spreads to the shape.
    """
    found = {
        Label("itself", (name,)): np.broadcast_to(array, shape)
        for name, array in arrays.items()
        if _spreads(array, shape)
    }
    if shape in ((), (1, 1)):
        found |= {label: np.full(shape, total) for label, total in _totals(arrays).items()}
    elif shape[-1] == 1:
        found |= _row_sums(arrays, shape[0])
    found |= _products(arrays, shape, only)
    labels = [label for label in found if only is None or label in only]
    size = int(np.prod(shape))
    rows = np.array([found[label].ravel() for label in labels]).reshape(len(labels), size)
    return Candidates(labels, rows)


def _spreads(array: np.ndarray, shape: tuple[int, ...]) -> bool:
    is_matrix = array.ndim == 2 and len(shape) == 2
    return array.shape == shape or (is_matrix and array.shape in {(shape[0], 1), (1, shape[1])})


def _totals(arrays: Mapping[str, Any]) -> dict[Label, float]:
    """The sum of each array, and of its squares."""
    found = {}
    for name, array in arrays.items():
        found[Label("sum", (name,))] = float(np.sum(array))
        found[Label("squares", (name,))] = float(np.sum(np.square(array)))
    return found


def _row_sums(arrays: Arrays, rows: int) -> dict[Label, np.ndarray]:
    return {
        Label("rows", (name,)): array.sum(1, keepdims=True)
        for name, array in arrays.items()
        if array.ndim == 2 and len(array) == rows
    }


def _products(
    arrays: Arrays, shape: tuple[int, ...], only: Collection[Label] | None
) -> dict[Label, np.ndarray]:
    """Products of two arrays: by entry, and of matrices, one of which may be transposed."""
    found: dict[Label, np.ndarray] = {}
    matrices = {name: array for name, array in arrays.items() if array.ndim == 2}
    for name, first in matrices.items():
        for other, second in matrices.items():
            if first.shape == second.shape == shape and name < other:
                found[Label("entries", (name, other))] = first * second
            for names, left, right in (
                ((name, other), first, second),
                ((name, f"{other}.T"), first, second.T),
                ((f"{name}.T", other), first.T, second),
            ):
                label = Label("product", names)
                is_fitting = (left.shape[0], right.shape[1]) == shape
                if (only is None or label in only) and is_fitting and left.shape[1] == len(right):
                    found[label] = left @ right
    return found
