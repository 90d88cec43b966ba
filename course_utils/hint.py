"""What if I am stuck: hints that open one after the other. None of them is the solution."""

from course_utils.assignments import EXERCISES, WORKED_EXAMPLES
from course_utils.check.card import Card, details, prose

TITLES = ("A question", "What to look at", "A worked example with small numbers")


def hint(function, step=1):
    """Hints on an exercise, in three steps.

    function: the function of the exercise, or its name
    step: where only text is shown, how many steps to show; a notebook opens them one by one
    """
    name = function if isinstance(function, str) else getattr(function, "__name__", str(function))
    if name not in EXERCISES:
        raise ValueError(
            f"There are no hints on {name!r}. There are hints on: {', '.join(EXERCISES)}."
        )
    question, quantities, example = EXERCISES[name].hints
    steps = list(zip(TITLES, (question, quantities, WORKED_EXAMPLES[name][example])))
    return Card(_as_text(name, steps, step), _as_details(steps))


def _as_text(name, steps, step):
    shown = [f"{title}: {words}" for title, words in steps[:step]]
    if step < len(steps):
        shown.append(f'Still stuck? hint("{name}", {step + 1}) says more.')
    return "\n".join(shown)


def _as_details(steps):
    """Each step inside the one before, so that they open in order."""
    inner = ""
    for title, words in reversed(steps):
        inner = details(title, f'<div style="padding: 2px 0 6px 16px">{prose(words)}{inner}</div>')
    return inner
