"""The server in the student process: runs the cells and calls that it is sent."""

import contextlib
import importlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.explain import named, read_error, same_as_earlier, using_stubs
from grading.isolation.channel import Channel, Message
from grading.isolation.limits import Limits
from grading.isolation.outputs import Output, Recorder, streams_to
from grading.isolation.random_state import packed_random_state, random_mark
from grading.isolation.serialization import MAX_BYTES, Unsendable, pack, unpack
from grading.isolation.shell import GRADING, Shell, message_of, missing_name
from grading.isolation.side_effects import error_of_other_side

MAX_WATCHED = MAX_BYTES // 8  # of the arguments of a stub's calls that are told in one answer


class StudentServer:
    """Answers requests one after the other."""

    def __init__(self, shell: Shell, channel: Channel, limits: Limits):
        self._shell, self._channel, self._limits = shell, channel, limits
        self._returned: dict[int, np.ndarray] = {}  # arrays of earlier results, by number
        self._number_returned = 0
        self._random_mark = b""  # of the random state that the caller knows

    def serve(self) -> None:
        """Answer until the channel closes, which ends the process."""
        answers = {
            "write": self._write_files,
            "run": self._run,
            "resolve": self._resolve,
            "call": self._call,
        }
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _let_cells_import_from_folder()
        while True:
            request = self._channel.receive()
            answer = answers[request["op"]](request)
            self._channel.send({"op": "done", "id": request["id"], **answer})

    def _write_files(self, request: Message) -> Message:
        """Put files beside the notebook."""
        for name, content in request["files"].items():
            path = Path.cwd() / name
            # A file that cannot be there, in the place of a folder of this process's own, say, is
            # missed by the code that reads it. Without the others none of it would work.
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return {}

    def _run(self, request: Message) -> Message:
        """Run a cell, sending its outputs as they come; which of some names are functions then."""
        recorder = Recorder(self._limits.output, self._send_outputs)
        _look_for_modules_anew()
        with _interruptible():
            result = self._shell.run(request["source"], recorder.emit)
        recorder.flush()
        raised = result.raised.as_data() if result.raised else None
        values = {name: self._shell.names.get(name) for name in request["names"]}
        functions = {name: True for name, value in values.items() if callable(value)}
        answer = {"error": result.error, "raised": raised, "missing": result.missing}
        return answer | {"functions": functions}

    def _send_outputs(self, outputs: list[Output]) -> None:
        # An interrupt that cuts a message short would make the channel useless.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        self._channel.send({"op": "outputs", "outputs": outputs})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])

    def _resolve(self, request: Message) -> Message:
        """What each name stands for: nothing ("missing"), a "callable" or a value."""
        return {"found": {name: self._describe_name(name) for name in request["names"]}}

    def _describe_name(self, name: str) -> Message:
        if name not in self._shell.names:
            return {"kind": "missing"}
        if callable(value := self._shell.names[name]):
            return {"kind": "callable"}
        try:
            return {"kind": "value", "value": pack(value)}
        except Unsendable as error:
            return {"kind": "unsendable", "type": str(error)}

    def _call(self, request: Message) -> Message:
        """Call a function: its result, the arguments it changed, the random state, its prints."""
        self._update_returned(request)
        arguments = [unpack(part) for part in request["arguments"]]
        keywords = {name: unpack(part) for name, part in request["keywords"].items()}
        recorder = Recorder(self._limits.output)
        if request["random"]:
            np.random.set_state(unpack(request["random"]))
            self._random_mark = random_mark()
        with np.errstate(**request["errstate"]):
            answer = self._call_function(request, arguments, keywords, recorder)
        return answer | {
            "random": self._changed_random_state(),
            "changed": {
                **_changes(enumerate(arguments), dict(enumerate(request["arguments"]))),
                **_changes(keywords.items(), request["keywords"]),
            },
            "printed": [text for text in recorder.outputs if text["output_type"] == "stream"],
        }

    def _changed_random_state(self) -> bytes:
        """The random state, packed; b"" where the caller knows it: most functions draw no numbers.

        From now on the caller knows it.
        """
        before, self._random_mark = self._random_mark, random_mark()
        is_known = before != b"" and before == self._random_mark
        return b"" if is_known else packed_random_state()

    def _update_returned(self, request: Message) -> None:
        """Do to results of earlier calls what the caller did to its copies of them."""
        for number in request["forget"]:
            self._returned.pop(number, None)
        for number, content in request["written"].items():
            # ValueError: the array may not be written to; KeyError: it was forgotten
            with contextlib.suppress(ValueError, KeyError):
                np.copyto(self._returned[int(number)], unpack(content))

    def _call_function(
        self, request: Message, arguments: list, keywords: dict[str, Any], recorder: Recorder
    ) -> Message:
        function: Any = self._shell.names.get(request["name"])
        watched: dict[str, list[bytes]] = {name: [] for name in request["watched"]}
        stubs = {
            name: self._stub(name, home, watched.get(name))
            for name, home in request["stubs"].items()
        }
        try:
            with streams_to(recorder.emit), using_stubs(function, stubs), _interruptible():
                value = function(*arguments, **keywords)
        except BaseException as error:
            description = [type(error).__name__, message_of(error)]
            raised = read_error(error, function, GRADING).as_data()
            return {"error": description, "raised": raised, "missing": missing_name(error)}
        arrays: list[np.ndarray] = []
        try:
            packed = pack(value, arrays)
        except Unsendable as error:
            return {"unsendable": str(error)}
        first = self._number_returned
        self._number_returned += len(arrays)
        self._returned.update(enumerate(arrays, start=first))
        shared = [list(pair) for pair in same_as_earlier(arrays).items()]
        return {"value": packed, "first": first, "shared": shared, "watched": watched}

    def _stub(self, name: str, home: str, calls: list[bytes] | None) -> Callable:
        """The public function at `home`, "MODULE.NAME"; with home "" one that asks the caller.

        calls: collects its arguments, packed, where they are wanted
        """
        if home:
            module, _, function = home.rpartition(".")
            public = getattr(importlib.import_module(module), function)
            return public if calls is None else _recording(named(public, name), calls)

        def ask(*arguments: Any, **keywords: Any) -> Any:
            packed = [pack(part) for part in arguments]
            packed_keywords = {key: pack(part) for key, part in keywords.items()}
            request = {"name": name, "arguments": packed, "keywords": packed_keywords}
            state = self._changed_random_state()
            self._channel.send({"op": "callback", **request, "random": state})
            answer = self._channel.receive()
            if answer["random"]:
                np.random.set_state(unpack(answer["random"]))
                self._random_mark = random_mark()
            if "error" in answer:
                raise error_of_other_side(*answer["error"])
            return unpack(answer["value"])

        ask.__name__ = name
        return ask


