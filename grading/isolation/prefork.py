"""Prefork servers: processes that have imported everything, and fork on request in milliseconds."""

import contextlib
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable

from course_utils.environment import WHILE_GRADED

MAIN = "grading.isolation.prefork_main"
READY = b"ready"
PREPARE = b"prepare"
MAX_DESCRIPTORS = 16  # handed over with one request
MAX_PAYLOAD = 1 << 16  # bytes of one request
Serve = Callable[[bytes, list[int]], None]  # takes a request's payload and files

# The whole environment of prefork servers. Linear algebra has one thread: submissions run side by
# side, and the order of additions, hence the last digit, must not depend on the number of cores.
ENVIRONMENT = {
    "HOME": "/student",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    WHILE_GRADED: "1",
}


class PreforkServer:
    """The outside of the prefork server of student processes and, if there is one, of the caller's.

    student_socket: takes requests for student processes
    caller_socket: takes requests for the caller's processes; None where there is no such server
    pids: the servers that are ready, in this order
    """

    def __init__(self, caller_module: str = "", kind: str = "plain"):
        """caller_module: its `serve` is the server of the caller's processes; "" for none.

        `serve` is also handed our end of `student_socket`, so that the caller's processes can ask
        for student processes. kind: see prefork_main.py.
        """
        student, student_inside = _socket_pair()
        caller, caller_inside = _socket_pair() if caller_module else (None, None)
        self.student_socket, self.caller_socket = student, caller
        self.pids: list[int] = []
        inside = [end for end in (student_inside, caller_inside) if end]
        handed_over = [end.fileno() for end in [*inside, *([student] if caller else [])]]
        arguments = [kind, caller_module or "-", *map(str, handed_over)]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", MAIN, *arguments],
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=handed_over,
            )
        finally:
            for end in inside:
                end.close()

    @property
    def ended(self) -> bool:
        """Whether one of the servers has ended."""
        return self._process.poll() is not None or any(map(is_hung_up, self._sockets))

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self, timeout: float = 300) -> None:
        """Return when every server takes requests.

        RuntimeError when one ends before, or is not ready after `timeout` seconds.
        """
        for control in self._sockets:
            control.settimeout(timeout)
            try:
                ready, _, pid = control.recv(MAX_PAYLOAD).partition(b" ")
            except TimeoutError:
                raise RuntimeError(f"a prefork server was not ready after {timeout:g} s") from None
            control.settimeout(None)
            if ready != READY:
                raise RuntimeError(
                    "a prefork server ended while it was starting; its error is above"
                )
            self.pids.append(int(pid))

    def close(self) -> None:
        """End the servers, and whatever they have forked."""
        for control in self._sockets:
            control.close()
        self._process.kill()  # also where it has been stopped by a signal
        self._process.wait()

    @property
    def _sockets(self) -> list[socket.socket]:
        """Those that are open."""
        ends = (self.student_socket, self.caller_socket)
        return [control for control in ends if control and control.fileno() >= 0]


def _socket_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends that keep the bounds of messages."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def fork(control: socket.socket, files: list[int], payload: bytes = b"-") -> None:
    """Ask the prefork server at the other end of `control` for a process.

    files: descriptors that the process is handed, with the payload
    """
    socket.send_fds(control, [payload], files)


def is_hung_up(control: socket.socket) -> bool:
    """Whether the prefork server at the other end of `control` has ended.

    What it has forked ends later than that: the kernel closes a process's files before it tells its
    children.
    """
    poll = select.poll()
    poll.register(control, 0)
    return any(events & select.POLLHUP for _, events in poll.poll(0))


def serve_forks(
    control: socket.socket,
    run: Serve,
    prepare: Callable[[list[int]], None] | None = None,
) -> None:
    """The inside of a prefork server: fork for every request, until nobody holds the other end.

    run: called in the forked process with the request's payload and files
    prepare: called in the server itself for a request whose payload is PREPARE
    """
    # Every fork shares what is there now. The collector would write to its pages, and so copy them.
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel collects processes that have ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the instructor's process to handle
    control.send(b"%s %d" % (READY, os.getpid()))
    while True:
        payload, files, _, _ = socket.recv_fds(control, MAX_PAYLOAD, MAX_DESCRIPTORS)
        if not payload:
            return
        if payload == PREPARE and prepare:
            prepare(files)
        elif os.fork() == 0:
            _run_forked(control, run, payload, files)
        for descriptor in files:
            os.close(descriptor)


def _run_forked(control: socket.socket, run: Serve, payload: bytes, files: list[int]) -> None:
    """The whole life of a forked process."""
    status = 1
    try:
        control.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        run(payload, files)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)
