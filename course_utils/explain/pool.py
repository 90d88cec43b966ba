"""Arrays that a wrong part may be made of by mistake: what went in, what else should come out, their sums and products."""

import numpy as np

from course_utils.explain.components import components_of


def pool_of(one):
    """What went into a `Observation`, and the right values of what should come out, by name."""
    parts = {**one.around, **components_of(one.wanted.result, one.names)}
    arrays = {name: np.asarray(value) for name, value in parts.items() if name}
    return {
        name: array.astype(float) for name, array in arrays.items() if array.dtype.kind in "biuf"
    }


def candidates(pool, shape, only=None):
    """Arrays that have the shape, or spread to it, by name: single ones, then sums, then products; of `only`, where given."""
    found = {
        name: np.broadcast_to(value, shape)
        for name, value in pool.items()
        if _spreads(value, shape)
    }
    if shape in ((), (1, 1)):
        found |= {name: np.full(shape, value) for name, value in _sums(pool).items()}
    elif shape[-1] == 1:
        rows = {
            name: value
            for name, value in pool.items()
            if value.ndim == 2 and len(value) == shape[0]
        }
        found |= {
            f"the sums of the rows of {name}": value.sum(1, keepdims=True)
            for name, value in rows.items()
        }
    return {
        name: value
        for name, value in (found | _products(pool, shape, only)).items()
        if only is None or name in only
    }


def _spreads(value, shape):
    fits = value.ndim == 2 and len(shape) == 2 and value.shape in {(shape[0], 1), (1, shape[1])}
    return value.shape == shape or fits


def _sums(pool):
    return {
        words.format(name): float(np.sum(of(value)))
        for name, value in pool.items()
        for words, of in (
            ("the sum of {}", np.asarray),
            ("the sum of the squares of {}", np.square),
        )
    }


def _products(pool, shape, only):
    """Products of two arrays that have the shape: entry by entry, and of matrices, the second or the first transposed or neither."""
    found = {}
    matrices = {name: value for name, value in pool.items() if value.ndim == 2}
    for one, first in matrices.items():
        for two, second in matrices.items():
            if first.shape == second.shape == shape and one < two:
                found[f"{one} * {two}"] = first * second
            label = f"the product of {one} and {two}"
            if only is None or label in only:
                for left, right in ((first, second), (first, second.T), (first.T, second)):
                    if left.shape[1] == right.shape[0] and (left.shape[0], right.shape[1]) == shape:
                        found.setdefault(label, left @ right)
    return found
