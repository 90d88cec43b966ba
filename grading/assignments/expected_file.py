"""The file of expected results: one HDF5 file for an assignment, with one group for each case.

A group has the attributes function, seed, rtol, atol, reason, and verdict ("" where the case prints
none). Below it is the result: dictionaries and tuples (or lists, which count as tuples) are groups
with the attribute `kind`; arrays and numbers are datasets with the attributes `kind` and `shape`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from grading.assignments.case import Case
from grading.errors import NoExpected

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Expected:
    """An expected result.

    result: what the solution returned; verdict: "right", "wrong" or "", from what it printed
    about: the case as the file describes it, see `about`; empty if the result is not from a file
    """

    result: Any
    verdict: str = ""
    about: dict[str, Any] = field(default_factory=dict)


def expected_path(assignment: str) -> Path:
    return FOLDER / assignment / "expected.h5"


def about(case: Case) -> dict[str, Any]:
    """What the file holds of a case besides its result."""
    return {
        "function": case.function,
        "seed": case.seed,
        "rtol": case.rtol,
        "atol": case.atol,
        "reason": case.reason,
    }


def write_expected(path: Path, results: list[tuple[Case, Expected]]) -> None:
    """Write all cases of an assignment; the old file stays until the new one is complete."""
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(".part")
    # Opened by Python, whose errors name the file.
    with partial.open("w+b") as content, h5py.File(content, "w") as file:
        for case, expected in results:
            group = file.create_group(case.name)
            _write_value(group, "result", expected.result)
            group.attrs.update(about(case) | {"verdict": expected.verdict})
    partial.replace(path)


@lru_cache(maxsize=8)
def read_expected(path: Path) -> dict[str, Expected]:
    """All cases of an assignment by name."""
    with h5py.File(path, "r") as file:
        return dict(_cases_in(file, ""))


def _cases_in(group: h5py.Group, name: str) -> Iterator[tuple[str, Expected]]:
    """(name, result) of each case in a group, which may be the case itself."""
    description = dict(group.attrs)
    if "reason" in description:
        verdict = str(description.pop("verdict"))
        yield name, Expected(_read_value(group["result"]), verdict, description)
        return
    for key, part in group.items():
        yield from _cases_in(part, f"{name}/{key}" if name else key)


def expected_of(assignment: str, case: Case) -> Expected:
    """The expected result of a case; NoExpected if `course expected` has not run for it yet."""
    path = expected_path(assignment)
    try:
        return read_expected(path)[case.name]
    except (FileNotFoundError, KeyError):
        raise NoExpected(path, case.name) from None


def _write_value(parent: h5py.Group, name: str, value: Any) -> None:
    if isinstance(value, dict | tuple | list):
        group = parent.create_group(name, track_order=True)
        group.attrs["kind"] = "dict" if isinstance(value, dict) else "tuple"
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in items:
            _write_value(group, str(key), part)
    else:
        dataset = parent.create_dataset(name, data=value)
        dataset.attrs.update(
            kind="array" if isinstance(value, np.ndarray) else "number", shape=np.shape(value)
        )


def _read_value(item: Any) -> Any:
    if isinstance(item, h5py.Dataset):
        # To ask for an attribute takes as long as to read the numbers: an array tells its kind.
        value = item[()]
        is_number = not np.shape(value) and item.attrs["kind"] == "number"
        return value.item() if is_number else value
    if item.attrs["kind"] == "dict":
        return {key: _read_value(part) for key, part in item.items()}
    return tuple(_read_value(item[str(i)]) for i in range(len(item)))
