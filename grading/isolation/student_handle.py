"""A student process and its sandbox, from the test process's side."""

import json
import os
import shutil
import socket
import tempfile
from dataclasses import asdict, dataclass

from grading.isolation.channel import Channel
from grading.isolation.limits import Limits, Watch, open_schedstat
from grading.isolation.prefork import fork
from grading.isolation.sandbox import Sandbox
from grading.isolation.stopwatch import phase

START = 30.0  # seconds for a child to be there
SMALL = 16_000_000  # the largest message taken from a student process


@dataclass
class StudentHandle:
    """One student process and its sandbox."""

    channel: Channel
    pid: int
    sandbox: Sandbox | None
    folder: str | None
    schedstat: int | None

    @classmethod
    def start(cls, parent: socket.socket, limits: Limits, sandboxed: bool) -> "StudentHandle":
        """Fork one from the warm parent at the other end of `parent`."""
        with phase("make the sandbox"):
            sandbox = Sandbox.start(limits) if sandboxed else None
        folder = None if sandbox else tempfile.mkdtemp(prefix="student-")
        ours, theirs = socket.socketpair()
        channel = Channel(ours, SMALL)
        with phase("fork the student process"):
            with theirs:
                files = [theirs.fileno(), *(sandbox.namespaces if sandbox else [])]
                fork(
                    parent, files, json.dumps({"limits": asdict(limits), "folder": folder}).encode()
                )
            pid = int(channel.receive(START)["pid"])
        return cls(channel, pid, sandbox, folder, open_schedstat(pid))

    def watch(self) -> Watch:
        return Watch([self.pid, *([self.sandbox.pid] if self.sandbox else [])])

    @phase("end the student process")
    def stop(self) -> None:
        """End it and everything it started."""
        self.channel.close()
        if self.schedstat is not None:
            os.close(self.schedstat)
        if self.sandbox:
            self.sandbox.stop()
        else:
            self.watch().kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
