"""Wait for the answer to a hand-in, and show it: points, findings, and a link to the page."""

import html
import json
import shutil
import time
import urllib.parse

from course_utils.check.card import Card, frame, prose, table
from course_utils.environment import notebook_shell
from course_utils.explain import Finding
from course_utils.messages import message

WAIT_SECONDS = 20.0  # for a watcher's answer
POLL_SECONDS = 0.2
NOT_FOR_STUDENTS = {"idea": "", "title": "", "topic": ""}  # fields that feedback.json leaves out
FEEDBACK = "feedback"  # the folder in which nbgrader's list of assignments keeps pages, too


def show_answer(handed_in, folder, seconds=None):
    """Show that the work is handed in, and the answer when it comes within so many seconds.

    handed_in: a `HandedIn`; folder: of the notebook; seconds: `WAIT_SECONDS` if it is None
    An interrupt ends the waiting. The work is handed in all the same.
    """
    when = " ".join([handed_in.time[:19], handed_in.time.rpartition(" ")[2]])
    show = _shown_in_place()
    show(_plain("untried", message("submit.waiting", time=when)))
    answer = _wait_for(handed_in.answer, WAIT_SECONDS if seconds is None else seconds)
    if answer is None:
        show(_plain("untried", message("submit.later", time=when)))
    else:
        show(_card(answer, _keep_page(handed_in, folder)))


def _wait_for(path, seconds):
    """The answer as a dictionary; None where none came in time."""
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            if path.exists():
                return json.loads(path.read_text(encoding="utf-8"))
            time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        pass  # the student has waited for long enough
    return None


def _keep_page(handed_in, folder):
    """Copy the page to where nbgrader's list of assignments puts it; its path in the folder."""
    name = f"{FEEDBACK}/{handed_in.time}/{handed_in.assignment}.html"
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(handed_in.page, folder / name)
    return name


def _shown_in_place():
    """A function that shows a card, in a notebook in the place of the one before."""
    if notebook_shell() is None:
        return lambda card: print(card.text)
    from IPython.display import display

    handle = display(Card("", ""), display_id=True)
    return handle.update


def _plain(state, words):
    """A card of a sentence. state: one of `LOOKS`"""
    return Card(str(words), frame(state, words, ""))


def _card(answer, page):
    """The answer as a `Card`. page: the path of the feedback page"""
    feedback, said = answer["feedback"], answer["said"]
    link = (
        f'<div><a href="{urllib.parse.quote(page)}" target="_blank">'
        f"{html.escape(str(message('submit.page')))}</a></div>"
    )
    where = str(message("submit.page_at", file=page))
    if feedback is None:
        heading = message("submit.answered")
        return Card(f"{heading}\n{said}", frame("untried", heading, f"<div>{prose(said)}</div>"))
    heading = _points("submit.points", feedback)
    penalty = feedback["late_penalty"]
    late = str(message("submit.late_penalty", penalty=_number(penalty))) if penalty else ""
    lines = [line for line in (feedback["attention"], late, said) if line]
    body = "".join(f"<div>{prose(line)}</div>" for line in lines)
    cards = [_function_card(one) for one in feedback["functions"]]
    state = "passed" if feedback["score"] >= feedback["max_score"] else "failed"
    return Card(
        "\n".join([str(heading), *lines, *(card.text for card in cards), where]),
        frame(state, heading, body + link) + "".join(card.html for card in cards),
    )


def _function_card(function):
    """The card of one exercise. function: as in feedback.json"""
    heading = _points("submit.function", function, function=function["name"])
    is_full = function["score"] >= function["max_score"]
    rows = [] if is_full else _rows(function)
    comment = function["comment"]
    text = [str(heading), *(f"  {label}: {value}" for label, value in rows), comment]
    body = (table(rows) if rows else "") + (f"<div>{prose(comment)}</div>" if comment else "")
    card = frame("passed" if is_full else "failed", heading, body)
    return Card("\n".join(filter(None, text)), card)


def _rows(function):
    """(label, text) of the first finding; where there is none, of the tests that failed."""
    if function["finding"]:
        finding = Finding.from_dict(function["finding"] | NOT_FOR_STUDENTS)
        return finding.rows(function["more"])
    lost = [test for test in function["tests"] if test["score"] < test["max_score"]]
    label = str(message("finding.label.found"))
    return [(label, f"{test['idea']} {test['said']}".strip()) for test in lost]


def _points(code, about, **values):
    score, maximum = _number(about["score"]), _number(about["max_score"])
    return message(code, score=score, maximum=maximum, **values)


def _number(points):
    return f"{points:.2f}".rstrip("0").rstrip(".")
