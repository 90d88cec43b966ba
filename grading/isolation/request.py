"""One request to a student process and all that happens until it is answered."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from grading.isolation.channel import ChannelClosed, ChannelTimeout, Message
from grading.isolation.limits import Clock, Limits
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.shell import LONGEST, Recorder, sound_output
from grading.isolation.side_effects import set_random_state
from grading.isolation.student_handle import START, StudentHandle

LOOK = 0.1  # seconds between two looks at clock and memory
GRACE = 2.0  # seconds to answer an interrupt in


class Stopped(Exception):
    """The student's code was stopped or ended its process; the words say why."""

    for_students = True
    stopped = True


class Ended(Stopped):
    """The student's process ended, or said what it may not, by itself."""


class Gone(Exception):
    """The student process has ended, by itself or because it had to be."""

    def __init__(self, words: str, by_itself: bool = False):
        super().__init__(words)
        self.by_itself = by_itself


class Request:
    """One request: waits for the answer, serves calls back, keeps clock and memory in sight."""

    def __init__(
        self, child: StudentHandle, limits: Limits, recorder: Recorder, stubs: dict[str, Callable]
    ):
        self._child, self._limits, self._recorder, self._stand_ins = (
            child,
            limits,
            recorder,
            stubs,
        )
        self._clock = Clock(child.schedstat)
        self._interrupted = ""
        self._looked = time.monotonic()
        self._spent: float | None = None  # processor time of the whole family at the first look

    @property
    def used(self) -> float:
        return self._clock.elapsed()

    def ask(self, request: Message, limit: float) -> Message:
        """The answer. Stopped when it had to be interrupted, Gone when the process is no more."""
        try:
            self._child.channel.send(request, timeout=START)
            while True:
                message = self._next(limit)
                if message.get("op") == "outputs":
                    self._keep(message)
                elif message.get("op") == "callback":
                    self._child.channel.send(self._call_back(message), timeout=START)
                elif message.get("op") == "done" and message.get("id") == request["id"]:
                    break
                else:
                    raise BadMessage("an answer to nothing that was asked")
        except (ChannelClosed, ChannelTimeout):
            raise Gone(self._interrupted or "it ended its process", not self._interrupted) from None
        except BadMessage as error:
            raise Gone(f"its process sent {error}", by_itself=True) from None
        if self._interrupted:
            raise Stopped(self._interrupted)
        return message

    def _next(self, limit: float) -> Message:
        """The next message; clock and memory are looked at whether or not one comes."""
        while True:
            message = None
            with contextlib.suppress(ChannelTimeout):
                message = self._child.channel.receive(LOOK)
            if time.monotonic() - self._looked >= LOOK:
                self._look(limit)
                self._looked = time.monotonic()
            if message is not None:
                return message

    def _look(self, limit: float) -> None:
        """When the time is up, one interrupt, then the end; when anything else is over its limit, the end."""
        watch = self._child.watch()
        if excess := watch.excess(self._limits):
            raise Gone(f"stopped: {excess}")
        used = self._clock.elapsed()
        if used > limit and not self._interrupted:
            self._interrupted = f"stopped after {limit:.3g} s"
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child.pid, signal.SIGINT)
        elif used > limit + GRACE:
            raise Gone(self._interrupted)
        # waiting for a processor does not count, unless it is for one that its own children hold
        spent = watch.processor_seconds()
        self._spent = spent if self._spent is None else self._spent
        if spent - self._spent > 2 * limit + GRACE:
            raise Gone(
                f"stopped: all that it started used more than {2 * limit:.3g} s of processor time"
            )

    def _keep(self, message: Message) -> None:
        for output in as_list(message.get("outputs")):
            if clean := sound_output(output):
                self._recorder.emit(clean)

    def _call_back(self, message: Message) -> Message:
        """Call a stand-in with arguments from the other side; its errors go back as words."""
        try:
            function = self._stand_ins[str(message.get("name"))]
            arguments = [unpack(part) for part in as_list(message.get("arguments"))]
            keywords = {
                str(key): unpack(part) for key, part in dict(message.get("keywords") or {}).items()
            }
            set_random_state(message.get("random"))
            answer: Message = {"value": pack(function(*arguments, **keywords))}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:LONGEST]}
        return answer | {"random": pack(np.random.get_state())}


def as_list(value: Any) -> list:
    """A value that came from the other side, or an empty list where it is none."""
    return value if isinstance(value, list) else []


def as_dictionary(value: Any) -> dict:
    """A value that came from the other side, or an empty dictionary where it is none."""
    return value if isinstance(value, dict) else {}
