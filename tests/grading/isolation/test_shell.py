"""Cells run as a notebook would run them; what they put out is recorded, cut and cleaned."""

import base64
import json
import subprocess
import sys

import pytest

from grading.isolation.outputs import KEPT, Recorder, error_output, sound_output
from tests.harness import ROOT


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A shell in a process of its own, so that IPython leaves this one alone."""
    home = str(tmp_path_factory.mktemp("home"))
    environment = {
        "HOME": home,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.grading.isolation.shell_driver"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


@pytest.fixture
def run(shell):
    """Run a cell: {"outputs": ..., "error": ..., "raised": ..., "value": ...}."""

    def run(source, limit=1_000_000):
        shell.stdin.write(json.dumps({"source": source, "limit": limit}) + "\n")
        shell.stdin.flush()
        return json.loads(shell.stdout.readline())

    return run


def text(words, name="stdout"):
    return {"output_type": "stream", "name": name, "text": words}


# --- what a cell puts out


def test_printed_text_is_one_output(run):
    assert run("for i in range(3): print(i)")["outputs"] == [text("0\n1\n2\n")]


def test_standard_error_is_an_output_of_its_own_in_its_place(run):
    source = "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')"
    assert run(source)["outputs"] == [text("a\n"), text("b\n", "stderr"), text("c\n")]


def test_the_last_value_of_a_cell_is_its_result(run):
    ran = run("1 + 1")
    assert ran["value"] == "2"
    (output,) = ran["outputs"]
    assert (output["output_type"], output["data"]) == ("execute_result", {"text/plain": "2"})


def test_a_semicolon_hides_the_result_but_not_the_value(run):
    assert run("'hidden';") == {"outputs": [], "error": "", "raised": None, "value": "None"}


def test_a_cell_without_a_value_has_none(run):
    assert run("x = 5") == {"outputs": [], "error": "", "raised": None, "value": "None"}


def test_names_stay_for_the_next_cell(run):
    run("kept = 41")
    assert run("kept + 1")["value"] == "42"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("%pwd\n1", "1"),
        ("1 + \\\n    5 % 3", "3"),
        ("found = !echo 7\nint(found[0])", "7"),
        ("len?\n2", "2"),
        (",str a\n3", "3"),
        ("/str 4\n4", "4"),
        ("%%capture shown\nprint(5)", "None"),
        ("import asyncio\nawait asyncio.sleep(0, result=6)", "6"),
        ("async def f(): return 8\nawait f()", "8"),
        ("1 != 2", "True"),
    ],
)
def test_ipython_s_own_syntax_is_known_wherever_it_stands(run, source, value):
    assert (run(source)["error"], run(source)["value"]) == ("", value)


def test_a_plot_is_a_picture(run):
    ran = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    (output,) = ran["outputs"]
    assert output["output_type"] == "display_data"
    assert set(output["data"]) == {"text/plain", "image/png"}
    assert base64.b64decode(output["data"]["image/png"]).startswith(b"\x89PNG")


def test_a_plot_is_shown_at_the_end_of_its_cell_without_show(run):
    ran = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert ["image/png" in output["data"] for output in ran["outputs"]] == [True]


def test_markup_and_scripts_are_left_out(run):
    ran = run(
        "from IPython.display import HTML, Javascript\n"
        "display(HTML('<b>bold</b>'), Javascript('alert(1)'))"
    )
    assert "<b>" not in json.dumps(ran["outputs"])
    assert "alert" not in json.dumps(ran["outputs"])


def test_an_error_has_its_name_words_and_traceback(run):
    ran = run("1 / 0")
    assert ran["error"] == "ZeroDivisionError: division by zero"
    (output,) = ran["outputs"]
    assert (output["output_type"], output["ename"], output["evalue"]) == (
        "error",
        "ZeroDivisionError",
        "division by zero",
    )
    assert "1 / 0" in "\n".join(output["traceback"])
    assert "\x1b" not in "\n".join(output["traceback"])


@pytest.mark.parametrize(
    ("source", "line", "error"),
    [
        ("x = 1\ny = = 2", 2, "SyntaxError: invalid syntax"),
        ("def f():\nreturn 1", 2, "IndentationError: expected an indented block"),
        ("(", 1, "SyntaxError: '(' was never closed"),
        ("def f():\n    return [1", 2, "SyntaxError: '[' was never closed"),
        ("a = 1\n  b = 2", 2, "IndentationError: unexpected indent"),
    ],
)
def test_a_syntax_error_tells_its_line_and_what_is_wrong(run, source, line, error):
    ran = run(source)
    assert ran["error"].startswith(error)
    assert ran["raised"]["line"][0] == line
    assert ran["outputs"][-1]["output_type"] == "error"


def test_output_before_an_error_is_kept(run):
    outputs = run("print('before')\nraise ValueError('no')")["outputs"]
    assert outputs[0] == text("before\n")
    assert outputs[1]["ename"] == "ValueError"


def test_an_error_whose_words_cannot_be_read_is_still_an_error(run):
    ran = run("class Mute(Exception):\n    def __str__(self):\n        raise KeyError\nraise Mute")
    assert ran["error"]
    assert ran["outputs"][-1]["output_type"] == "error"


def test_exit_does_not_end_the_shell(run):
    run("exit()")
    assert run("1")["value"] == "1"
    assert run("import sys; sys.exit(3)")["error"] == "SystemExit: 3"
    assert run("1")["value"] == "1"


def test_a_cell_may_replace_the_streams_without_harm_to_the_next(run):
    run("import io, sys\nsys.stdout = io.StringIO()\nprint('lost')")
    assert run("print('heard')")["outputs"] == [text("heard\n")]


def test_what_a_cell_does_to_the_shell_s_streams_ends_with_it(run):
    run("import sys\nsys.stdout.close()")
    assert run("print('heard')")["outputs"] == [text("heard\n")]


# --- limits


def test_text_over_the_limit_is_cut_with_a_note(run):
    (first, note) = run("print('x' * 5000)", limit=1000)["outputs"]
    assert first == text("x" * 1000)
    assert note["name"] == "stderr"
    assert "more than 0.001 MB. The rest was cut" in note["text"]


def test_many_small_texts_are_cut_at_the_same_place(run):
    outputs = run("for _ in range(10_000): print('123456789')", limit=1000)["outputs"]
    assert len(outputs[0]["text"]) == 1000
    assert len(outputs) == 2


def test_an_error_after_the_limit_is_kept(run):
    outputs = run("print('x' * 5000)\n1 / 0", limit=1000)["outputs"]
    assert [output["output_type"] for output in outputs] == ["stream", "stream", "error"]


def test_a_picture_over_the_limit_is_left_out_whole(run):
    outputs = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", limit=1000)[
        "outputs"
    ]
    assert outputs[0]["data"] == {"text/plain": "(an output too large to keep)"}
    assert "The rest was cut" in outputs[1]["text"]


def test_a_recorder_hands_on_what_it_has_and_keeps_its_limit():
    handed = []
    recorder = Recorder(10, handed.extend)
    for _ in range(5):
        recorder.emit(text("1234"))
    recorder.flush()
    assert recorder.outputs == []
    stdout = "".join(output["text"] for output in handed if output["name"] == "stdout")
    assert stdout == "1234123412"


# --- outputs that came from a stranger


@pytest.mark.parametrize(
    "mime",
    ["text/html", "application/javascript", "image/svg+xml", "application/json", "text/x-evil"],
)
def test_a_rich_output_keeps_nothing_that_could_run(mime):
    output = {
        "output_type": "display_data",
        "data": {mime: "<script>", "text/plain": "plain"},
        "metadata": {"a": 1},
        "more": 1,
    }
    assert sound_output(output) == {
        "output_type": "display_data",
        "data": {"text/plain": "plain"},
        "metadata": {},
    }


def test_every_kind_that_is_kept_passes():
    data = {mime: "content" for mime in KEPT}
    assert sound_output({"output_type": "display_data", "data": data})["data"] == data


def test_a_result_becomes_a_display_so_that_nobody_reads_points_from_it():
    output = {
        "output_type": "execute_result",
        "data": {"text/plain": "100"},
        "execution_count": 3,
        "metadata": {},
    }
    assert sound_output(output) == {
        "output_type": "display_data",
        "data": {"text/plain": "100"},
        "metadata": {},
    }


@pytest.mark.parametrize(
    "thing",
    [
        None,
        5,
        "text",
        [],
        {},
        {"output_type": None},
        {"output_type": "update_display_data"},
        {"output_type": ["stream"]},
        {"output_type": "execute_request"},
        {"output_type": "display_data"},
    ],
)
def test_what_is_no_output_is_none(thing):
    assert sound_output(thing) is None


@pytest.mark.parametrize(
    ("output", "sound"),
    [
        ({"output_type": "stream"}, text("")),
        ({"output_type": "stream", "name": "other", "text": 5}, text("")),
        ({"output_type": "stream", "name": ["stderr"], "text": ["a"]}, text("")),
        ({"output_type": "error"}, error_output("", "", [])),
        (
            {"output_type": "error", "ename": 1, "evalue": {}, "traceback": "text"},
            error_output("", "", []),
        ),
        (
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", 5, None]},
            error_output("E", "v", ["a", "", ""]),
        ),
        (
            {"output_type": "display_data", "data": {"image/png": 5, "text/plain": ["a"]}},
            {
                "output_type": "display_data",
                "data": {"image/png": "", "text/plain": ""},
                "metadata": {},
            },
        ),
    ],
)
def test_wrong_types_become_empty(output, sound):
    assert sound_output(output) == sound
