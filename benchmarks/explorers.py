"""How long does an explorer take to answer one move of a slider, and a check to answer? Wanted: under 200 ms, under 1 s.

A move is what a front end's message sets off: the new value, the drawing, the PNG file, the new sentence.
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


def seconds_of_moves(scene):
    """One time for each of MOVES moves, all values of all controls in turn."""
    controls = panel(scene, ipywidgets).children[0].children
    moves = itertools.cycle(
        [(control, at) for control in controls for at in reversed(range(len(control.options)))]
    )
    times = []
    for control, at in itertools.islice(moves, MOVES):
        start = time.perf_counter()
        control.index = at
        times.append(time.perf_counter() - start)
    return times


def solutions_of(assignment):
    source = Course.here().source(assignment)
    return run_cells(definitions(code_cells(read_notebook(source))), source)


def seconds_of_check(function):
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(CheckFailed):
        check(function)
    return time.perf_counter() - start


def wrong(name, function):
    """A function of the same name that does all the work and hands back nothing."""

    def instead(*arguments, **keywords):
        function(*arguments, **keywords)

    instead.__name__ = name
    return instead


functions = {
    name: solutions_of(assignment)[name]
    for assignment in Course.here().assignments
    for name in points_of(assignment)
}
scenes = {
    "initialization": initialization.scene,
    "regularization": regularization.scene,
    "epsilon": epsilon.scene,
    "dropout": lambda: dropout.scene(functions[dropout.EXERCISE]),
}
for name, make in scenes.items():
    start = time.perf_counter()
    scene = make()
    made = time.perf_counter() - start
    times = seconds_of_moves(scene)
    print(f"{name:15s} median {1000 * statistics.median(times):4.0f} ms, maximum {1000 * max(times):4.0f} ms, "
          f"over {MOVES} moves; made in {made:.1f} s")  # fmt: skip
for name, function in functions.items():
    right, not_yet = seconds_of_check(function), seconds_of_check(wrong(name, function))
    print(f"check({name}): {1000 * right:.0f} ms, {1000 * not_yet:.0f} ms when it fails")
