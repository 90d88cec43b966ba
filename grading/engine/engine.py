"""The instructor's end of the engine: two warm parents, and `grade` to send a submission through them."""

import atexit
import contextlib
import os
import signal
import socket
import threading

from grading.engine.channel import Channel, ChannelClosed, ChannelTimeout
from grading.engine.job import Job, Result
from grading.engine.limits import Limits
from grading.engine.sandbox import Sandbox
from grading.engine.warm import WarmParent, fork
from grading.errors import EngineFailed

SLACK = 8.0  # how much longer than its own clock a submission may take on a busy machine, as a factor


class Engine:
    """Grades submissions, any number at a time and from any thread; its processes end with it.

    with Engine(sandboxed=True) as engine:
        result = engine.grade(job)
    """

    def __init__(self, sandboxed: bool = True):
        if sandboxed:
            Sandbox.start(Limits()).stop()  # refuse now rather than at the first submission
        self._students = WarmParent("grading.engine.student")
        self._tests = WarmParent("grading.engine.run", (self._students.socket.fileno(),))
        self._ready = False

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def wait_until_ready(self) -> None:
        if not self._ready:
            self._students.wait_until_ready()
            self._tests.wait_until_ready()
            self._ready = True

    def grade(self, job: Job) -> Result:
        """One submission, from its bytes to its result; EngineFailed when the grading itself breaks."""
        ours, theirs = socket.socketpair()
        with theirs:
            fork(self._tests.socket, [theirs.fileno()])
        channel, pid = Channel(ours, limit=256_000_000), 0
        try:
            pid = channel.receive(timeout=60)["pid"]
            channel.send(job.to_message())
            return Result.from_message(channel.receive(job.limits.submission_seconds * SLACK))
        except ChannelClosed:
            raise EngineFailed("the process that grades ended without a result") from None
        except ChannelTimeout:
            if pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise EngineFailed("the process that grades gave no result in time") from None
        finally:
            channel.close()

    def close(self) -> None:
        self._tests.close()
        self._students.close()


_here: dict[bool, Engine] = {}
_starting = threading.Lock()


def start_here(sandboxed: bool) -> Engine:
    """This process's engine, started at its first use; NoSandbox when there can be none."""
    with _starting:
        if sandboxed not in _here:
            engine = Engine(sandboxed)
            atexit.register(engine.close)
            engine.wait_until_ready()
            _here[sandboxed] = engine
        return _here[sandboxed]


def grade_here(job: Job) -> Result:
    """Grade one submission with this process's engine: the function that executors are given."""
    return start_here(job.sandboxed).grade(job)
