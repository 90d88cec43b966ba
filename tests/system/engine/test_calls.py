"""Calls of functions that live in the student process: what goes there, and all that comes back."""

import gc
import weakref

import numpy as np
import pytest

from course_utils.explain import WatchedFunction
from course_utils.layers import relu
from grading.isolation.side_effects import NotAnAnswer
from tests.system.engine.asking import function

# --- calls


def test_a_function_is_called_with_arrays_and_gives_arrays(student):
    f = function(
        student,
        """
        import numpy as np
        def f(W, b, scale=1.0):
            return {"Z": scale * (W + b), "shapes": (W.shape, b.shape)}
    """,
    )
    result = f(np.ones((2, 3)), np.arange(2.0).reshape(2, 1), scale=2.0)
    assert result["Z"].tolist() == [[2, 2, 2], [4, 4, 4]]
    assert result["shapes"] == ((2, 3), (2, 1))


def test_results_are_the_same_to_the_last_bit(student):
    f = function(student, "import numpy as np\ndef f(x): return np.exp(x) / 3, x @ x.T")
    x = np.random.RandomState(0).randn(30, 30)
    exp, product = f(x)
    assert exp.tobytes() == (np.exp(x) / 3).tobytes()
    assert product == pytest.approx(x @ x.T, rel=1e-12)


def test_what_is_one_array_over_there_is_one_here(student):
    f = function(
        student,
        """
        import numpy as np
        def f():
            one, other, empty = np.zeros(3), np.zeros(3), np.zeros(0)
            return {"v": one, "s": one, "t": other, "u": one.reshape(3, 1), "e": (empty, empty)}
        """,
    )
    result = f()
    assert result["v"] is result["s"]
    assert result["t"] is not result["v"]
    result["v"][0] = 5.0
    assert (result["s"][0], result["t"][0]) == (5.0, 0.0)


def test_arguments_that_a_function_changes_change_here_in_place(student):
    f = function(
        student,
        """
        def f(array, numbers, names, pair, *, key):
            array += 1
            numbers.append(3)
            names["b"] = 2
            names["a"] *= 2
            pair[0][:] = 0
            key.clear()
    """,
    )
    array, inner, pair = np.zeros((2, 2)), np.ones(2), (np.ones(3), "text")
    numbers, names, key = [1, 2], {"a": inner}, {"gone": 1}
    view = array[0]
    assert f(array, numbers, names, pair, key=key) is None
    assert view.tolist() == [1, 1]
    assert (numbers, key) == ([1, 2, 3], {})
    assert names["b"] == 2
    assert names["a"] is inner
    assert inner.tolist() == [2, 2]
    assert pair[0].tolist() == [0, 0, 0]


def test_arguments_that_are_left_alone_stay_the_same_objects(student):
    f = function(student, "def f(parameters): parameters['W1'] = parameters['W1'] + 1")
    W, b = np.zeros(2), np.zeros(1)
    parameters = {"W1": W, "b1": b}
    f(parameters)
    assert parameters["b1"] is b
    assert parameters["W1"].tolist() == [1, 1]


def test_an_argument_that_becomes_something_else_is_refused(student):
    f = function(student, "def f(a, n):\n    a.append(object()) if n else a.append({1})")
    for n in (0, 1):
        with pytest.raises(NotAnAnswer, match="turned one of its inputs into something else"):
            f([1], n)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("{1, 2}", "set"),
        ("object()", "object"),
        ("(n for n in ())", "generator"),
        ("lambda: 1", "function"),
        ("f", "function"),
        ("np.array([object()])", "dtype object"),
        ("np.ma.ones(2)", "MaskedArray"),
        ("[Always()]", "Always"),
        ("range(3)", "range"),
        ("np.zeros(3_000_000)", "where 16,000,000 are allowed"),
        ("np", "module"),
    ],
)
def test_a_result_that_is_no_answer_is_refused_by_its_type(student, body, name):
    f = function(
        student,
        "import numpy as np\nclass Always:\n    __eq__ = lambda *_: True\n\n"
        f"def f():\n    return {body}",
    )
    with pytest.raises(NotAnAnswer, match=name):
        f()


def test_the_random_state_travels_both_ways(student):
    f = function(student, "import numpy as np\ndef f(): return np.random.randn(3)")
    np.random.seed(7)
    got, after = f(), np.random.randn()
    np.random.seed(7)
    assert got.tolist() == np.random.randn(3).tolist()
    assert after == np.random.randn()


def test_a_seed_that_the_function_sets_counts_here_too(student):
    f = function(student, "import numpy as np\ndef f(): np.random.seed(3)")
    f()
    after = np.random.randn()
    assert after == np.random.RandomState(3).randn()


def test_what_a_function_prints_is_printed_here(student, capsys):
    f = function(
        student, "import sys\ndef f():\n    print('said')\n    print('warned', file=sys.stderr)"
    )
    f()
    assert capsys.readouterr() == ("said\n", "warned\n")


def test_the_error_state_of_numpy_travels(student):
    f = function(student, "import numpy as np\ndef f(): return np.ones(1) / 0")
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        f()
    with np.errstate(divide="ignore"):
        assert f().tolist() == [np.inf]


