"""Hints: for every exercise, step by step, and never the solution."""

import re
import sys

import pytest

from course_utils.assignments import EXERCISES
from course_utils.hint import hint
from course_utils.messages import message
from tests.harness import assignment_of, cells_of


@pytest.mark.parametrize("name", EXERCISES)
def test_step_by_step_in_a_terminal(name):
    question, quantities = (
        str(message(f"{name}.hint.{part}")) for part in ("question", "quantities")
    )
    first, second, third = (repr(hint(name, step)) for step in (1, 2, 3))
    assert "?" in question
    assert first == f'A question: {question}\nStill stuck? hint("{name}", 2) says more.'
    assert quantities in second
    assert quantities not in first
    assert second.endswith(f'hint("{name}", 3) says more.')
    assert "A worked example with small numbers: " in third
    assert "says more" not in third


@pytest.mark.parametrize("name", EXERCISES)
def test_in_a_notebook_each_step_is_closed_inside_the_one_before(name):
    html = hint(name)._repr_mimebundle_()["text/html"]
    assert html.count("<details>") == html.count("</details>") == 3
    assert html.endswith("</div></div></details>")
    assert " open" not in html.partition("<summary")[0]


@pytest.mark.parametrize("name", EXERCISES)
def test_a_hint_never_holds_a_line_of_the_solution(name):
    source = next(
        cell.source
        for cell in cells_of(assignment_of(name))
        if cell.solution and cell.function == name
    )
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### (?:STARTER|END)", source, re.DOTALL)
    right_sides = {
        squeezed(line.partition(" = ")[2] or line)
        for region in regions
        for line in region.split("\n")
        if line.strip()
    }
    told = squeezed(repr(hint(name, 3)))
    assert not [side for side in right_sides if len(side) > 8 and side in told]


def squeezed(text):
    """The text without white space."""
    return re.sub(r"\s", "", text)


def test_a_function_works_as_well_as_its_name_and_others_are_named():
    def gradient_check(x, theta):
        return 0

    assert repr(hint(gradient_check)) == repr(hint("gradient_check"))
    with pytest.raises(ValueError, match=r"no exercise called gradient_chek\. .* gradient_check_n"):
        hint("gradient_chek")


@pytest.mark.parametrize("given", [(), (None,), ({"W1": 1},)])
def test_what_is_no_function_is_answered_with_what_to_type(given, monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "gradient_check", print, raising=False)
    with pytest.raises(ValueError, match=r"Type .*: hint\(gradient_check\)") as caught:
        hint(*given)
    assert caught.value._render_traceback_() == [str(caught.value)]
