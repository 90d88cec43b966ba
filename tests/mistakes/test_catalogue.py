"""Every known mistake loses marks on the real test cells; every odd but right solution keeps them all."""

import json
from pathlib import Path

import pytest

from tests.harness import COURSE, cells_of, lost_cells

CATALOGUE = json.loads((Path(__file__).parent / "catalogue.json").read_text(encoding="utf-8"))
WRONG = [pytest.param(entry, id=entry["id"]) for entry in CATALOGUE if not entry["equivalent"]]
RIGHT = [pytest.param(entry, id=entry["id"]) for entry in CATALOGUE if entry["equivalent"]]


@pytest.mark.parametrize("entry", WRONG)
def test_a_mistake_loses_marks_and_only_for_its_own_function(entry):
    lost = lost_cells(entry["function"], entry["code"])
    assert lost
    assert {cell.partition("-")[0] for cell in lost} == {entry["function"]}


@pytest.mark.parametrize("entry", RIGHT)
def test_an_odd_but_right_solution_keeps_all_marks(entry):
    assert lost_cells(entry["function"], entry["code"]) == []


def test_the_catalogue_covers_every_graded_function():
    functions = {cell.function for name in COURSE.assignments for cell in cells_of(name) if cell.solution}
    assert {entry["function"] for entry in CATALOGUE} == functions
    assert len({entry["id"] for entry in CATALOGUE}) == len(CATALOGUE)
