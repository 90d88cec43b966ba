"""A student process and its sandbox, from the caller's side: started and ended here."""

import json
import os
import shutil
import socket
import tempfile
import threading
from dataclasses import asdict, dataclass

from grading.isolation.channel import Channel
from grading.isolation.clock import open_schedstat
from grading.isolation.limits import Limits
from grading.isolation.memory_group import MemoryGroup
from grading.isolation.prefork import fork, is_hung_up
from grading.isolation.sandbox import Sandbox
from grading.isolation.serialization import MAX_BYTES
from grading.isolation.stopwatch import phase
from grading.isolation.watch import Watch

MAX_SENT = 1_000_000_000  # bytes that one process may send in its life; reading them takes our time


@dataclass
class StudentHandle:
    """One student process.

    control: where it was asked for
    sandbox: None where it runs without one; folder: its home then
    group: None where no control group can be made
    schedstat, own_schedstat: of it, and of the thread that started it; see `clock.open_schedstat`
    """

    control: socket.socket
    channel: Channel
    pid: int
    sandbox: Sandbox | None
    folder: str | None
    group: MemoryGroup | None
    schedstat: int | None
    own_schedstat: int | None

    @classmethod
    def start(cls, control: socket.socket, limits: Limits, sandboxed: bool) -> "StudentHandle":
        """Have one forked by the prefork server at the other end of `control`.

        However long that takes on a busy machine. An error when there is no server any more.
        """
        group = MemoryGroup.start(limits)
        folder = None if sandboxed else tempfile.mkdtemp(prefix="student-")
        ours, theirs = socket.socketpair()
        channel = Channel(ours, limit=MAX_BYTES, total=MAX_SENT)
        options = {"limits": asdict(limits), "folder": folder}
        with phase("fork the student process"), theirs:
            files = [theirs.fileno(), *([group.entrance] if group else [])]
            fork(control, files, json.dumps(options).encode())
        with phase("make the sandbox"):  # meanwhile the process is forked, and joins the group
            sandbox = Sandbox.start(limits) if sandboxed else None
        if sandbox:
            socket.send_fds(ours, [b"-"], sandbox.namespaces)
        with phase("fork the student process"):
            pid = int(channel.receive()["pid"])
        own_schedstat = open_schedstat(threading.get_native_id())
        return cls(
            control, channel, pid, sandbox, folder, group, open_schedstat(pid), own_schedstat
        )

    @property
    def has_lost_its_server(self) -> bool:
        """Whether the prefork server has ended, which ends every process that it has forked."""
        return is_hung_up(self.control)

    def watch(self) -> Watch:
        return Watch([self.pid, *([self.sandbox.pid] if self.sandbox else [])], self.group)

    @phase("end the student process")
    def stop(self) -> None:
        """End it and everything it started."""
        self.channel.close()
        for descriptor in (self.schedstat, self.own_schedstat):
            if descriptor is not None:
                os.close(descriptor)
        if self.sandbox:
            self.sandbox.stop()
        else:
            self.watch().kill()
        if self.group:
            self.group.remove()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
