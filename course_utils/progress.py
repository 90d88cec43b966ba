"""The visible checks of a notebook at one glance: what is done, and what is still to do."""

import html
import inspect
import sys

import numpy as np

from course_utils.assignments import points_of
from course_utils.check.card import LOOKS, Card, prose, show
from course_utils.check.visible_check import check_findings
from course_utils.messages import message

STATES = ("passed", "failed", "untried")
UNTOUCHED = "YOUR CODE HERE"


def progress(assignment, namespace=None):
    """Show every exercise of a notebook with "done", "not yet" or "not tried", and its points.

    assignment: the name of a notebook, such as "initialization"
    namespace: where the functions are looked for; without it, among those that the notebook has
        defined
    raises ValueError for an unknown notebook
    """
    if namespace is None:
        namespace = sys.modules["__main__"].__dict__
    random_state = np.random.get_state()
    states = {name: state_of(name, namespace.get(name)) for name in points_of(assignment)}
    np.random.set_state(random_state)
    show(_card(states, points_of(assignment)))


def state_of(name, function):
    """One of `STATES`."""
    if not callable(function):
        return "untried"
    findings = check_findings(function, name)
    if not findings:
        return "passed"
    is_untried = findings[0].kind == "todo" or UNTOUCHED in _source_of(function)
    return "untried" if is_untried else "failed"


def _source_of(function):
    """The source text of a function; "" where it was not written in a cell."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _card(states, points):
    """The `Card` of a notebook. states, points: by exercise"""
    done = [name for name, state in states.items() if state == "passed"]
    summary = message(
        "progress.summary",
        len(states),
        done=len(done),
        exercises=len(states),
        points=sum(points[name] for name in done),
        maximum=sum(points.values()),
    )
    meaning = message("progress.meaning")
    lines = [*_text_rows(states, points), str(summary), str(meaning)]
    rows = "".join(_table_row(name, state, points[name]) for name, state in states.items())
    return Card("\n".join(lines), _table(rows, summary) + f"<p>{prose(str(meaning))}</p>")


def _text_rows(states, points):
    """A line for each exercise, its columns one below the other."""
    words = {state: str(_state_message(state)) for state in STATES}
    state_width, name_width = max(map(len, words.values())), max(map(len, states))
    return [
        f"{LOOKS[state].symbol} {words[state]:{state_width}s}  {name:{name_width}s}  "
        f"{message('progress.points', points[name], points=points[name])}"
        for name, state in states.items()
    ]


def _state_message(state):
    return message(f"progress.state.{state}")


def _table(rows, summary):
    """HTML of the table. rows: HTML"""
    left = 'style="text-align: left"'
    heads = {name: message(f"progress.head.{name}") for name in ("state", "exercise", "points")}
    return (
        '<table style="color: var(--jp-content-font-color1, inherit)">'
        f"<caption {left}>{prose(str(summary))}</caption>"
        f'<thead><tr><th scope="col" {left}>{heads["state"]}</th>'
        f'<th scope="col" {left}>{heads["exercise"]}</th>'
        f'<th scope="col">{heads["points"]}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _table_row(name, state, points):
    look = LOOKS[state]
    style = f"text-align: left; background: {look.background}; border-left: 5px solid {look.border}"
    return (
        f'<tr><td style="{style}">{look.symbol} {_state_message(state)}</td>'
        f'<td style="text-align: left"><code>{html.escape(name)}</code></td>'
        f"<td>{points}</td></tr>"
    )
