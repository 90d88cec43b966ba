"""What a student is told of a hand-in: an answer for the notebook, and a page.

docs/instructors/watching.md describes the answer. A grade's page is that of `course feedback`.
"""

import functools
import json
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import jinja2

from course_utils.messages import Message, in_a_row, in_language, language
from grading.messages import message
from grading.watch.policy import Attempts, Hold
from grading.watch.settings import ALL, SCORE

SCHEMA_VERSION = 1
# What a hand-in is, for the notebook that waits: it shows the feedback of a graded one.
GRADED, RECEIVED, WAITING = "graded", "received", "waiting"
SUPERSEDED, REFUSED, KEPT = "superseded", "refused", "kept"


@dataclass(frozen=True)
class Answer:
    """state: one of those above; said: in words; feedback: the content of feedback.json, or None"""

    assignment: str
    student: str
    state: str
    said: tuple[Message, ...]
    language: str
    feedback: dict[str, Any] | None = None

    def as_json(self) -> bytes:
        """What the notebook reads."""
        with in_language(self.language):
            content = {
                "schema_version": SCHEMA_VERSION,
                "state": self.state,
                "said": in_a_row(self.said),
                "feedback": self.feedback,
            }
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

    def as_page(self) -> str:
        """A page with the words alone."""
        with in_language(self.language):
            words = [str(sentence) for sentence in self.said]
            return _template().render(
                answer=self, said=words, title=_title(self), language=language().replace("_", "-")
            )


def graded(shown: str, feedback: dict[str, Any], until: str) -> tuple[str, Message | None, Any]:
    """What is told of a grade: the state, a sentence, and as much of feedback.json as is shown.

    shown: "all", "score" or "received"; until: when the rest is shown, in words, or ""
    """
    if shown == ALL:
        return GRADED, None, feedback
    about = {"score": _number(feedback["score"]), "maximum": _number(feedback["max_score"])}
    if shown == SCORE:
        code = "watch.score.until" if until else "watch.score"
        return GRADED, message(code, time=until, **about), feedback | {"functions": []}
    return (
        RECEIVED,
        message("watch.received.until" if until else "watch.received", time=until),
        None,
    )


def attempts_left(attempts: Attempts, now: float, zone: tzinfo) -> Message | None:
    """Which attempt of the day this was; None where there is no limit. attempts: this included"""
    most = attempts.settings.attempts_a_day
    if not most:
        return None
    number = attempts.today(now)
    hold = attempts.hold(now)
    if number >= most and hold:
        return message("watch.last_attempt", most, most=most, time=in_zone(hold.until, zone))
    return message("watch.attempt", number=number, most=most)


def held(hold: Hold, most: int, zone: tzinfo) -> Message:
    """Why the answer comes later."""
    if hold.is_limit:
        return message("watch.held.limit", most, most=most, time=in_zone(hold.until, zone))
    return message("watch.held.pause", time=in_zone(hold.until, zone))


def in_zone(seconds: float, zone: tzinfo) -> str:
    """A moment in words. seconds: since 1970"""
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%d %H:%M %Z}"


def _title(answer: Answer) -> str:
    return str(message("page.title", assignment=answer.assignment, student=answer.student))


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("answer.html.j2")
