"""A check after a run that failed: in a shell as a notebook has it, with its history of cells."""

from tests.system.engine.asking import define

CHECK = "from course_utils.check import check\ncheck({argument})"
RIGHT = "def forward_propagation(x, theta):\n    return x * theta"
OLDER = "The last run of the cell with your function failed."


def answer(student, *cells, argument="forward_propagation"):
    """What a check says after these cells."""
    for cell in cells:
        student.run(cell)
    outputs = student.run(CHECK.format(argument=argument)).outputs
    return "\n".join(output.get("evalue") or output["text"] for output in outputs)


def test_a_cell_that_cannot_be_read_is_told_with_its_line(student):
    told = answer(student, RIGHT, "\ndef forward_propagation(x, theta)\n    return 1")
    assert OLDER in told
    assert "expects a colon" in told
    assert "2: `def forward_propagation(x, theta)`" in told


def test_a_cell_that_stopped_before_its_function_is_told(student):
    told = answer(student, RIGHT, f"import torch\n{RIGHT}")
    assert OLDER in told
    assert "Python finds no module called `torch`" in told


def test_a_cell_that_was_run_again_is_forgotten(student):
    told = answer(student, RIGHT, "def forward_propagation(x, theta)\n", RIGHT)
    assert told.startswith("✓ forward_propagation")


def test_other_cells_that_failed_are_not_meant(student):
    told = answer(student, RIGHT, "def backward_propagation(x, theta)\n", "1 / 0")
    assert told.startswith("✓ forward_propagation")


def test_an_error_below_the_function_is_not_meant(student):
    told = answer(student, RIGHT, f"{RIGHT}\nforward_propagation(1)")
    assert told.startswith("✓ forward_propagation")


def test_a_function_with_magics_and_empty_lines_around_it_is_not_meant(student):
    told = answer(student, RIGHT, f"\n\n%pwd\n{RIGHT}\n\n%pwd\n")
    assert "✓ forward_propagation" in told
    told = answer(student, f"%%time\n{RIGHT}")
    assert "✓ forward_propagation" in told


def test_a_call_in_the_brackets_is_answered_with_the_name_alone(student):
    define(student, RIGHT)
    told = answer(student, argument="forward_propagation(2, 4)")
    assert told == (
        "✗ Type the name of your function alone, with no brackets after it: "
        "check(forward_propagation)."
    )
