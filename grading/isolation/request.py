"""One request to a student process, and all that happens until it is answered."""

import contextlib
import os
import signal
import time
from collections.abc import Callable

import numpy as np

from course_utils.messages import Message as Sentence
from grading.isolation.channel import ChannelClosed, ChannelTimeout, Message, as_list
from grading.isolation.clock import Clock
from grading.isolation.limits import Limits
from grading.isolation.outputs import MAX_ERROR_LENGTH, Recorder, sound_output
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.side_effects import set_random_state
from grading.isolation.student_handle import RESPONSE_SECONDS, StudentHandle
from grading.isolation.watch import too_much_memory
from grading.messages import message as sentence

POLL_SECONDS = 0.1  # between two checks of clock and memory
GRACE_SECONDS = 2.0  # to answer an interrupt in
# Processor time of all that a request starts, as a multiple of its own time.
PROCESSOR_FACTOR = 2


class Stopped(Exception):
    """The student's code was stopped or ended its process; a `Sentence` says why."""

    for_students = True
    stopped = True


class Ended(Stopped):
    """The student's process ended by itself, or sent what is no message."""


class OutOfTime(Stopped):
    """Stopped, or not tried, because other requests had used up the submission's time."""


class Gone(Exception):
    """The student process is no more. by_itself: nobody here ended it"""

    def __init__(self, reason: Sentence, by_itself: bool = False):
        super().__init__(reason)
        self.reason, self.by_itself = reason, by_itself


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
        self._interrupted: Sentence | None = None  # why an interrupt was sent
        self._checked_at = time.monotonic()
        self._processor_at_start: float | None = None  # of the whole family, at the first check

    @property
    def seconds_used(self) -> float:
        return self._clock.elapsed()

    @property
    def service_seconds(self) -> float:
        """Processor time of this side, for callbacks and for what the student process sent."""
        return time.thread_time() - self._service_start

    def ask(self, message: Message, limit: float) -> Message:
        """The answer to a message, within `limit` seconds of the process's clock.

        Stopped when it had to be interrupted, Gone when the process is no more.
        """
        channel = self._student.channel
        try:
            channel.send(message, timeout=RESPONSE_SECONDS)
            while True:
                answer = self._next_message(limit)
                if answer.get("op") == "outputs":
                    self._record_outputs(answer)
                elif answer.get("op") == "callback":
                    channel.send(self._call_back(answer), timeout=RESPONSE_SECONDS)
                elif answer.get("op") == "done" and answer.get("id") == message["id"]:
                    break
                else:
                    raise BadMessage(sentence("sent.not_asked"))
        except (ChannelClosed, ChannelTimeout):
            if self._student.watch().out_of_memory:
                raise Gone(too_much_memory(self._limits)) from None
            if self._interrupted:
                raise Gone(self._interrupted) from None
            raise Gone(sentence("stopped.ended"), by_itself=True) from None
        except BadMessage as error:
            raise Gone(sentence("stopped.sent", what=str(error)), by_itself=True) from None
        if self._interrupted:
            raise Stopped(self._interrupted)
        return answer

    def _next_message(self, limit: float) -> Message:
        """The next message; the limits are checked whether or not messages keep coming."""
        while True:
            message = None
            with contextlib.suppress(ChannelTimeout):
                message = self._student.channel.receive(POLL_SECONDS)
            # Without a message to read it cannot have waited for this side.
            self._clock.lap(kept_waiting=message is not None)
            if time.monotonic() - self._checked_at >= POLL_SECONDS:
                self._check_limits(limit)
                self._checked_at = time.monotonic()
            if message is not None:
                return message

    def _check_limits(self, limit: float) -> None:
        """When time is up, interrupt once, then give up; at any other excess give up at once."""
        watch = self._student.watch()
        if excess := watch.excess(self._limits):
            raise Gone(excess)
        if self.service_seconds > self.service_limit:
            raise Gone(sentence("stopped.service", seconds=self.service_limit))
        used = self._clock.elapsed()
        if used > limit and not self._interrupted:
            self._interrupted = sentence("stopped.time", seconds=limit)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._student.pid, signal.SIGINT)
        elif self._interrupted and used > limit + GRACE_SECONDS:
            raise Gone(self._interrupted)
        # The clock does not count waiting for a processor. Its own children may be what it waits
        # for, so that the processor time of the whole family is bounded too.
        processor = watch.processor_seconds()
        if self._processor_at_start is None:
            self._processor_at_start = processor
        bound = PROCESSOR_FACTOR * limit
        if processor - self._processor_at_start > bound + GRACE_SECONDS:
            raise Gone(sentence("stopped.processor", seconds=bound))

    def _record_outputs(self, message: Message) -> None:
        for output in as_list(message.get("outputs")):
            if clean := sound_output(output):
                self._recorder.emit(clean)

    def _call_back(self, message: Message) -> Message:
        """Call a stub with the arguments in a message; its errors go back by name and text."""
        try:
            function = self._stubs[str(message.get("name"))]
            arguments = [unpack(part) for part in as_list(message.get("arguments"))]
            packed_keywords = dict(message.get("keywords") or {})
            keywords = {str(key): unpack(part) for key, part in packed_keywords.items()}
            set_random_state(message.get("random"))
            with self._clock.paused():
                value = function(*arguments, **keywords)
            answer: Message = {"value": pack(value)}
        except Exception as error:
            answer = {"error": [type(error).__name__, f"{error}"[:MAX_ERROR_LENGTH]]}
        return answer | {"random": pack(np.random.get_state())}
