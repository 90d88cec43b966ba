"""What the student process says of an error: its line and kind, whatever a stranger sends."""

import textwrap

import numpy as np
import pytest

from course_utils.explain import CallError
from tests.course_utils.explain.errors.test_read_error import CELLS
from tests.system.engine.asking import define

PARAMETERS = {"W1": np.ones((4, 2)), "b1": np.zeros((4, 1))}


def raised_by(student, cell, *arguments):
    """The `CallError` of a call of the function f that a cell defines."""
    function = define(student, cell)["f"]
    try:
        function(*arguments)
    except Exception as error:
        return error.call_error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("cell", "kind", "number", "text"),
    [
        ("def f(p):\n    return p['W' + str(3)]", "key-computed", 2, "return p['W' + str(3)]"),
        ("\n\ndef f(p):\n    return p.x", "attribute", 4, "return p.x"),
        ("%%time\ndef f(p):\n    return q", "name", 3, "return q"),
        ("# one\n%pwd\ndef f(p):\n    return q", "name", 4, "return q"),
        (
            "def g(p):\n    return p @ 1\ndef f(p):\n    return g(p)",
            "operands-dict",
            2,
            "return p @ 1",
        ),
        ("def f(p):\n    return (lambda x: x / 0)(1)", "zero-division", 2, None),
        ("def f(p):\n    exec('1 / 0')", "zero-division-plain", 2, "exec('1 / 0')"),
        ("def f(p):\n    return p['W1'].reshape(3, 3)", "reshape", 2, None),
        (
            "import numpy as np\ndef f(p):\n    return np.linalg.norm(p['b1'], axis=7)",
            "axis",
            3,
            None,
        ),
        ("def f(p, q):\n    return 1", "signature-missing", 1, "def f(p, q):"),
    ],
)
def test_an_error_comes_with_the_line_as_jupyterlab_numbers_it(student, cell, kind, number, text):
    raised = raised_by(student, cell, PARAMETERS)
    line = cell.split("\n")[number - 1].strip() if text is None else text
    assert (raised.kind, raised.line.number, raised.line.text) == (kind, number, line)


def test_the_line_is_in_the_cell_that_defined_the_function_last(student):
    define(student, "def f(x):\n    return x")
    raised = raised_by(student, "# a comment\ndef f(x):\n    return x + 'a'", 1)
    assert (raised.line.number, raised.kind) == (3, "operands-text")


def test_a_helper_in_another_cell_is_named_by_its_own_line(student):
    define(student, "# first\n\ndef g(x):\n    return x['a']")
    raised = raised_by(student, "def f(x):\n    return g(x)", {})
    assert (raised.line.number, raised.line.text) == (4, "return x['a']")


def test_a_cell_that_cannot_be_read_tells_its_line(student):
    raised = student.run("\n\nx = 1\nfor i in [1, 2]\n    pass").raised
    assert (raised.kind, raised.line.number) == ("syntax-colon", 4)
    assert raised.line.text == "for i in [1, 2]"


def test_a_cell_that_fails_tells_its_line(student):
    raised = student.run("x = 1\nimport torch").raised
    assert (raised.kind, raised.line.number) == ("module-framework", 2)


def test_a_cell_is_read_by_ipython_as_python_reads_it(student):
    """IPython changes a cell before Python sees it, and reads its indentation itself."""
    for cell, kind, number in CELLS:
        raised = student.run(f"\n\n{cell}").raised
        assert (raised.kind, raised.line.number) == (kind, number + 2), cell
        assert raised.line.text == cell.split("\n")[number - 1].strip()


HOSTILE = """
    class Name(type):
        def __getattribute__(self, name):
            raise RuntimeError("nobody")

    class Odd(Exception):
        def __str__(self):
            raise ValueError("no text")

    class Strange(dict):
        def __getitem__(self, key):
            raise KeyError(self)
        def __repr__(self):
            raise OSError

    class Owner(metaclass=Name):
        pass

    def f(x):
        {line}
"""


@pytest.mark.parametrize(
    "line",
    [
        "raise Odd()",
        "return Strange()['a']",
        "return Owner().x",
        "return Owner.x",
        "raise ValueError('\\udc80' * 5000)",
        "raise KeyError(10 ** 5000)",
        "raise type('A' * 100_000, (Exception,), {})('x')",
        "import linecache; linecache.getlines = None; return x[0]",
        "raise RecursionError",
        "e = ValueError(); e.call_error = 3; raise e",
    ],
)
def test_whatever_a_stranger_raises_arrives_as_an_error(student, line):
    raised = raised_by(student, textwrap.dedent(HOSTILE.format(line=line)), 1)
    assert isinstance(raised, CallError)
    assert f"{raised.found} {raised.question}"
    assert define(student, "def g(x): return x + 1")["g"](1) == 2  # the process lives on


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        [],
        {"type": 3, "message": [], "kind": None, "slots": 5, "line": "1"},
        {"kind": "no such kind", "slots": {}},
        {"kind": "key-literal", "slots": {"container": "p"}},
        {"kind": "key-literal", "slots": {5: "x", "container": {}, "key": [3, "a"]}},
        {"kind": "../../x.found", "slots": {}},
        {"kind": "index-list", "slots": {"length": 10**300, "container": "{x}", "index": 1}},
        {"line": [-1, "x"]},
        {"line": [10**30, "x" * 10**6], "type": "E" * 10**6, "message": "m" * 10**6},
        {"line": [True, "x"]},
    ],
)
def test_what_is_not_sound_in_what_was_sent_is_left_out(data):
    error = CallError.from_data(data)
    assert f"{error.found} {error.question}"
    assert len(repr(error)) < 2_000
