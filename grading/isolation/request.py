"""One request to a student process, and all that happens until it is answered."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable

from course_utils.messages import Message as Sentence
from grading.isolation.channel import ChannelClosed, ChannelTimeout, Message, as_list
from grading.isolation.clock import Clock
from grading.isolation.limits import Limits
from grading.isolation.outputs import MAX_ERROR_LENGTH, Recorder, sound_output
from grading.isolation.random_state import packed_random_state, random_mark
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.side_effects import set_random_state
from grading.isolation.student_handle import StudentHandle
from grading.isolation.watch import Watch, too_much_memory
from grading.messages import message as sentence

# Between two checks of clock and memory, or half more or less: nobody can be busy just then.
POLL_SECONDS = 0.1
SHORTEST_WAIT = 0.001  # for a message; without any wait, one that has come would not be read
GRACE_SECONDS = 2.0  # to answer an interrupt in
QUICK_CELL = 0.005  # seconds, in which no cell makes too much of anything
ENDED = sentence("stopped.ended")
_pauses = random.Random()


class Stopped(Exception):
    """The student's code was stopped or ended its process; a `Sentence` says why."""

    for_students = True
    stopped = True


class Ended(Stopped):
    """The student's process has ended, and not for want of time.

    It ended itself, sent what is no message, or took more than it may. All of this may come of what
    an earlier call left behind in it, such as a thread.
    """


class OutOfTime(Stopped):
    """Stopped, or not tried, because other requests had used up the submission's time."""


class Gone(Exception):
    """The student process is no more. for_time: it was ended because it took too long"""

    def __init__(self, reason: Sentence, for_time: bool = False):
        super().__init__(reason)
        self.reason, self.for_time = reason, for_time


