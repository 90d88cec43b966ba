"""Answers of the watcher, and the last words in the journal that go with them."""

import time
from datetime import UTC, datetime, tzinfo

from course_utils.messages import DEFAULT_LANGUAGE, Message
from grading.messages import message
from grading.watch import answer
from grading.watch.answer import Answer, in_zone
from grading.watch.arrival import Arrival, Inbox
from grading.watch.desk import Desk
from grading.watch.journal import ANSWERED, HELD, KEPT, REFUSED, SUPERSEDED, Journal
from grading.watch.policy import Attempts, Hold, what_is_shown
from grading.watch.settings import ALL, Settings


class Replies:
    """Tells students what became of their hand-ins.

    An answer is laid before the journal says so: a watcher that ends in between lays it again.
    """

    def __init__(
        self, journal: Journal, inboxes: dict[str, Inbox], settings: Settings, zone: tzinfo
    ):
        self._journal, self._inboxes = journal, inboxes
        self._settings, self._zone = settings, zone

    def attempts(self, arrival: Arrival) -> Attempts:
        """The answers that the student has had, but for this one."""
        return Attempts(self._settings, self._journal.answer_times(arrival), self._zone)

    def grade(
        self, arrival: Arrival, desk: Desk, due: datetime | None, is_new: bool = True
    ) -> None:
        """Release what the policy shows of a recorded grade.

        due: naive, in UTC; is_new: whether the student gets this answer for the first time
        """
        page, feedback = desk.feedback(arrival.student)
        now = time.time()
        shown = what_is_shown(self._settings, due, _utc(now))
        state, sentence, content = answer.graded(shown, feedback, self._rest_comes(due, now))
        left = self._attempts_left(arrival, now) if is_new else None
        said = tuple(one for one in (sentence, left) if one)
        reply = self._reply(arrival, desk, state, said, content)
        whole = page if shown == ALL else reply.as_page()
        self._inboxes[arrival.place].answer(arrival, whole, reply.as_json())
        self._journal.note(arrival, ANSWERED, shown)

    def reveal(self, arrival: Arrival, desk: Desk, shown: str) -> None:
        """Answer again if the deadline has passed and more is shown now. shown: so far"""
        if shown == self._settings.show_after_deadline:
            return
        with desk.step():
            due = desk.due(arrival.student)
        if due is not None and _utc(time.time()) > due:
            self.grade(arrival, desk, due, is_new=False)

    def hold(self, arrival: Arrival, desk: Desk, hold: Hold) -> None:
        """Say that the answer comes later."""
        words = answer.held(hold, self._settings.attempts_a_day, self._zone)
        self._send(arrival, desk, answer.WAITING, words)
        self._journal.note(arrival, HELD, in_zone(hold.until, self._zone))

    def supersede(self, arrivals: list[Arrival], desk: Desk) -> None:
        """Say that a newer hand-in counts."""
        for arrival in arrivals:
            self._send(arrival, desk, answer.SUPERSEDED, message("watch.superseded"))
            self._journal.note(arrival, SUPERSEDED)

    def keep(self, arrival: Arrival, desk: Desk) -> None:
        """Say that late work is left to the instructor."""
        self._send(arrival, desk, answer.KEPT, message("watch.kept"))
        self._journal.note(arrival, KEPT)

    def refuse(self, arrival: Arrival, desk: Desk, reason: str) -> None:
        """Say that a hand-in is not graded. reason: for the instructor"""
        self._send(arrival, desk, answer.REFUSED, message("watch.refused"))
        self._journal.note(arrival, REFUSED, reason)

    def _attempts_left(self, arrival: Arrival, now: float) -> Message | None:
        attempts = self.attempts(arrival)
        attempts.times.append(now)
        return answer.attempts_left(attempts, now, self._zone)

    def _rest_comes(self, due: datetime | None, now: float) -> str:
        """When more is shown than now, in words, or ""."""
        settings = self._settings
        if due is None or _utc(now) > due:
            return ""
        if settings.show_after_deadline == settings.show_before_deadline:
            return ""
        return in_zone(due.replace(tzinfo=UTC).timestamp(), self._zone)

    def _send(self, arrival: Arrival, desk: Desk, state: str, words: Message) -> None:
        reply = self._reply(arrival, desk, state, (words,))
        self._inboxes[arrival.place].answer(arrival, reply.as_page(), reply.as_json())

    def _reply(
        self,
        arrival: Arrival,
        desk: Desk,
        state: str,
        said: tuple[Message, ...],
        feedback: dict | None = None,
    ) -> Answer:
        language = desk.files.language if desk.files else DEFAULT_LANGUAGE
        return Answer(
            assignment=arrival.assignment,
            student=arrival.student,
            state=state,
            said=said,
            language=language,
            feedback=feedback,
        )


def _utc(seconds: float) -> datetime:
    """Naive, as the gradebook keeps times."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
