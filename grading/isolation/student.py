"""The student process: runs the cells and calls it is sent. Everything it says is believed by nobody.

A child of its warm parent joins the sandbox whose namespaces it is handed, gives up every privilege, and serves requests
on its channel until that closes.
"""

import contextlib
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.explain import using_stubs
from grading.isolation.channel import Channel, Message
from grading.isolation.limits import Limits, close_files_but
from grading.isolation.linux import die_with_parent, drop_privileges
from grading.isolation.prefork import ENVIRONMENT, serve_forks
from grading.isolation.sandbox import HOME, join
from grading.isolation.serialization import Unsendable, pack, unpack
from grading.isolation.shell import Output, Recorder, Shell, message_of, streams_to

# What the course's notebooks import; importing it once in the parent is what makes a child quick.
WARM_IMPORTS = (
    "matplotlib.pyplot", "matplotlib_inline.backend_inline", "scipy.special", "tqdm",
    "course_utils.checks", "course_utils.datasets", "course_utils.layers", "course_utils.network",
    "course_utils.plotting", "course_utils.training", "course_utils.vectors",
)  # fmt: skip
# Only demonstrations load data, and these make every child twice as slow to fork.
DEMO_IMPORTS = ("sklearn.datasets", "scipy.io", "h5py")
OPEN_AT_START = 3  # standard input, output and error


def serve(control: socket.socket, shell: Shell) -> None:
    """Be the parent of student processes."""
    serve_forks(control, lambda words, files: _start(shell, words, files))


def warm_up(shell: Shell, run_demos: bool = False) -> None:
    """Import what notebooks import, run a cell and draw a picture, so that all this is there before the first fork."""
    for name in WARM_IMPORTS + (DEMO_IMPORTS if run_demos else ()):
        importlib.import_module(name)
    source = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()"
    if not shell.run(source, lambda output: None).ok:
        raise RuntimeError("the warm-up cell failed")
    shell.run("plt.close('all')\n%reset -f", lambda output: None)
    shell.names.pop("_exit_code", None)


def _start(shell: Shell, words: bytes, files: list[int]) -> None:
    """In the forked child: enter the sandbox, fork again so as to be in its process table, and serve."""
    options = json.loads(words)
    limits = Limits(**options["limits"])
    channel_file, *namespaces = files
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(OPEN_AT_START):
        os.dup2(nowhere, standard)
    close_files_but(*files)
    die_with_parent(signal.SIGKILL)
    if namespaces:
        join(namespaces)
        for descriptor in namespaces:
            os.close(descriptor)
    else:
        os.setsid()
        os.chdir(options["folder"])
    reading, writing = os.pipe()
    if pid := os.fork():
        with socket.socket(fileno=channel_file) as told:
            Channel(told).send({"op": "born", "pid": pid})
        os.close(reading)
        os.close(writing)
        os.waitpid(pid, 0)
        return
    os.close(writing)
    os.read(reading, 1)  # returns once our process number has been told
    os.close(reading)
    _enter(limits, options, sandboxed=bool(namespaces))
    Server(shell, Channel(socket.socket(fileno=channel_file)), limits).serve()


def _enter(limits: Limits, options: dict[str, Any], sandboxed: bool) -> None:
    """The last steps before a stranger's code: home, environment, limits, no privileges."""
    if sandboxed:
        os.chdir(HOME)
    else:
        die_with_parent(signal.SIGKILL)
    os.environ.clear()
    os.environ.update(ENVIRONMENT | {"HOME": str(Path.cwd())})
    limits.impose(count_processes=sandboxed)
    drop_privileges()
    for name in [name for name in sys.modules if name == "grading" or name.startswith("grading.")]:
        del sys.modules[name]


