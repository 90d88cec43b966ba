"""The student process and the test process's view of it: cells and calls that work, and those that go wrong."""

import gc
import os
import sys
import textwrap
import time
import weakref
from functools import partial

import numpy as np
import psutil
import pytest

from course_utils.layers import relu
from grading.engine.limits import Limits
from grading.engine.proxy import Child, NotAnAnswer, Stopped, Student, StudentFunction

QUICK = Limits(cell_seconds=0.5, submission_seconds=20)


@pytest.fixture
def make(students):
    """Make students; they are ended with the test."""
    made = []

    def make(limits=QUICK, files=None, sandboxed=True):
        start = partial(Child.start, students, limits, sandboxed)
        made.append(Student(start, limits, files or {}))
        return made[-1]

    yield make
    for student in made:
        student.close()


@pytest.fixture
def student(make):
    return make()


def define(student, source):
    """Run a cell that must not fail, and bring the functions and values that it defines by `def` or `=` at its top."""
    finished = student.run(textwrap.dedent(source))
    assert finished.error == "", finished.error
    lines = textwrap.dedent(source).splitlines()
    names = [line[4 : line.index("(")] for line in lines if line.startswith("def ")]
    names += [line.split(" = ")[0] for line in lines if " = " in line and not line.startswith((" ", "def "))]
    student.new_cell()
    return student.look(names)


def function(student, source):
    """The last function that a cell defines."""
    return [value for value in define(student, source).values() if isinstance(value, StudentFunction)][-1]


# --- cells


def printed(finished, name="stdout"):
    return "".join(output["text"] for output in finished.outputs if output.get("name") == name)


def test_a_cell_s_outputs_arrive(student):
    finished = student.run("import sys\nprint('one')\nprint('two', file=sys.stderr)\n'three'")
    assert (printed(finished), printed(finished, "stderr")) == ("one\n", "two\n")
    assert finished.outputs[-1]["data"] == {"text/plain": "'three'"}
    assert finished.error == ""


def test_a_picture_arrives(student):
    finished = student.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in finished.outputs[-1]["data"]


def test_an_error_in_a_cell_is_told(student):
    finished = student.run("x = 1\nx.missing")
    assert finished.error == "AttributeError: 'int' object has no attribute 'missing'"
    assert finished.outputs[-1]["ename"] == "AttributeError"


def test_a_syntax_error_is_told_with_its_line(student):
    finished = student.run("def f(x):\n    return x\n\ndef g(x) return x")
    assert finished.error.startswith("SyntaxError")
    assert finished.line == 4


def test_a_cell_that_puts_out_too_much_is_cut(make):
    finished = make(Limits(output=10_000)).run("for i in range(200_000): print(i)")
    assert len(printed(finished)) <= 10_000
    assert "the rest was cut" in printed(finished, "stderr")
    assert finished.error == ""


def test_names_are_functions_values_or_missing(student):
    student.run(
        "def f(): pass\nclass C: pass\nx = 5\nA = np = __import__('numpy')\na = np.ones(2)\ns = {1, 2}"
    )
    found = student.look(["f", "C", "x", "a", "s", "np", "missing"])
    assert set(found) == {"f", "C", "x", "a"}
    assert isinstance(found["f"], StudentFunction)
    assert isinstance(found["C"], StudentFunction)
    assert found["x"] == 5
    assert found["a"].tolist() == [1, 1]
    assert repr(found["f"]) == "<the student's f>"


def test_printing_half_a_character_does_not_end_the_process(student):
    student.run("kept = 1")
    finished = student.run("print('\\ud800')")
    assert finished.error == "" or "UnicodeEncodeError" in finished.error
    assert student.look(["kept"]) == {"kept": 1}


def test_half_a_character_in_a_cell_s_text_is_no_error_of_ours(student):
    student.run("kept = '\ud800'")
    assert student.run("1").error == ""


def test_half_a_character_in_an_error_s_words_does_not_end_the_process(student):
    f = function(student, "def f():\n    raise KeyError('\\ud800')")
    with pytest.raises(KeyError):
        f()


# --- calls


def test_a_function_is_called_with_arrays_and_gives_arrays(student):
    f = function(student, """
        import numpy as np
        def f(W, b, scale=1.0):
            return {"Z": scale * (W + b), "shapes": (W.shape, b.shape)}
    """)  # fmt: skip
    result = f(np.ones((2, 3)), np.arange(2.0).reshape(2, 1), scale=2.0)
    assert result["Z"].tolist() == [[2, 2, 2], [4, 4, 4]]
    assert result["shapes"] == ((2, 3), (2, 1))


