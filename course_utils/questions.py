"""Questions that are answered by a click, for no marks: guesses, and self-tests.

A guess comes before an experiment, and `reveal` after it says how it came out. The questions of an
assignment stand in its `questions.toml`, their words in its `LANG.po`:
docs/authors/authoring.md describes both.
"""

import functools
import tomllib
from dataclasses import dataclass

from course_utils.assignments.registry import FOLDER
from course_utils.check.card import LOOKS, Card, details, frame, prose, show
from course_utils.environment import notebook_shell
from course_utils.messages import in_a_row, message
from course_utils.widget_names import with_names

_guessed = {}  # {name of a guess: the choice}, of this session


@dataclass(frozen=True)
class Question:
    """A question with its choices.

    code: of its sentences, such as "initialization.guess.zeros"
    choices: their keys, in the order in which they are shown
    right: the key of the one that is right
    """

    code: str
    choices: tuple
    right: str

    def words(self, part, **values):
        """One of its sentences: "ask", a choice, the "why" of a choice, ... as a `Message`."""
        return message(f"{self.code}.{part}", **values)

    def reply(self, choice):
        """What a self-test says of a choice: whether it is right, and why."""
        verdict = message("quiz.right" if choice == self.right else "quiz.not_right")
        return in_a_row([verdict, self.words(f"{choice}.why")])


def guess(name):
    """Ask what an experiment will show, before it is run.

    name: "ASSIGNMENT/NAME", such as "initialization/zeros"
    raises ValueError for an unknown question; it names the ones there are
    """
    question = _question("guess", name)

    def keep(choice):
        _guessed[name] = choice
        return f"{message('quiz.kept', choice=question.words(choice))}"

    _ask(question, _heading(question), _list_of_choices(question), keep)


def reveal(name, **values):
    """Say how the experiment of a `guess` came out, beside what was guessed.

    values: numbers of the experiment, for the slots of the sentence
    raises ValueError as `guess` does
    """
    question = _question("guess", name)
    outcome = question.words("outcome", **values)
    choice = _guessed.get(name)
    state = "untried" if choice is None else "passed" if choice == question.right else "failed"
    heading = message(f"quiz.outcome.{state}")
    said = [] if choice is None else [message("quiz.you", choice=question.words(choice))]
    text = in_a_row([*said, outcome])
    mark = f"{LOOKS[state].symbol} {heading}"
    show(Card(f"{mark}\n{text}", frame(state, mark, f"<div>{prose(text)}</div>")))


def self_test(assignment):
    """Ask the questions at the end of a notebook; every answer says why it is right or wrong.

    raises ValueError for an assignment without questions
    """
    for number, name in enumerate(_of_kind("self_test", assignment), start=1):
        question = _question("self_test", f"{assignment}/{name}")
        folded = "".join(
            details(f"{question.words(choice)}", prose(question.reply(choice)))
            for choice in question.choices
        )
        _ask(question, f"{number}. {_heading(question)}", folded, question.reply)


@functools.cache
def _tables(assignment):
    """The content of an assignment's `questions.toml`; {} where there is none."""
    path = FOLDER / assignment / "questions.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _of_kind(kind, assignment):
    """{name: table} of the guesses or self-tests of an assignment.

    raises ValueError where there are none
    """
    found = _tables(assignment).get(kind, {})
    if not found:
        raise ValueError(f"{message('quiz.none', assignment=repr(assignment))}")
    return found


def _question(kind, name):
    """The `Question` "ASSIGNMENT/NAME"."""
    assignment, _, own = name.partition("/")
    tables = _of_kind(kind, assignment)
    if own not in tables:
        known = ", ".join(repr(f"{assignment}/{other}") for other in tables)
        raise ValueError(f"{message('quiz.unknown', name=repr(name), known=known)}")
    table = tables[own]
    return Question(f"{assignment}.{kind}.{own}", tuple(table["choices"]), table["right"])


def _heading(question):
    return f"{question.words('ask')}"


def _list_of_choices(question):
    """HTML of the choices, to be read."""
    items = (f"<li>{prose(f'{question.words(choice)}')}</li>" for choice in question.choices)
    return f"<ul>{''.join(items)}</ul>"


def _ask(question, heading, still, answer):
    """Show the question: radio buttons where widgets run, else the choices to read.

    still: HTML of the choices, for a saved notebook and wherever widgets do not run
    answer: from a chosen key to the sentence that is shown below
    """
    choices = [f"  {LOOKS['untried'].symbol} {question.words(key)}" for key in question.choices]
    text = "\n".join([heading, *choices])
    if notebook_shell() is None:
        print(text)
        return
    from IPython.display import display

    bundle = {"text/plain": text, "text/html": frame("untried", heading, still)}
    if widgets := _import_ipywidgets():
        box = with_names(_radio_buttons(question, heading, answer, widgets), widgets)
        bundle |= {mime: data for mime, data in box._repr_mimebundle_().items() if "widget" in mime}
    display(bundle, raw=True)


def _import_ipywidgets():
    """The module `ipywidgets`, or None: the still form of a question needs no explanation."""
    try:
        import ipywidgets
    except ImportError:
        return None
    return ipywidgets


def _radio_buttons(question, heading, answer, widgets):
    """The question as a box of widgets. heading, answer: as in `_ask`"""
    options = [(f"{question.words(choice)}", choice) for choice in question.choices]
    layout = widgets.Layout(width="auto", margin="2px 0 2px 12px")
    buttons = widgets.RadioButtons(options=options, value=None, layout=layout, tooltip=heading)
    asked = widgets.HTML(f'<div style="line-height: 1.5"><strong>{prose(heading)}</strong></div>')
    below = widgets.HTML(_status(""))

    def reply(change):
        below.value = _status(answer(change["new"]))

    buttons.observe(reply, names="value")
    return widgets.VBox([asked, buttons, below])


def _status(text):
    """HTML that a screen reader reads out when it changes."""
    style = "line-height: 1.5; margin-left: 12px"
    return f'<div role="status" aria-live="polite" style="{style}">{prose(text)}</div>'
