"""How long do an explorer and a check take to answer?

Wanted: under 200 ms for one move of a slider, under 1 s for a check. A move is what the message of
a front end sets off: the new value, the drawing, the PNG file, the new sentence.

    python -m benchmarks.explorers
"""

import contextlib
import io
import itertools
import statistics
import time

import ipywidgets

from course_utils.assignments import points_of
from course_utils.check import CheckFailed, check
from course_utils.explorers import dropout, epsilon, initialization, regularization
from course_utils.explorers.panel import panel
from grading.course import Course
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells

MOVES = 60


def main():
    functions = solved_functions()
    scenes = {
        "initialization": initialization.scene,
        "regularization": regularization.scene,
        "epsilon": epsilon.scene,
        "dropout": lambda: dropout.scene(functions[dropout.EXERCISE]),
    }
    for name, make_scene in scenes.items():
        print_moves(name, make_scene)
    for name, function in functions.items():
        passing, failing = seconds_of_check(function), seconds_of_check(returning_nothing(function))
        print(f"check({name}): {1000 * passing:.0f} ms, {1000 * failing:.0f} ms when it fails")


def solved_functions():
    """{exercise: function} of all notebooks, solved."""
    functions = {}
    for assignment in Course.here().assignments:
        source = Course.here().source(assignment)
        solutions = run_cells(definitions(code_cells(read_notebook(source))), source)
        functions |= {name: solutions[name] for name in points_of(assignment)}
    return functions


def print_moves(name, make_scene):
    """Print how long an explorer takes to appear, and to answer its controls."""
    start = time.perf_counter()
    scene = make_scene()
    made = time.perf_counter() - start
    times = [1000 * seconds for seconds in seconds_of_moves(scene)]
    print(
        f"{name:15s} median {statistics.median(times):4.0f} ms, maximum {max(times):4.0f} ms, "
        f"over {MOVES} moves; made in {made:.1f} s"
    )


def seconds_of_moves(scene):
    """One time for each of MOVES moves, all values of all controls in turn."""
    controls = panel(scene, ipywidgets).children[0].children
    moves = itertools.cycle(
        [
            (control, index)
            for control in controls
            for index in reversed(range(len(control.options)))
        ]
    )
    times = []
    for control, index in itertools.islice(moves, MOVES):
        start = time.perf_counter()
        control.index = index
        times.append(time.perf_counter() - start)
    return times


def seconds_of_check(function):
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(CheckFailed):
        check(function)
    return time.perf_counter() - start


def returning_nothing(function):
    """A function of the same name that does all the work and returns None."""

    def wrong(*arguments, **keywords):
        function(*arguments, **keywords)

    wrong.__name__ = function.__name__
    return wrong


if __name__ == "__main__":
    main()
