"""A student's session in a real kernel: sliders, training that is stopped, cards of checks."""

import time

import pytest
from bs4 import BeautifulSoup
from jupyter_client.manager import KernelManager
from nbformat.v4 import output_from_msg

WIDGET = "application/vnd.jupyter.widget-view+json"
SECONDS = 60


class Session:
    """One kernel. `run` returns a cell's outputs; `move` does what a front end does with a slider.

    models: {id: state} of the widgets in the kernel
    """

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3", transport_encryption="required")
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)
        self.models = {}

    def run(self, code, when_printing=None):
        """Outputs of a cell; `when_printing` is called once, as soon as it prints a cost."""
        return self.outputs_of(self.client.execute(code), when_printing)

    def outputs_of(self, request, when_printing=None):
        """Outputs that answer a request; waits until the kernel is done with it."""
        outputs = []
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != request:
                continue
            self.follow_widgets(kind, content)
            if kind in ("stream", "display_data", "execute_result", "error"):
                outputs.append(output_from_msg(message))
            if kind == "stream" and when_printing and "cost" in content["text"]:
                when_printing()
                when_printing = None
            if kind == "status" and content["execution_state"] == "idle":
                return outputs

    def follow_widgets(self, kind, content):
        """Keep the states of the widgets as the kernel reports them."""
        if kind == "comm_open":
            self.models[content["comm_id"]] = content["data"]["state"]
        if kind == "comm_msg" and content["data"].get("method") == "update":
            self.models[content["comm_id"]].update(content["data"]["state"])

    def move(self, model, index):
        """Send what ipywidgets' front end sends; the seconds until the kernel is done with it."""
        data = {"method": "update", "state": {"index": index}, "buffer_paths": []}
        message = self.client.session.msg("comm_msg", {"comm_id": model, "data": data})
        start = time.perf_counter()
        self.client.shell_channel.send(message)
        self.outputs_of(message["header"]["msg_id"])
        return time.perf_counter() - start

    def models_of(self, kind):
        """Ids of the widgets of one kind."""
        return [model for model, state in self.models.items() if state.get("_model_name") == kind]

    def html(self):
        """What the HTML widgets show: the picture and the sentence."""
        return [self.models[model]["value"] for model in self.models_of("HTMLModel")]


@pytest.fixture(scope="module")
def session():
    session = Session()
    yield session
    session.client.stop_channels()
    session.manager.shutdown_kernel(now=True)
    session.manager.cleanup_resources()


def test_an_explorer_answers_a_slider_over_the_wire(session):
    outputs = session.run("from course_utils.explorers import explore_epsilon; explore_epsilon()")
    (output,) = outputs
    assert {WIDGET, "image/png", "text/html", "text/plain"} == set(output.data)
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]
    assert output.data[WIDGET]["model_id"] in session.models
    (slider,) = session.models_of("SelectionSliderModel")
    assert session.models[slider]["description"] == "epsilon"
    before = session.html()
    times = [session.move(slider, index) for index in (0, 5, 24)]
    assert "epsilon = 1e-01" in session.html()[1]
    assert all(old != new for old, new in zip(before, session.html()))  # picture and sentence
    assert min(times) < 0.2


ALT = (
    "A picture with 2 plots. Title: weights of layer 1. Up: count. Title: <angles>. Across: x_1. "
    "Legend: class 0 and class 1."
)


@pytest.mark.parametrize(
    "before",
    ["", "%matplotlib inline", "%config InlineBackend.figure_format = 'retina'"],
    ids=["plain", "inline", "retina"],
)
def test_every_figure_of_a_notebook_has_words_for_those_who_do_not_see_it(session, before):
    session.run(f"from course_utils.plotting import plot_points\n{before}")
    (output,) = session.run(
        "import matplotlib.pyplot as plt\n"
        "_, (left, right) = plt.subplots(1, 2)\n"
        "left.set(title='weights of layer 1', ylabel='count')\n"
        "right.set(title='<angles>', xlabel='$x_1$')\n"
        "right.plot([1, 2], label='class 0'); right.plot([2, 1], label='class 1'); right.legend();"
    )
    session.run("%config InlineBackend.figure_format = 'png'")
    if "retina" not in before:  # there the backend's own metadata win
        assert output.metadata["image/png"]["alt"] == ALT
    picture = BeautifulSoup(output.data["text/html"], "html.parser").find("img")
    assert picture["alt"] == ALT
    assert picture["src"].removeprefix("data:image/png;base64,") == output.data["image/png"]
    assert ("width" in picture.attrs) == ("retina" in before)


def test_training_that_is_stopped_keeps_what_it_had(session):
    outputs = session.run(
        "from course_utils.datasets import load_circles\n"
        "from course_utils.network import xavier_parameters\n"
        "from course_utils.training import model\n"
        "X, Y, _, _ = load_circles()\n"
        "start = xavier_parameters((2, 10, 5, 1), 3)\n"
        "run = model(X, Y, start, num_iterations=10**9, label='long')",
        session.manager.interrupt_kernel,
    )
    assert [output for output in outputs if output.output_type == "error"] == []
    printed = "".join(output.text for output in outputs)
    assert "steps. The parameters so far are kept." in printed
    (result,) = session.run(
        "run.interrupted, run.iterations < 10**9, len(run.costs) == len(run.snapshots) > 0"
    )
    assert result.data["text/plain"] == "(True, True, True)"


def test_a_check_shows_a_card_and_a_failing_one_still_raises_its_text(session):
    session.run(
        "from course_utils.checks import check\ndef forward_propagation(x, theta): return x * theta"
    )
    (card,) = session.run("check(forward_propagation)")
    assert card.output_type == "display_data"  # an execute_result would be read as partial credit
    assert card.data["text/plain"].startswith(
        "✓ forward_propagation: the check passes on its one example."
    )
    assert "<strong>✓" in card.data["text/html"]
    card, error = session.run(
        "def forward_propagation(x, theta): return x + theta\ncheck(forward_propagation)"
    )
    assert "<strong>✗" in card.data["text/html"]
    assert (error.ename, error.evalue.split("\n")) == ("CheckFailed", error.traceback)
    assert error.traceback[0] == "✗ forward_propagation: not yet"


def test_the_functions_of_the_session_are_those_that_progress_and_submit_know(session, tmp_path):
    (table,) = session.run(
        "from course_utils.progress import progress; progress('gradient_checking')"
    )
    assert "✗ not yet    forward_propagation " in table.data["text/plain"]
    code = (
        "from course_utils.submit.validate_submission import NotebookCell, unsaved_functions\n"
        "source = 'def forward_propagation(x, theta): return x + theta'\n"
        "texts = source, source.replace('+', '-')\n"
        "cells = [NotebookCell('code', 'forward_propagation', text, 0) for text in texts]\n"
        "[unsaved_functions([cell], 'gradient_checking', globals()) for cell in cells]"
    )
    (result,) = session.run(code)
    assert result.data["text/plain"] == "[[], ['forward_propagation']]"
