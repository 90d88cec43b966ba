"""The instructor's end of the engine: two warm parents, and `grade` to send a submission through them."""

import atexit
import contextlib
import os
import signal
import socket
import threading
from dataclasses import replace
from functools import cache

from grading.engine.job import Job, Result, decode, encode
from grading.errors import EngineFailed
from grading.isolation.channel import Channel, ChannelClosed, ChannelTimeout
from grading.isolation.limits import Limits
from grading.isolation.prefork import PREPARE, PreforkServer, fork
from grading.isolation.sandbox import Sandbox, bubblewrap
from grading.isolation.serialization import BadMessage

TEST_SERVER = "grading.engine.test_server"
ANSWER = 60.0  # seconds for a warm parent to fork
SLACK = (
    8.0  # how much longer than its own clock a submission may take on a busy machine, as a factor
)


class Engine:
    """Grades submissions, any number at a time and from any thread; its processes end with it.

    with Engine(sandboxed=True) as engine:
        result = engine.grade(job)
    """

    def __init__(self, sandboxed: bool = True, run_demos: bool = False):
        if sandboxed:
            try_sandbox()
        self._parents = PreforkServer(TEST_SERVER, "demos" if run_demos else "plain")
        self._prepared: set[bytes] = set()
        self._ready = False
        self._starting = threading.Lock()
        self._broken = False

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def broken(self) -> bool:
        """Whether its parents are gone, or answer no more: nothing can be graded with it."""
        return self._broken or self._parents.ended

    def wait_until_ready(self) -> None:
        """Return when submissions can be sent; EngineFailed when the parents do not start."""
        with self._starting:
            if not self._ready:
                try:
                    self._parents.wait_until_ready()
                except RuntimeError as error:
                    self._broken = True
                    raise EngineFailed(str(error)) from None
                self._parents.sockets[0].close()  # only test processes ask for student processes
                self._ready = True

    def grade(self, job: Job) -> Result:
        """One submission, from its bytes to its result; EngineFailed when the grading itself breaks."""
        self.wait_until_ready()
        self._prepare(job)
        channel = self._ask(b"grade")
        pid = self._pid(channel)
        try:
            # the test process has an environment of its own, in which it would not find a bwrap that the user named
            bwrap = bubblewrap() if job.sandboxed else ""
            channel.send({"job": encode(job), "bwrap": bwrap})
            answer = channel.receive(job.limits.submission_seconds * SLACK)
        except ChannelClosed:
            raise EngineFailed("the process that grades ended without a result") from None
        except BadMessage as error:
            raise EngineFailed(f"the process that grades gave {error}") from None
        except ChannelTimeout:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            raise EngineFailed("the process that grades gave no result in time") from None
        finally:
            channel.close()
        if "failed" in answer:
            raise EngineFailed(answer["failed"])
        return decode(answer["result"], Result)

    def _prepare(self, job: Job) -> None:
        """Let the parent of test processes read an assignment before the first submission to it."""
        with self._starting:
            if job.assignment not in self._prepared:
                self._prepared.add(job.assignment)
                channel = self._ask(PREPARE)
                with contextlib.suppress(ChannelClosed, ChannelTimeout):
                    channel.send({"job": encode(replace(job, submission=b"", files={}))})
                    channel.receive(timeout=60)
                channel.close()

    def _ask(self, words: bytes) -> Channel:
        """A request to the parent of test processes; the channel leads to whoever takes it."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                fork(self._parents.sockets[1], [theirs.fileno()], words)
        except OSError:
            ours.close()
            self._broken = True
            raise EngineFailed("the parent of the processes that grade is gone") from None
        return Channel(ours, limit=256_000_000)

    def _pid(self, channel: Channel) -> int:
        """The process that will grade, as soon as it is there."""
        try:
            return channel.receive(timeout=ANSWER)["pid"]
        except (ChannelClosed, ChannelTimeout):
            channel.close()
            self._broken = True
            raise EngineFailed("the parent of the processes that grade made none in time") from None

    def close(self) -> None:
        self._parents.close()


@cache
def try_sandbox() -> None:
    """Make and end one sandbox, so as to refuse now rather than at the first submission; NoSandbox says why."""
    Sandbox.start(Limits()).stop()


_here: dict[bool, Engine] = {}  # this process's, with and without demos
_beginning = threading.Lock()


def begin_here(run_demos: bool = False) -> Engine:
    """This process's engine, which may still be warming up; a new one where the last is broken. It ends with the process."""
    with _beginning:
        engine = _here.get(run_demos)
        if engine is None or engine.broken:
            if engine:
                engine.close()
            engine = _here[run_demos] = Engine(sandboxed=False, run_demos=run_demos)
            atexit.register(engine.close)
        return engine


def ready_here(sandboxed: bool, run_demos: bool) -> None:
    """Make this process ready to grade; NoSandbox or EngineFailed when it cannot."""
    if sandboxed:
        try_sandbox()
    begin_here(run_demos).wait_until_ready()


def grade_here(job: Job) -> Result:
    """Grade one submission with this process's engine: the function that executors are given."""
    if job.sandboxed:
        try_sandbox()
    engine = begin_here(job.run_demos)
    try:
        return engine.grade(job)
    except EngineFailed:
        if not engine.broken:
            raise
    return begin_here(job.run_demos).grade(job)  # its parents were killed: once more with new ones