def test_results_are_the_same_to_the_last_bit(student):
    f = function(student, "import numpy as np\ndef f(x): return np.exp(x) / 3, x @ x.T")
    x = np.random.RandomState(0).randn(30, 30)
    exp, product = f(x)
    assert exp.tobytes() == (np.exp(x) / 3).tobytes()
    assert product == pytest.approx(x @ x.T, rel=1e-12)


def test_arguments_that_a_function_changes_change_here_in_place(student):
    f = function(student, """
        def f(array, numbers, names, pair, *, key):
            array += 1
            numbers.append(3)
            names["b"] = 2
            names["a"] *= 2
            pair[0][:] = 0
            key.clear()
    """)  # fmt: skip
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


@pytest.mark.parametrize(("body", "name"), [
    ("{1, 2}", "set"), ("object()", "object"), ("(n for n in ())", "generator"), ("lambda: 1", "function"), ("f", "function"),
    ("np.array([object()])", "dtype object"), ("np.ma.ones(2)", "MaskedArray"), ("[Always()]", "Always"), ("range(3)", "range"),
    ("np.zeros(3_000_000)", "at most 16,000,000"), ("np", "module"),
])  # fmt: skip
def test_a_result_that_is_no_answer_is_refused_by_its_type(student, body, name):
    f = function(
        student,
        f"import numpy as np\nclass Always:\n    __eq__ = lambda *_: True\n\ndef f():\n    return {body}",
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
    f = function(student, "import sys\ndef f():\n    print('said')\n    print('warned', file=sys.stderr)")
    f()
    assert capsys.readouterr() == ("said\n", "warned\n")


def test_the_error_state_of_numpy_travels(student):
    f = function(student, "import numpy as np\ndef f(): return np.ones(1) / 0")
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        f()
    with np.errstate(divide="ignore"):
        assert f().tolist() == [np.inf]


@pytest.mark.parametrize(("raised", "kind", "words"), [
    ("NotImplementedError()", NotImplementedError, ""),
    ("KeyError('W1')", KeyError, "'W1'"),
    ("ZeroDivisionError('division by zero')", ZeroDivisionError, "division by zero"),
    ("UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')", UnicodeDecodeError, "'utf-8' codec can't decode"),
    ("FileNotFoundError(2, 'No such file', 'data.csv')", OSError, "No such file"),
    ("StopIteration(5)", StopIteration, "5"),
    ("ValueError(np.ones(2), 'two')", ValueError, "two"),
    ("Own('mine')", Exception, "mine"),
    ("KeyboardInterrupt('pretended')", Exception, "pretended"),
    ("SystemExit(3)", Exception, "3"),
    ("Mute()", Exception, "could not be read"),
    ("np.linalg.LinAlgError('Singular matrix')", Exception, "Singular matrix"),
])  # fmt: skip
def test_an_error_keeps_its_builtin_kind_its_name_and_its_words(student, raised, kind, words):
    f = function(student, f"""
        import numpy as np
        class Own(ValueError):
            pass
        class Mute(Exception):
            def __str__(self):
                raise KeyError
        def f():
            raise {raised}
    """)  # fmt: skip
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
    f = function(student, """
        import numpy as np
        kept = {"W1": np.ones((2, 2)), "more": [np.zeros(3)]}
        def f(): return kept
    """)  # fmt: skip
    first = f()
    first["W1"][...] = np.nan
    first["more"][0][1] = 5
    second = f()
    assert np.isnan(second["W1"]).all()
    assert second["more"][0].tolist() == [0, 5, 0]


def test_writing_through_reaches_only_results_that_were_written_to(student):
    f = function(
        student, "import numpy as np\nkept = np.zeros(2)\ndef f(add):\n    kept[0] += add\n    return kept"
    )
    first = f(1)
    assert f(1).tolist() == [2, 0]
    assert first.tolist() == [1, 0]


def test_results_that_are_forgotten_here_are_forgotten_over_there(student):
    f = function(student, """
        import numpy as np, weakref
        seen = []
        def f():
            array = np.zeros(1000)
            seen.append(weakref.ref(array))
            return array
    """)  # fmt: skip
    alive = function(student, """
        import gc
        def alive():
            gc.collect()
            return sum(ref() is not None for ref in seen)
    """)  # fmt: skip
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
    f = function(student, "import numpy as np\nkept = np.broadcast_to(1.0, (2,))\ndef f(): return kept")
    f_result = f()
    f_result[:] = 5
    assert f().tolist() == [1, 1]


# --- stand-ins


def test_a_private_stand_in_is_called_here(student):
    f = function(student, "def helper(x): return 'own'\n\ndef f(x): return helper(x, k=[x])")
    asked = []

    def helper(x, k):
        asked.append((x.tolist(), len(k)))
        return x * 2

    with f.standing_in({"helper": helper}):
        assert f(np.ones(2)).tolist() == [2, 2]
    assert asked == [([1, 1], 1)]
    with pytest.raises(TypeError):
        f(np.ones(2))  # its own helper takes no k


def test_a_public_stand_in_runs_over_there(student):
    f = function(student, "def relu(x): return 'own'\n\ndef f(x): return relu(x), relu.__module__")
    with f.standing_in({"relu": relu}):
        assert f(-1.0) == (0.0, "course_utils.layers")
    assert f(-1.0) == ("own", "__main__")


def test_an_error_in_a_private_stand_in_is_an_error_over_there(student):
    f = function(student, """
        def f(x):
            try:
                return helper(x)
            except RuntimeError as error:
                return f"caught {error}"
    """)  # fmt: skip
    with f.standing_in({"helper": lambda x: 1 / 0}):
        assert f(1) == "caught ZeroDivisionError: division by zero"


def test_the_random_state_travels_through_a_stand_in(student):
    f = function(
        student,
        "import numpy as np\ndef f():\n    np.random.seed(5)\n    helper()\n    return np.random.randn()",
    )
    with f.standing_in({"helper": np.random.randn}):
        got = f()
    stream = np.random.RandomState(5)
    stream.randn()
    assert got == stream.randn()


def test_a_stand_in_goes_away_with_its_block(student):
    f = function(student, "def f(): return helper()")
    with f.standing_in({"helper": lambda: 42}):
        assert f() == 42
    with pytest.raises(NameError):
        f()


# --- time


def test_a_cell_that_loops_for_ever_is_stopped_and_what_was_defined_stays(student):
    f = function(student, "def f(): return 'still there'")
    before = student._child.pid
    finished = student.run("def g(): return 'defined before the loop'\nprint('so far')\nwhile True: pass")
    assert finished.error == "stopped after 0.5 s"
    assert printed(finished) == "so far\n"
    assert finished.outputs[-1]["evalue"] == "stopped after 0.5 s"
    student.new_cell()
    assert f() == "still there"
    assert student._child.pid == before
    assert student.look(["g"])["g"]() == "defined before the loop"


def test_sleeping_is_no_way_to_wait_for_ever(student):
    assert student.run("import time\ntime.sleep(60)").error == "stopped after 0.5 s"


def test_a_cell_that_will_not_be_interrupted_ends_its_process_and_what_ran_before_is_there_again(student):
    f = function(student, "kept = [1]\ndef f(): return kept")
    before = student._child.pid
    finished = student.run("""if True:
        kept.append(2)
        while True:
            try:
                while True:
                    pass
            except KeyboardInterrupt:
                pass
    """)
    assert finished.error == "stopped after 0.5 s"
    student.new_cell()
    assert f() == [1]
    assert student._child.pid != before


def test_a_call_that_loops_for_ever_is_stopped_and_others_go_on(student):
    define(student, "def f():\n    while True: pass\n\ndef g(): return 1")
    f, g = student.look(["f", "g"]).values()
    with pytest.raises(Stopped, match=r"stopped after 0\.5 s"):
        f()
    student.new_cell()
    assert g() == 1


def test_the_calls_of_one_test_share_the_time_of_a_cell(student):
    f = function(student, "import time\ndef f(seconds): time.sleep(seconds)")
    f(0.3)
    with pytest.raises(Stopped):
        f(0.3)
    with pytest.raises(Stopped, match="the time for this cell was used up"):
        f(0)
    student.new_cell()
    f(0)


def test_no_submission_gets_more_time_than_its_own(make):
    student = make(Limits(cell_seconds=0.4, submission_seconds=0.7))
    for _ in range(2):
        assert "stopped after" in student.run("while True: pass").error
    assert "the time for the submission was used up" in student.run("x = 1").error


def test_an_interrupt_between_cells_hits_nobody(student):
    student.run("kept = 1")
    os.kill(student._child.pid, 2)
    assert student.run("kept += 1").error == ""
    assert student.look(["kept"]) == {"kept": 2}


# --- processes that end


def test_a_cell_that_ends_its_process_is_told_and_what_ran_before_is_there_again(student):
    f = function(student, "kept = 5\ndef f(): return kept")
    finished = student.run("print('last words')\nkept = 6\nimport os\nos._exit(0)")
    assert finished.error == "it ended its process"
    assert finished.outputs[-1]["ename"] == "Stopped"
    student.new_cell()
    assert f() == 5


def test_a_call_that_ends_its_process_is_told_and_others_go_on(student):
    define(student, "import os\ndef f(): os._exit(0)\n\ndef g(): return 'alive'")
    f, g = student.look(["f", "g"]).values()
    for _ in range(2):
        with pytest.raises(Stopped, match="it ended its process"):
            f()
        assert g() == "alive"


@pytest.mark.parametrize("code", [
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "import ctypes; ctypes.string_at(0)",
    "import os; os.closerange(3, 256)"
])  # fmt: skip
def test_a_process_that_dies_by_accident_or_on_purpose_is_replaced(student, code):
    f = function(student, "def f(): return 1")
    assert student.run(code).error.startswith("it ended its process")
    student.new_cell()
    assert f() == 1


def test_memory_over_the_limit_is_an_error_or_the_end_of_the_process(make):
    student = make(Limits(memory=300_000_000))
    f = function(student, "def f(): return 1")
    assert "MemoryError" in student.run("import numpy as np\nlarge = np.ones(10**8)").error
    assert f() == 1


def test_memory_spread_over_processes_counts_too(make):
    student = make(Limits(memory=300_000_000, cell_seconds=10))
    finished = student.run("""if True:
        import os, time
        for _ in range(5):
            if os.fork() == 0:
                large = bytearray(os.urandom(1)) * 90_000_000
                time.sleep(60)
        time.sleep(60)
    """)
    assert finished.error == "stopped: it used more than 0.3 GB of memory"


def test_too_many_processes_are_refused_or_end_the_process(make):
    student = make(Limits(processes=10, cell_seconds=5))
    finished = student.run("""if True:
        import os, time
        for _ in range(100):
            if os.fork() == 0:
                time.sleep(60)
        print("all there")
    """)
    assert "BlockingIOError" in finished.error or "processes; 10 are allowed" in finished.error
    assert "all there" not in printed(finished)


def test_a_file_over_the_limit_is_an_error(make):
    finished = make(Limits(file_size=1_000_000)).run("open('large', 'wb').write(b'x' * 2_000_000)")
    assert "OSError" in finished.error


def test_bytes_sent_past_the_server_end_the_process(student):
    """A student's code can find the socket; what it writes there is believed by nobody."""
    f = function(student, "def f(): return 1")
    finished = student.run("""if True:
        import os, socket, stat
        for name in range(3, 256):
            try:
                if stat.S_ISSOCK(os.fstat(name).st_mode):
                    os.write(name, bytes([0, 0, 0, 2, 0xC1, 0xC1]))
            except OSError:
                pass
    """)
    assert finished.error.startswith("its process sent a message that cannot be read")
    student.new_cell()
    assert f() == 1


# --- files


def test_files_of_the_submission_lie_beside_the_notebook(make):
    student = make(files={"data/table.csv": b"1,2", "helper.txt": b"text"})
    finished = student.run("print(open('data/table.csv').read(), open('helper.txt').read())")
    assert printed(finished) == "1,2 text\n"


def test_files_of_the_submission_are_there_again_after_a_restart(make):
    student = make(files={"table.csv": b"1,2"})
    student.run("import os\nos.remove('table.csv')\nos._exit(1)")
    assert printed(student.run("print(open('table.csv').read())")) == "1,2\n"


def test_without_a_sandbox_the_student_s_folder_is_its_own_and_gone_afterwards(make):
    student = make(sandboxed=False, files={"a.txt": b"x"})
    finished = student.run("import os\nprint(os.getcwd(), os.listdir(), os.environ['HOME'] == os.getcwd())")
    folder, *rest = printed(finished).split()
    assert rest == ["['a.txt']", "True"]
    assert os.path.isdir(folder)
    student.close()
    assert not os.path.exists(folder)


# --- a process left behind


def alive_named(name):
    found = [process for process in psutil.process_iter(["name"]) if process.info["name"] == name]
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


def test_a_daemon_left_behind_is_dead_after_the_end(student):
    name = f"left-{os.getpid()}"
    finished = student.run(f"""if True:
        import ctypes, os, signal, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in range(1, 65):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
                ctypes.CDLL(None).prctl(15, b"{name}")
                while True:
                    time.sleep(60)
            os._exit(0)
        os.wait()
        time.sleep(0.2)
    """)
    assert finished.error == ""
    assert len(alive_named(name)) == 1
    student.close()
    deadline = time.monotonic() + 5
    while alive_named(name) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert alive_named(name) == []


def test_this_interpreter_is_none_of_the_student_s(student):
    """A check on these tests themselves: the code above did run in another process."""
    student.run("import os, sys\npid = os.getpid()\npath = sys.executable")
    assert student.look(["path"])["path"] == sys.executable
    assert student._child.pid != os.getpid()
