"""The instructor's end of the engine: two prefork servers, and `grade` to use them."""

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
from grading.isolation.activity import Standstill
from grading.isolation.channel import Channel, ChannelClosed, ChannelTimeout, Message
from grading.isolation.limits import Limits
from grading.isolation.prefork import PREPARE, PreforkServer, fork
from grading.isolation.sandbox import Sandbox, bubblewrap
from grading.isolation.serialization import BadMessage

TEST_SERVER = "grading.engine.test_server"
GRADE = b"grade"
# For which a process of ours may do nothing at all and want no processor: it never waits for so
# long, not even for a student's code, which it keeps in sight.
STANDSTILL_SECONDS = 60.0
POLL_SECONDS = 1.0  # between two looks at such a process
MAX_RESULT = 256_000_000  # bytes of a message from a test process


class Engine:
    """Grades submissions, any number at a time and from any thread; its processes end with it.

    with Engine(sandboxed=True) as engine:
        result = engine.grade(job)
    """

    def __init__(self, sandboxed: bool = True, run_demos: bool = False):
        """NoSandbox when one is wanted and cannot be had."""
        if sandboxed:
            try_sandbox()
        self._servers = PreforkServer(TEST_SERVER, "demos" if run_demos else "plain")
        self._prepared: set[bytes] = set()  # assignments, by hash
        self._ready = False
        self._starting = threading.Lock()
        self._broken = False

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def broken(self) -> bool:
        """Whether its servers have ended or do not answer: nothing can be graded with it."""
        return self._broken or self._servers.ended

    def wait_until_ready(self) -> None:
        """Return when submissions can be sent; EngineFailed when the servers do not start."""
        with self._starting:
            if not self._ready:
                try:
                    self._servers.wait_until_ready()
                except RuntimeError as error:
                    self._broken = True
                    raise EngineFailed(str(error)) from None
                self._servers.student_socket.close()  # only test processes use it from now on
                self._ready = True

    def grade(self, job: Job) -> Result:
        """One submission, from its bytes to its result; EngineFailed when grading itself breaks."""
        self.wait_until_ready()
        self._prepare(job)
        channel = self._request(GRADE)
        try:
            answer = self._ask_test_process(channel, self._pid_of(channel), job)
        finally:
            channel.close()
        if "failed" in answer:
            self._broken |= answer.get("lost", False)
            raise EngineFailed(answer["failed"])
        return decode(answer["result"], Result)

    def _ask_test_process(self, channel: Channel, pid: int, job: Job) -> Message:
        """The answer with `result` or `failed`; EngineFailed when there is none."""
        # The test process has an environment of its own, without a $BWRAP of the user's.
        bwrap = bubblewrap() if job.sandboxed else ""
        try:
            channel.send({"job": encode(job), "bwrap": bwrap})
            return _receive(channel, pid)
        except ChannelTimeout:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            raise EngineFailed("the process that grades stood still") from None
        except ChannelClosed:
            raise EngineFailed("the process that grades ended without a result") from None
        except BadMessage as error:
            raise EngineFailed(f"the process that grades gave {error}") from None

    def _prepare(self, job: Job) -> None:
        """Let the server of test processes read an assignment before the first submission to it."""
        with self._starting:
            if job.assignment not in self._prepared:
                self._prepared.add(job.assignment)
                channel = self._request(PREPARE)
                with contextlib.suppress(ChannelClosed, ChannelTimeout):
                    channel.send({"job": encode(replace(job, submission=b"", files={}))})
                    _receive(channel, self._servers.pids[-1])
                channel.close()

    def _request(self, payload: bytes) -> Channel:
        """Send a request to the server of test processes; the channel leads to whoever takes it."""
        assert self._servers.caller_socket is not None
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                fork(self._servers.caller_socket, [theirs.fileno()], payload)
        except OSError:
            ours.close()
            self._broken = True
            raise EngineFailed("the parent of the processes that grade is gone") from None
        return Channel(ours, limit=MAX_RESULT)

    def _pid_of(self, channel: Channel) -> int:
        """The number of the test process, as soon as there is one."""
        try:
            return _receive(channel, self._servers.pids[-1])["pid"]
        except (ChannelClosed, ChannelTimeout):
            channel.close()
            self._broken = True
            raise EngineFailed("the parent of the processes that grade made none") from None

    def close(self) -> None:
        self._servers.close()


def _receive(channel: Channel, pid: int) -> Message:
    """The next message; ChannelTimeout when the process that should send it stands still."""
    still = Standstill(pid)
    while True:
        with contextlib.suppress(ChannelTimeout):
            return channel.receive(min(POLL_SECONDS, STANDSTILL_SECONDS))
        if still.seconds() >= STANDSTILL_SECONDS:
            raise ChannelTimeout


@cache
def try_sandbox() -> None:
    """Make and end one sandbox, so as to refuse before the first submission; NoSandbox says why."""
    Sandbox.start(Limits()).stop()


_engines: dict[bool, Engine] = {}  # this process's, by whether it runs demos
_starting_engine = threading.Lock()


def start_engine(run_demos: bool = False) -> Engine:
    """This process's engine, which may still be warming up. It ends with the process.

    A broken one is replaced.
    """
    with _starting_engine:
        engine = _engines.get(run_demos)
        if engine is None or engine.broken:
            if engine:
                engine.close()
            engine = _engines[run_demos] = Engine(sandboxed=False, run_demos=run_demos)
            atexit.register(engine.close)
        return engine


def make_ready(sandboxed: bool, run_demos: bool) -> None:
    """Make this process ready to grade; NoSandbox or EngineFailed when it cannot."""
    if sandboxed:
        try_sandbox()
    start_engine(run_demos).wait_until_ready()


def grade_here(job: Job) -> Result:
    """Grade one submission with this process's engine: the function that executors are given."""
    if job.sandboxed:
        try_sandbox()
    engine = start_engine(job.run_demos)
    try:
        return engine.grade(job)
    except EngineFailed:
        if not engine.broken:
            raise
    # Its servers were killed: once more, with new ones.
    return start_engine(job.run_demos).grade(job)
