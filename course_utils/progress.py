"""How am I doing: the visible checks of a notebook at one glance."""

import html
import inspect
import sys

import numpy as np

from course_utils.assignments import points_of
from course_utils.check.card import LOOKS, Card, show
from course_utils.check.visible_check import check_findings

WORDS = {"passed": "done", "failed": "not yet", "untried": "not tried"}
UNTOUCHED = "YOUR CODE HERE"
HONEST = (
    "Done means that the check passes on its one example. The hidden tests also try other inputs, so these points are what "
    "you can reach, not what you have."
)


def progress(assignment, namespace=None):
    """Show every exercise of a notebook with "done", "not yet" or "not tried", and its points.

    assignment: "initialization", "regularization" or "gradient_checking"
    namespace: where the functions are looked for; without it, among those that the notebook has defined
    """
    if namespace is None:
        namespace = sys.modules["__main__"].__dict__
    random_state = np.random.get_state()
    states = {name: state_of(name, namespace.get(name)) for name in points_of(assignment)}
    np.random.set_state(random_state)
    show(_card(states, points_of(assignment)))


def state_of(name, function):
    """ "passed", "failed" or "untried": a key of WORDS."""
    if not callable(function):
        return "untried"
    findings = check_findings(function, name)
    if not findings:
        return "passed"
    return "untried" if findings[0].kind == "todo" or UNTOUCHED in _source(function) else "failed"


def _source(function):
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):  # it was not written in a cell
        return ""


def _card(states, points):
    done = [name for name, state in states.items() if state == "passed"]
    total = f"{len(done)} of {len(states)} exercises done, worth {sum(points[name] for name in done)} of {sum(points.values())} points."
    width = max(map(len, states))
    lines = [
        f"{LOOKS[state][0]} {WORDS[state]:9s}  {name:{width}s}  {points[name]:3d} points"
        for name, state in states.items()
    ]
    rows = "".join(_row(name, state, points[name]) for name, state in states.items())
    table = (
        f'<table style="color: var(--jp-content-font-color1, inherit)"><caption style="text-align: left">{total}</caption>'
        '<thead><tr><th scope="col" style="text-align: left">state</th><th scope="col" style="text-align: left">exercise</th><th scope="col">points</th></tr></thead>'
        f"<tbody>{rows}</tbody></table><p>{HONEST}</p>"
    )
    return Card("\n".join([*lines, total, HONEST]), table)


def _row(name, state, points):
    symbol, _, colour, background = LOOKS[state]
    look = f"text-align: left; background: {background}; border-left: 5px solid {colour}"
    return (
        f'<tr><td style="{look}">{symbol} {WORDS[state]}</td><td style="text-align: left"><code>{html.escape(name)}</code></td>'
        f"<td>{points}</td></tr>"
    )
