"""Warm parents: processes that have imported everything and are forked, in milliseconds, for each submission."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable

MAIN = "grading.isolation.prefork_main"
READY = b"ready"
PREPARE = b"prepare"
MOST_FILES = 16  # handed over with one request

# The whole environment of both parents. One thread for linear algebra: submissions run side by side, and the
# order of additions, hence the last digit, must not depend on the number of cores.
ENVIRONMENT = {
    "HOME": "/student",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class PreforkServer:
    """The outside of a warm parent, or of one that splits into several.

    second: the module whose `serve` is the parent of test processes; without one there is only the parent of student processes.
    The second is also handed our end of the first, so that it can ask it for children.
    """

    def __init__(self, second: str = "", kind: str = "plain"):
        pairs = [
            socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            for _ in range(2 if second else 1)
        ]
        self.sockets = [ours for ours, _ in pairs]
        self.socket = self.sockets[0]
        handed = [inside for _, inside in pairs] + ([self.socket] if second else [])
        numbers = [inside.fileno() for inside in handed]
        with contextlib.ExitStack() as ending:
            for _, inside in pairs:
                ending.enter_context(inside)
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", MAIN, kind, second or "-", *map(str, numbers)],
                cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=numbers,
            )  # fmt: skip

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def wait_until_ready(self, timeout: float = 300) -> None:
        """Return when every part can be asked; RuntimeError when one ends before, or takes more than `timeout` seconds."""
        for control in self.sockets:
            control.settimeout(timeout)
            try:
                said = control.recv(len(READY))
            except TimeoutError:
                raise RuntimeError(f"a warm parent was not ready after {timeout:g} s") from None
            control.settimeout(None)
            if said != READY:
                raise RuntimeError("a warm parent ended while it was starting; its error is above")

    def close(self) -> None:
        """Let it end, and whatever it forked with it."""
        for control in self.sockets:
            control.close()
        self._process.kill()  # also where it is stopped
        self._process.wait()


def fork(control: socket.socket, files: list[int], words: bytes = b"-") -> None:
    """Ask the warm parent at the other end of `control` for a child; it is handed `words` and the files."""
    socket.send_fds(control, [words], files)


def serve_forks(
    control: socket.socket,
    child: Callable[[bytes, list[int]], None],
    prepare: Callable[[list[int]], None] | None = None,
) -> None:
    """The inside of a warm parent: fork for every request, until nobody holds the other end any more.

    prepare: is called here, in the parent, for a request whose words are PREPARE
    """
    gc.collect()
    gc.freeze()  # what is there now is shared with every child; leave its pages alone
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended children need no one to collect them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the instructor's to handle
    control.send(READY)
    while True:
        words, files, _, _ = socket.recv_fds(control, 1 << 16, MOST_FILES)
        if not words:
            return
        if words == PREPARE and prepare:
            prepare(files)
            gc.freeze()
        elif os.fork() == 0:
            _be_child(control, child, words, files)
        for descriptor in files:
            os.close(descriptor)


def _be_child(
    control: socket.socket,
    child: Callable[[bytes, list[int]], None],
    words: bytes,
    files: list[int],
) -> None:
    status = 1
    try:
        control.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child(words, files)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)
