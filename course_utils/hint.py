"""Hints for whoever is stuck: they open one after the other, and none of them is the solution."""

from course_utils.assignments import EXERCISES
from course_utils.check.card import Card, details, prose
from course_utils.check.exercise_observation import messages_of
from course_utils.check.which_exercise import NOTHING, name_of_exercise, what_to_type
from course_utils.messages import message


class NoHint(ValueError):
    """There is nothing to give a hint on; Jupyter shows its message without a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def hint(function=NOTHING, step=1):
    """Hints on an exercise, in three steps.

    function: the function of the exercise, or its name
    step: where only text is shown, how many steps to show; a notebook opens them one by one
    raises NoHint for a function on which there are no hints
    """
    named = isinstance(function, str) and function in EXERCISES
    name = function if named else name_of_exercise(function)
    if not name:
        raise NoHint(f"{what_to_type('hint', function)}")
    steps = [
        (message("hint.question"), message(f"{name}.hint.question")),
        (message("hint.quantities"), message(f"{name}.hint.quantities")),
        (message("hint.example"), messages_of(name).example(EXERCISES[name].hint_example)),
    ]
    return Card(_as_text(name, steps, step), _as_details(steps))


def _as_text(name, steps, step):
    """The first `step` steps as lines, and how to see the next one."""
    lines = [message("hint.step", title=title, text=text) for title, text in steps[:step]]
    if step < len(steps):
        lines.append(message("hint.next", call=f'hint("{name}", {step + 1})'))
    return "\n".join(map(str, lines))


def _as_details(steps):
    """HTML with each step inside the one before, so that they open in order."""
    inner = ""
    for title, text in reversed(steps):
        body = f'<div style="padding: 2px 0 6px 16px">{prose(str(text))}{inner}</div>'
        inner = details(str(title), body)
    return inner
