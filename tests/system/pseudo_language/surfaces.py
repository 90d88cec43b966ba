"""Everything that a student can read, said once: `python surfaces.py` in the folder of a course.

It prints a dictionary as JSON: the name of a surface -> its texts.
"""

import contextlib
import io
import json
import sys
import tomllib
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.text import Text

from course_utils.animation import animation_of
from course_utils.assignments import EXERCISES
from course_utils.assignments.registry import FOLDER
from course_utils.check import card, check
from course_utils.check.visible_check import check_findings
from course_utils.datasets import load_circles, load_football, load_images
from course_utils.explorers import dropout, epsilon, initialization, regularization
from course_utils.explorers.panel import panel
from course_utils.figures import describe
from course_utils.hint import hint
from course_utils.messages import message, use_language
from course_utils.network import forward_propagation, xavier_parameters
from course_utils.plotting import plot_costs, plot_epsilon, plot_histograms, plot_points
from course_utils.progress import progress
from course_utils.questions import Question, guess, reveal, self_test
from course_utils.submit import submit
from course_utils.training import model
from course_utils.vectors import vector_to_dictionary
from grading.course import Course
from grading.diagnosis.catalogue import wrong_versions
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells

COURSE = Course.at(Path.cwd())


def main(wanted):
    """Print the texts of these surfaces; of all, where none is named."""
    names = wanted or [name for name in globals() if name.startswith("say_")]
    print(json.dumps({name: list(map(str, globals()[name]())) for name in names}))


def names_of(assignment):
    """What a solved notebook defines."""
    cells = definitions(code_cells(read_notebook(COURSE.source(assignment))))
    return run_cells(cells, COURSE.source(assignment))


def printed_by(function, *arguments, **keywords):
    """What a call prints, and the message of the error that ends it, if one does."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            function(*arguments, **keywords)
        except (Exception, KeyboardInterrupt) as error:
            out.write(f"\n{error}")
    return out.getvalue()


# --- checks, hints, progress


def say_checks():
    for name, function in functions_to_check():
        yield printed_by(check, function)
        findings = check_findings(function, name)
        if findings:
            yield card.failed(name, findings[0], more=len(findings) - 1).html
        else:
            yield card.passed(name, 1, message(f"{name}.hidden_tests")).html


def functions_to_check():
    """(exercise, function): right, wrong and odd ones."""
    for assignment in COURSE.assignments:
        names = names_of(assignment)
        for name in (name for name in EXERCISES if name in names):
            wrong = [version.define(names) for version in wrong_versions(name)[::3]]
            for function in [names[name], *wrong, *ODD_FUNCTIONS]:
                function.__name__ = name
                yield name, function


def _todo(*arguments, **keywords):
    raise NotImplementedError


def _none(*arguments, **keywords):
    return None


def _number(*arguments, **keywords):
    return np.float32(1)


def _set(*arguments, **keywords):
    return {1, 2}


def _undefined(*arguments, **keywords):
    return undefined_name + 1  # noqa: F821


def _no_arguments():
    return {}


def _changes(first, *others, **keywords):
    if isinstance(first, np.ndarray):
        first[...] = 0
    return first


ODD_FUNCTIONS = [_todo, _none, _number, _set, _undefined, _no_arguments, _changes]


def say_calls_of_the_api():
    for call in (check, hint):
        for argument in (None, "name", {}, 3, print):
            yield printed_by(call, argument)
        yield printed_by(call)
    yield printed_by(progress, "nothing")
    yield printed_by(use_language, "nothing")


def say_hints():
    for name in EXERCISES:
        for step in (1, 2, 3):
            yield repr(hint(name, step))
        yield hint(name).html


def say_progress():
    for assignment in COURSE.assignments:
        names = names_of(assignment)
        tried = {name: function for name, function in names.items() if name in EXERCISES}
        wrong = {name: wrong_versions(name)[0].define(names) for name in tried}
        for namespace in (tried, wrong, {}):
            yield printed_by(progress, assignment, namespace)


# --- submit


def say_submit():
    for assignment in COURSE.assignments:
        folder = COURSE.release(assignment).parent
        path = COURSE.release(assignment)
        good = path.read_text(encoding="utf-8")
        for student in ("student1", "your-id", "a b"):
            yield printed_by(submit, assignment, student, folder)
        for content in SPOILED:
            path.write_text(content(good), encoding="utf-8")
            yield printed_by(submit, assignment, "student1", folder)
        path.write_text(good, encoding="utf-8")
        yield printed_by(submit, assignment, "student1", folder.parent)
    yield printed_by(submit, "nothing", "student1")


def _edited(edit):
    """A function from a notebook's text to that of one whose cells were edited."""

    def spoil(text):
        notebook = json.loads(text)
        notebook["cells"] = edit(notebook["cells"])
        return json.dumps(notebook)

    return spoil


