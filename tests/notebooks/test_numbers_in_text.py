"""The rule on numbers in the text finds those that no cell shows, and no others."""

import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from tests.notebooks.numbers_in_text import numbers_not_shown, numbers_of_text

PICTURE = new_output(
    "display_data",
    {"image/png": "", "text/html": "<b>cost</b> 0.25"},
    metadata={"image/png": {"alt": "300 points"}},
)
RUN = new_code_cell(
    "run = train(steps=15_000, learning_rate=0.01)",
    outputs=[new_output("stream", text="cost 0.3828, off by 1.2e-07, test 96.0%\n"), PICTURE],
)


def not_shown(text):
    return numbers_not_shown(new_notebook(cells=[RUN, new_markdown_cell(text)]))


@pytest.mark.parametrize(
    "text",
    [
        "The cost was 0.3828 after 15,000 steps of 0.01.",
        "An error of 1.2e-7; 96% of the points are right, of 300.",
        "The card says 0.25.",
    ],
)
def test_what_a_cell_prints_or_sets_is_shown(text):
    assert not_shown(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The cost was near 0.38.", ["0.38"]),
        ("It took 14,000 steps.", ["14,000"]),
        ("The cost is $\\log 2 = 0.6931$.", ["0.6931"]),
        ("<details><summary>97% of them</summary></details>", ["97"]),
        ("第 6 节：代价降到 0.07。", ["0.07"]),
    ],
)
def test_what_no_cell_shows_is_found(text, missing):
    assert not_shown(text) == missing


@pytest.mark.parametrize(
    "text",
    [
        "## 6. Side by side",
        "Section 6 and exercise 3, after He et al. (2015).",
        "**Exercise 2.** Multiply by 77,\nand by 78.",
        "The variance is $2/n$, and $2^{10} = 1024$.",
        "`np.zeros((77, 78))` and W1, dW3, L2",
        "```python\nnn.Linear(77, 78)\n```",
        "About 45 minutes.",
        "[notes](https://example.org/77)",
        "1. first\n2. second",
    ],
)
def test_definitions_and_names_are_exempt(text):
    assert numbers_of_text(text) == []


def test_an_exercise_exempts_its_own_paragraph_only():
    assert numbers_of_text("**Exercise 2.** Multiply by 77.\n\nThe cost is 78.") == ["78"]
