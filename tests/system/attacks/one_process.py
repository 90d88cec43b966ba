"""The boundary as nbgrader has it: the student's cells and the test cells run in one kernel, the
file as it came.

`python -m tests.system.attacks.one_process DESCRIPTOR` is a prefork server. For each submission it
forks a grader, which forks a kernel: one IPython shell that runs every cell and sends back the
outputs, which the grader believes.
"""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_grade

from grading.isolation import shell as shells
from grading.isolation.channel import Channel, ChannelClosed, ChannelTimeout
from grading.isolation.outputs import Recorder
from grading.isolation.prefork import READY, fork, serve_forks
from grading.isolation.shell import Shell
from grading.isolation.student import warm_up
from tests.harness import ROOT

LARGEST = 3_000_000_000  # memory and files, for the machine's sake


class OneProcess:
    """The outside: a prefork server, and `grade`.

    environment: what nbgrader would hand on to its kernels
    """

    def __init__(self, environment: dict[str, str]):
        self._socket, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inside:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(inside.fileno())],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[inside.fileno()],
            )

    def wait_until_ready(self) -> None:
        assert self._socket.recv(100).startswith(READY)

    def grade(
        self, release: bytes, source: bytes, submission: bytes, folder: str, patience: float
    ) -> dict:
        """Scores and notebook; {"failed": why} when the grader came to no end."""
        ours, theirs = socket.socketpair()
        with theirs:
            fork(self._socket, [theirs.fileno()])
        channel = Channel(ours)
        job = {"release": release, "source": source, "submission": submission, "folder": folder}
        pid = channel.receive(30)["pid"]
        try:
            channel.send(job)
            return channel.receive(patience)
        except ChannelClosed:
            return {"failed": "the grader ended"}
        except ChannelTimeout:
            return {"failed": f"no result in {patience} s"}
        finally:
            channel.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait()


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    shells._kept_parts = dict
    shell = Shell()
    warm_up(shell)
    from course_utils.explain import call
    from grading import hidden

    # nor does anybody look at the types of what comes back
    hidden.plain_result = call.plain_result = lambda value: value
    quiet = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(quiet, standard)
    serve_forks(control, lambda payload, files: _grader(shell, files[0]))


def _grader(shell: Shell, descriptor: int) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"pid": os.getpid()})
    job = channel.receive()
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        channel.close()
        os.chdir(job["folder"])
        _kernel(shell, Channel(theirs))
    theirs.close()
    channel.send(_grade(job, Channel(ours)))


def _kernel(shell: Shell, channel: Channel) -> None:
    """Run what comes until nothing comes any more."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(ChannelClosed):
        while True:
            request = channel.receive()
            recorder = Recorder(1_000_000_000)
            shell.run(request["source"], recorder.emit)
            channel.send({"op": "done", "id": request["id"], "outputs": recorder.outputs})
    os._exit(0)


def _grade(job: dict[str, bytes], kernel: Channel) -> dict[str, Any]:
    """Believe the file: its flags, points, tags and outputs count. Only hidden tests are put in."""
    release, source, notebook = (
        nbformat.reads(job[name].decode(errors="surrogatepass"), as_version=4)
        for name in ("release", "source", "submission")
    )
    _put_in_hidden_tests(notebook, release, source)
    if notebook.metadata.get("kernelspec", {}).get("name", "python3") != "python3":
        raise LookupError("no such kernel")
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and not {"skip-execution", "demo"} & set(
            cell.metadata.get("tags", [])
        ):
            cell.outputs = [
                nbformat.from_dict(output) for output in _ask(kernel, number, cell.source)
            ]
    scores = {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in notebook.cells
        if is_grade(cell)
    }
    return {"scores": scores, "notebook": nbformat.writes(notebook).encode()}


def _ask(kernel: Channel, number: int, source: str) -> list[dict]:
    kernel.send({"op": "run", "id": number, "source": source})
    outputs: list[dict] = []
    while (message := kernel.receive())["op"] != "done":
        outputs += message["outputs"]
    return outputs + message.get("outputs", [])


def _put_in_hidden_tests(
    notebook: NotebookNode, release: NotebookNode, source: NotebookNode
) -> None:
    """Into test cells that still have the released text."""
    released, whole = (
        {cell.metadata.nbgrader.grade_id: cell.source for cell in book.cells if is_grade(cell)}
        for book in (release, source)
    )
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if released.get(grade_id) == cell.source:
            cell.source = whole[grade_id]


if __name__ == "__main__":
    main()
