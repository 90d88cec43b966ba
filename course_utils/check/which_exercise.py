"""Which exercise a check or a hint is asked for; what to type where that cannot be told."""

import difflib
import re
import sys

from course_utils.assignments import EXERCISES, assignment_of, points_of
from course_utils.explain import past_cells
from course_utils.messages import message

NOTHING = object()  # stands for an argument that was left out


def name_of_exercise(function):
    """The exercise that a function answers: its own name, or the one the notebook binds it to.

    "" where there is none
    """
    if not callable(function):
        return ""
    name = getattr(function, "__name__", "")
    names = getattr(function, "__globals__", {})
    bound = (exercise for exercise in EXERCISES if names.get(exercise) is function)
    return name if name in EXERCISES else next(bound, "")


def what_to_type(call, given):
    """One sentence that says what to type. call: "check" or "hint"; given: what it was given"""
    name = given if isinstance(given, str) else getattr(given, "__name__", "")
    known = _exercises_of_notebook(name)
    if not known:
        return message("ask.no_exercise", call=call)
    names = ", ".join(known)
    if name and not (call == "check" and name in known):
        return message("ask.unknown", name=name, known=names)
    if name:
        return message("ask.quotes", call=call, example=name)
    example = _name_in_cell(known) or next(reversed(_defined()), known[0])
    code = "ask.nothing" if given is NOTHING else "ask.no_function"
    return message(code, call=call, example=example)


def _exercises_of_notebook(name):
    """The exercises of the notebook that has defined functions of these names, in its order.

    Before any is defined, of the notebook that has one of a name like this; else none.
    """
    alike = _defined() or difflib.get_close_matches(name, EXERCISES, 1)
    notebooks = [assignment_of(exercise) for exercise in alike]
    return list(points_of(max(notebooks, key=notebooks.count))) if notebooks else []


def _defined():
    """The exercises for which the notebook has defined a function."""
    space = vars(sys.modules["__main__"])
    return [exercise for exercise in EXERCISES if callable(space.get(exercise))]


def _name_in_cell(known):
    """The name of an exercise in the cell that is running; "" without one."""
    _, cell = next(past_cells(), ("", ""))
    found = re.search(rf"\b({'|'.join(known)})\b", cell)
    return found[1] if found else ""