@pytest.mark.parametrize(
    ("raised", "kind", "words"),
    [
        ("NotImplementedError()", NotImplementedError, ""),
        ("KeyError('W1')", KeyError, "'W1'"),
        ("ZeroDivisionError('division by zero')", ZeroDivisionError, "division by zero"),
        (
            "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')",
            UnicodeDecodeError,
            "'utf-8' codec can't decode",
        ),
        ("FileNotFoundError(2, 'No such file', 'data.csv')", OSError, "No such file"),
        ("StopIteration(5)", StopIteration, "5"),
        ("ValueError(np.ones(2), 'two')", ValueError, "two"),
        ("Own('mine')", Exception, "mine"),
        ("KeyboardInterrupt('pretended')", Exception, "pretended"),
        ("SystemExit(3)", Exception, "3"),
        ("Mute()", Exception, "could not be read"),
        ("np.linalg.LinAlgError('Singular matrix')", Exception, "Singular matrix"),
    ],
)
def test_an_error_keeps_its_builtin_kind_its_name_and_its_words(student, raised, kind, words):
    f = function(
        student,
        f"""
        import numpy as np
        class Own(ValueError):
            pass
        class Mute(Exception):
            def __str__(self):
                raise KeyError
        def f():
            raise {raised}
    """,
    )
    with pytest.raises(kind) as caught:
        f()
    assert type(caught.value).__name__ == raised.partition("(")[0].rpartition(".")[2]
    assert words in str(caught.value)


def test_arguments_that_do_not_fit_are_the_function_s_type_error(student):
    f = function(student, "def f(x): return x")
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        f()


def test_an_argument_that_cannot_cross_is_our_own_error_and_harms_nothing(student):
    f = function(student, "def f(x): return x")
    with pytest.raises(TypeError):
        f(object())
    assert f(1) == 1


def test_a_result_that_the_test_writes_to_is_written_to_over_there(student):
    """Otherwise a function that hands out one array again and again would look right."""
    f = function(
        student,
        """
        import numpy as np
        kept = {"W1": np.ones((2, 2)), "more": [np.zeros(3)]}
        def f(): return kept
    """,
    )
    first = f()
    first["W1"][...] = np.nan
    first["more"][0][1] = 5
    second = f()
    assert np.isnan(second["W1"]).all()
    assert second["more"][0].tolist() == [0, 5, 0]


def test_writing_through_reaches_only_results_that_were_written_to(student):
    f = function(
        student,
        "import numpy as np\nkept = np.zeros(2)\ndef f(add):\n    kept[0] += add\n    return kept",
    )
    first = f(1)
    assert f(1).tolist() == [2, 0]
    assert first.tolist() == [1, 0]


def test_results_that_are_forgotten_here_are_forgotten_over_there(student):
    f = function(
        student,
        """
        import numpy as np, weakref
        seen = []
        def f():
            array = np.zeros(1000)
            seen.append(weakref.ref(array))
            return array
    """,
    )
    alive = function(
        student,
        """
        import gc
        def alive():
            gc.collect()
            return sum(ref() is not None for ref in seen)
    """,
    )
    for _ in range(20):
        f()
    gc.collect()
    assert alive() == 0


def test_a_result_is_forgotten_without_waiting_for_the_garbage_collector(student):
    f = function(student, "import numpy as np\ndef f(): return np.zeros(1000)")
    gc.disable()
    try:
        result = weakref.ref(f())
        assert result() is None
    finally:
        gc.enable()


def test_a_result_that_may_not_be_written_to_stays_as_it_is(student):
    f = function(
        student, "import numpy as np\nkept = np.broadcast_to(1.0, (2,))\ndef f(): return kept"
    )
    f_result = f()
    f_result[:] = 5
    assert f().tolist() == [1, 1]


# --- stubs


def test_a_private_stub_is_called_here(student):
    f = function(student, "def helper(x): return 'own'\n\ndef f(x): return helper(x, k=[x])")
    asked = []

    def helper(x, k):
        asked.append((x.tolist(), len(k)))
        return x * 2

    with f.using_stubs({"helper": helper}):
        assert f(np.ones(2)).tolist() == [2, 2]
    assert asked == [([1, 1], 1)]
    with pytest.raises(TypeError):
        f(np.ones(2))  # its own helper takes no k


def test_a_public_stub_runs_over_there(student):
    f = function(student, "def relu(x): return 'own'\n\ndef f(x): return relu(x), relu.__module__")
    with f.using_stubs({"relu": relu}):
        assert f(-1.0) == (0.0, "course_utils.layers")
    assert f(-1.0) == ("own", "__main__")


def test_the_calls_of_a_watched_public_stub_are_told(student):
    f = function(student, "def f(x): return relu(x) + relu(Z=2 * x)")
    watched = WatchedFunction(relu, "relu")
    with f.using_stubs({"relu": watched}):
        assert f(np.array([-1.0, 2.0])).tolist() == [0.0, 6.0]
    assert [call[0].tolist() for call in watched.calls] == [[-1.0, 2.0], [-2.0, 4.0]]


def test_an_error_in_a_private_stub_is_an_error_over_there(student):
    f = function(
        student,
        """
        def f(x):
            try:
                return helper(x)
            except ZeroDivisionError as error:
                return f"caught {error}"
    """,
    )
    with f.using_stubs({"helper": lambda x: 1 / 0}):
        assert f(1) == "caught division by zero"


def test_the_random_state_travels_through_a_stub(student):
    f = function(
        student,
        "import numpy as np\n"
        "def f():\n    np.random.seed(5)\n    helper()\n    return np.random.randn()",
    )
    with f.using_stubs({"helper": np.random.randn}):
        got = f()
    stream = np.random.RandomState(5)
    stream.randn()
    assert got == stream.randn()


def test_a_stub_goes_away_with_its_block(student):
    f = function(student, "def f(): return helper()")
    with f.using_stubs({"helper": lambda: 42}):
        assert f() == 42
    with pytest.raises(NameError):
        f()