class Server:
    """Answers requests one after the other."""

    def __init__(self, shell: Shell, channel: Channel, limits: Limits):
        self._shell, self._channel, self._limits = shell, channel, limits
        self._kept: dict[int, np.ndarray] = {}  # arrays of earlier results, by number
        self._handed = 0
        self._random = b""  # the random state as the last call left it

    def serve(self) -> None:
        answers = {"write": self._write, "run": self._run, "look": self._look, "call": self._call}
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            request = self._channel.receive()
            answer = answers[request["op"]](request)
            self._channel.send({"op": "done", "id": request["id"], **answer})

    def _write(self, request: Message) -> Message:
        """Put files beside the notebook."""
        for name, content in request["files"].items():
            path = Path.cwd() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return {}

    def _run(self, request: Message) -> Message:
        """Run a cell, sending its outputs as they come."""
        recorder = Recorder(self._limits.output, self._send_outputs)
        with _interrupts():
            ran = self._shell.run(request["source"], recorder.emit)
        recorder.flush()
        return {"error": ran.error, "line": ran.line}

    def _look(self, request: Message) -> Message:
        """What each name stands for: "missing", "callable" or a value."""
        found: dict[str, Any] = {}
        for name in request["names"]:
            if name not in self._shell.names:
                found[name] = {"kind": "missing"}
            elif callable(value := self._shell.names[name]):
                found[name] = {"kind": "callable"}
            else:
                found[name] = self._value(value)
        return {"found": found}

    def _value(self, value: Any) -> Message:
        try:
            return {"kind": "value", "value": pack(value)}
        except Unsendable as error:
            return {"kind": "unsendable", "type": str(error)}

    def _call(self, request: Message) -> Message:
        """Call a function: its result, the arguments it changed, the random state, and what it printed."""
        self._write_through(request)
        arguments = [unpack(part) for part in request["arguments"]]
        keywords = {name: unpack(part) for name, part in request["keywords"].items()}
        recorder = Recorder(self._limits.output)
        before = request["random"] or self._random
        if request["random"]:
            np.random.set_state(unpack(before))
        with np.errstate(**request["errstate"]):
            answer = self._result(request, arguments, keywords, recorder)
        self._random = pack(np.random.get_state())
        answer["random"] = (
            self._random if self._random != before else b""
        )  # most functions leave it alone
        answer["changed"] = {
            **_changes(enumerate(arguments), dict(enumerate(request["arguments"]))),
            **_changes(keywords.items(), request["keywords"]),
        }
        answer["printed"] = [
            output for output in recorder.outputs if output["output_type"] == "stream"
        ]
        return answer

    def _write_through(self, request: Message) -> None:
        """Do to results of earlier calls what was done to their copies on the other side."""
        for number in request["forget"]:
            self._kept.pop(number, None)
        for number, content in request["written"].items():
            # an array that may not be written, or was forgotten
            with contextlib.suppress(ValueError, KeyError):
                np.copyto(self._kept[int(number)], unpack(content))

    def _result(
        self, request: Message, arguments: list, keywords: dict[str, Any], recorder: Recorder
    ) -> Message:
        names = self._shell.names
        function = names.get(request["name"])
        stubs = {name: self._stand_in(name, home) for name, home in request["stubs"].items()}
        try:
            with streams_to(recorder.emit), using_stubs(function, stubs), _interrupts():
                value = function(*arguments, **keywords)  # type: ignore[misc]
        except BaseException as error:
            return {"error": [type(error).__name__, message_of(error)]}
        arrays: list[np.ndarray] = []
        try:
            packed = pack(value, arrays)
        except Unsendable as error:
            return {"unsendable": str(error)}
        first = self._handed
        self._handed += len(arrays)
        self._kept.update(enumerate(arrays, start=first))
        return {"value": packed, "first": first}

    def _stand_in(self, name: str, home: str) -> Any:
        """The public function that lives at `home`, "MODULE.NAME"; without one a function that asks the other side."""
        if home:
            module, _, function = home.rpartition(".")
            return getattr(importlib.import_module(module), function)

        def ask(*arguments: Any, **keywords: Any) -> Any:
            self._channel.send({
                "op": "callback", "name": name, "arguments": [pack(part) for part in arguments],
                "keywords": {key: pack(part) for key, part in keywords.items()}, "random": pack(np.random.get_state()),
            })  # fmt: skip
            answer = self._channel.receive()
            np.random.set_state(unpack(answer["random"]))
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return unpack(answer["value"])

        ask.__name__ = name
        return ask

    def _send_outputs(self, outputs: list[Output]) -> None:
        # half a message would be the end of the channel
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        self._channel.send({"op": "outputs", "outputs": outputs})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def _changes(parts: Any, before: dict[Any, bytes]) -> Message:
    """The arguments that no longer pack as they came: by position or name, as text."""
    changes: Message = {}
    for key, part in parts:
        try:
            after = pack(part)
        except Unsendable as error:
            changes[str(key)] = {"type": str(error)}
            continue
        if after != before[key]:
            changes[str(key)] = {"value": after}
    return changes


@contextlib.contextmanager
def _interrupts() -> Any:
    """Let an interrupt stop the student's code, and only that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
