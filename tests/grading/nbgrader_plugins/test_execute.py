"""The step that runs a notebook in nbgrader's autograde."""

from traitlets.config import Config

from grading.nbgrader_plugins.execute import RunIsolated
from tests.classes import NAME, hand_in, sample


def test_a_limit_on_the_command_line_counts_in_place_of_that_in_the_settings(
    own_released_course, monkeypatch
):
    hand_in(own_released_course, "right", sample("all-right-a"))
    monkeypatch.chdir(own_released_course.root)
    about = {"assignment": NAME, "student": "right", "notebook": NAME}
    step = RunIsolated(config=Config({"RunIsolated": {"notebook": 1000}}))
    notebook, _ = step.preprocess(sample("all-right-a"), {"nbgrader": about})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output["ename"] for output in outputs} == {"NotGraded"}