def _recording(function: Callable, calls: list[bytes]) -> Callable:
    """The function, which keeps the arguments of its calls, as long as there is room for them."""
    room = MAX_WATCHED

    def recorded(*arguments: Any, **keywords: Any) -> Any:
        nonlocal room
        result = function(*arguments, **keywords)
        if room > 0:
            with contextlib.suppress(Unsendable):
                calls.append(pack((arguments, keywords)))
                room -= len(calls[-1])
        return result

    return recorded


def _changes(parts: Iterable[tuple[Any, Any]], before: dict[Any, bytes]) -> Message:
    """The arguments that no longer pack as they came, by position or name, as text."""
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


def _let_cells_import_from_folder() -> None:
    """Let cells import modules that lie beside the notebook, as in JupyterLab.

    The folder comes last on the path: nothing in it takes the place of an installed module.
    """
    sys.path.append("")  # the folder in which the process is at the time
    # A module that a cell writes anew within a second would be taken from its old bytecode.
    sys.dont_write_bytecode = True


def _look_for_modules_anew() -> None:
    """Forget which files were in the folder: the cell before may have written a module."""
    with contextlib.suppress(OSError):  # the folder is gone
        sys.path_importer_cache.pop(str(Path.cwd()), None)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let an interrupt stop the student's code, and only that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