def _is(kind):
    return lambda cell: cell["metadata"].get("nbgrader", {}).get(kind)


def _without(kind, count):
    def edit(cells):
        found = [cell for cell in cells if _is(kind)(cell)]
        return [cell for cell in cells if cell not in found[:count]]

    return _edited(edit)


def _with_solutions(source):
    return _edited(
        lambda cells: [
            cell | {"source": source} if _is("solution")(cell) else cell for cell in cells
        ]
    )


SPOILED = [
    lambda text: text[:1000],
    lambda text: "[1, 2]",
    lambda text: text + " " * 20_000_000,
    _without("solution", 1),
    _without("solution", 2),
    _without("solution", 100),
    _without("grade", 1),
    _with_solutions("def f(:"),
    _with_solutions("x = 1"),
]

# --- pictures, training, data


def say_training():
    X, Y = load_circles()[:2]
    steps = iter([False] * 3 + [True])

    def forward(X, parameters):
        if next(steps):
            raise KeyboardInterrupt
        return forward_propagation(X, parameters)

    parameters = xavier_parameters([2, 4, 3, 1], seed=1)
    yield printed_by(model, X, Y, parameters, forward=forward, num_iterations=10, every=1)
    run = model(X, Y, parameters, num_iterations=2, every=1, label="He", progress=False)
    yield animation_of([run], X, Y)[1]


def say_plots():
    X, Y = load_circles()[:2]
    parameters = xavier_parameters([2, 4, 3, 1], seed=1)
    run = model(X, Y, parameters, num_iterations=2, every=1, label="He", progress=False)
    run.costs.append(np.inf)
    plot_points(X, Y).legend()
    plot_costs([run])
    plot_histograms(parameters)
    plot_epsilon({"one side": ([1e-3], [1e-3])}, threshold=2e-7)
    for number in plt.get_fignums():
        yield from texts_in(plt.figure(number))
        yield describe(plt.figure(number))
    plt.close("all")


def texts_in(figure):
    return [text.get_text() for text in figure.findobj(Text)]


def say_questions():
    yield printed_by(guess, "initialization/nothing")
    yield printed_by(self_test, "nothing")
    yield printed_by(reveal, "initialization/zeros", first=0.69, last=0.69)
    for assignment in COURSE.assignments:
        path = FOLDER / assignment / "questions.toml"
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        for name in tables.get("guess", {}):
            yield printed_by(guess, f"{assignment}/{name}")
        for name, table in tables.get("self_test", {}).items():
            code = f"{assignment}.self_test.{name}"
            question = Question(code, tuple(table["choices"]), table["right"])
            yield question.words("ask")
            yield from map(question.reply, question.choices)


def say_explorers():
    names = names_of("regularization")
    forward = names["forward_propagation_with_dropout"]
    for scene in (
        dropout.scene(forward),
        epsilon.scene(),
        initialization.scene(),
        regularization.scene(),
    ):
        yield from (control.label for control in scene.controls)
        yield from (text for control in scene.controls for text, _ in control.options)
        for place in (0, -1):
            values = {control.name: control.options[place][1] for control in scene.controls}
            yield scene.draw(**values)[1]
        yield from texts_in(scene.picture.canvas.figure)
        yield from widget_texts(scene)
    yield printed_by(dropout.explore_dropout, lambda *arguments: None)


def widget_texts(scene):
    import ipywidgets

    box = panel(scene, ipywidgets)
    controls, *pictures = box.children
    yield from (control.description for control in controls.children)
    yield from (picture.value for picture in pictures)


def say_data():
    yield printed_by(vector_to_dictionary, np.zeros(1001))
    yield printed_by(vector_to_dictionary, np.zeros(3), like=xavier_parameters([2, 1], seed=1))
    yield printed_by(load_images, "nothing.h5")
    Path("broken.h5").write_text("broken")
    yield printed_by(load_images, "broken.h5")
    yield printed_by(load_football, "broken.h5")


if __name__ == "__main__":
    use_language("qps")
    main(sys.argv[1:])