class Request:
    """One request: waits for the answer, serves callbacks, keeps clock and memory in sight."""

    def __init__(
        self,
        student: StudentHandle,
        limits: Limits,
        recorder: Recorder,
        stubs: dict[str, Callable] | None = None,
    ):
        """recorder: takes the outputs; stubs: functions that the student process may call back

        service_limit may be set before `ask`: seconds of processor time on this side
        """
        self._student, self._limits, self._recorder = student, limits, recorder
        self._stubs = stubs or {}
        self.service_limit = limits.submission_seconds
        self._clock = Clock(student.schedstat, student.own_schedstat)
        self._service_start = time.thread_time()
        self._looking = 0.0  # of processor time on this side, in checks
        self._interrupted = False
        self._used: float | None = None  # once it has been answered
        self._limit, self._reason = 0.0, ENDED  # see `ask`
        self._check_at = _time_of_next_check()

    @property
    def seconds_used(self) -> float:
        """By the process's clock, and at most its limit: the rest is how late that was noticed."""
        return min(self._limit, self._clock.elapsed() if self._used is None else self._used)

    @property
    def service_seconds(self) -> float:
        """Processor time of this side, for callbacks and for what the student process sent.

        Without the checks: the longer a busy machine takes, the more of them there are.
        """
        return time.thread_time() - self._service_start - self._looking

    def ask(self, message: Message, limit: float, reason: Sentence) -> Message:
        """The answer to a message, within `limit` seconds of the process's clock.

        reason: what is said where it took longer. Stopped when it did, Gone when the process is no
        more.
        """
        self._limit, self._reason = limit, reason
        try:
            self._send(message)
            while True:
                answer = self._next_message()
                if answer.get("op") == "outputs":
                    self._record_outputs(answer)
                elif answer.get("op") == "callback":
                    self._send(self._call_back(answer))
                elif answer.get("op") == "done" and answer.get("id") == message["id"]:
                    break
                else:
                    raise BadMessage(sentence("sent.not_asked"))
        except ChannelClosed:
            if self._student.watch().out_of_memory:
                raise Gone(too_much_memory(self._limits)) from None
            if self._interrupted:
                raise Gone(reason, for_time=True) from None
            raise Gone(ENDED) from None
        except BadMessage as error:
            raise Gone(sentence("stopped.sent", what=str(error))) from None
        self._used = self._clock.elapsed_at_lap()
        # Also where it ended just before the next check: that is chance.
        if self._interrupted or self._used > limit:
            raise Stopped(reason)
        if message.get("op") == "run" and self._used > QUICK_CELL:
            # What a cell has made and left counts for this cell, whenever the next check would be.
            self._end_for_excess(self._student.watch())
        return answer

    def _send(self, message: Message) -> None:
        """Send a message; the lap that has begun goes on, and ends with the answer or a check."""
        channel = self._student.channel

        def is_not_taken() -> float:
            self._clock.lap(kept_waiting=True)
            return self._check(channel.has_room)

        channel.send(message, POLL_SECONDS, is_not_taken)

    def _next_message(self) -> Message:
        """The next message; the limits are checked whether or not messages keep coming."""
        channel = self._student.channel
        seconds = self._seconds_to_check()
        kept_waiting = True  # since the last lap, this side has had something to do
        while True:
            try:
                message = channel.receive(seconds)
            except ChannelTimeout:
                # Without a message to read it cannot have waited for this side.
                self._clock.lap(kept_waiting or channel.has_input())
                seconds = self._check(self._is_awaited)
                kept_waiting = False
            else:
                self._clock.lap(kept_waiting=True)
                self._check((lambda: True) if _wants_more(message) else self._is_awaited)
                return message

    def _is_awaited(self) -> bool:
        """Whether the student process can do no more until this side does something."""
        last = self._student.channel.last_arrived()
        return last is not None and _wants_more(last)

    def _seconds_to_check(self) -> float:
        return max(SHORTEST_WAIT, self._check_at - time.monotonic())

    def _check(self, waits_for_us: Callable[[], bool]) -> float:
        """Check the limits if it is time to; the seconds until it will be again."""
        if time.monotonic() >= self._check_at:
            start = time.thread_time()
            try:
                self._check_limits(waits_for_us)
            finally:
                self._looking += time.thread_time() - start
            self._check_at = _time_of_next_check()
        return self._seconds_to_check()

    def _check_limits(self, waits_for_us: Callable[[], bool]) -> None:
        """When time is up, interrupt once, then give up; at any other excess give up at once."""
        watch = self._student.watch()
        self._end_for_excess(watch)
        if self.service_seconds > self.service_limit:
            raise Gone(sentence("stopped.service", seconds=self.service_limit), for_time=True)
        self._clock.look(watch.activity, waits_for_us)
        used = self._clock.elapsed()
        if used > self._limit and not self._interrupted:
            self._interrupted = True
            if self._clock.others > used / 2:
                # An interrupt would not reach what used up the time.
                raise Gone(self._reason, for_time=True)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._student.pid, signal.SIGINT)
        elif self._interrupted and used > self._limit + GRACE_SECONDS:
            raise Gone(self._reason, for_time=True)

    def _end_for_excess(self, watch: Watch) -> None:
        """Give the process up where it has more of something than it may."""
        if excess := watch.excess(self._limits):
            raise Gone(excess)

    def _record_outputs(self, message: Message) -> None:
        for output in as_list(message.get("outputs")):
            if clean := sound_output(output):
                self._recorder.emit(clean)

    def _call_back(self, message: Message) -> Message:
        """Call a stub with the arguments in a message; its errors go back by name and text."""
        mark = b""
        try:
            function = self._stubs[str(message.get("name"))]
            arguments = [unpack(part) for part in as_list(message.get("arguments"))]
            packed_keywords = dict(message.get("keywords") or {})
            keywords = {str(key): unpack(part) for key, part in packed_keywords.items()}
            if state := message.get("random"):
                set_random_state(state)
            mark = random_mark()
            with self._clock.paused():
                value = function(*arguments, **keywords)
            answer: Message = {"value": pack(value)}
        except Exception as error:
            answer = {"error": [type(error).__name__, f"{error}"[:MAX_ERROR_LENGTH]]}
        is_known = mark != b"" and mark == random_mark()
        return answer | {"random": b"" if is_known else packed_random_state()}


def _wants_more(message: Message) -> bool:
    """Whether the student process waits once it has sent a message; outputs need no answer."""
    return message.get("op") != "outputs"


def _time_of_next_check() -> float:
    return time.monotonic() + _pauses.uniform(POLL_SECONDS / 2, POLL_SECONDS * 3 / 2)
