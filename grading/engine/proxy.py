"""The test process's view of the student process: run a cell there, call a function there, and survive its end."""

import builtins
import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from grading.engine.channel import Channel, ChannelClosed, ChannelTimeout, Message
from grading.engine.limits import Clock, Limits, Watch, open_schedstat
from grading.engine.sandbox import Sandbox
from grading.engine.shell import LONGEST, Output, Recorder, error_output, sound_output
from grading.engine.stopwatch import phase
from grading.engine.values import BadMessage, pack, unpack
from grading.engine.warm import fork

LOOK = 0.1  # seconds between two looks at clock and memory
GRACE = 2.0  # seconds to answer an interrupt in
SECOND_CHANCE = 1 / 15  # of a cell's time, for what has overrun it before
START = 30.0  # seconds for a child to be there
SMALL = 16_000_000  # the largest message taken from a student process


class Stopped(Exception):
    """The student's code was stopped or ended its process; the words say why."""

    for_students = True


class Ended(Stopped):
    """The student's process ended, or said what it may not, by itself."""


class NotAnAnswer(Exception):
    """What a function returned cannot be an answer to any exercise; the message names its type."""

    for_students = True


@dataclass
class Child:
    """One student process and its sandbox."""

    channel: Channel
    pid: int
    sandbox: Sandbox | None
    folder: str | None
    schedstat: int | None

    @classmethod
    def start(cls, parent: socket.socket, limits: Limits, sandboxed: bool) -> "Child":
        """Fork one from the warm parent at the other end of `parent`."""
        with phase("make the sandbox"):
            sandbox = Sandbox.start(limits) if sandboxed else None
        folder = None if sandbox else tempfile.mkdtemp(prefix="student-")
        ours, theirs = socket.socketpair()
        channel = Channel(ours, SMALL)
        with phase("fork the student process"):
            with theirs:
                files = [theirs.fileno(), *(sandbox.namespaces if sandbox else [])]
                fork(parent, files, json.dumps({"limits": asdict(limits), "folder": folder}).encode())
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


@dataclass
class Finished:
    """How a student's cell ended: its outputs, and "" or the error that ended it, with a syntax error's line."""

    outputs: list[Output] = field(default_factory=list)
    error: str = ""
    line: int = 0


class Student:
    """The student process, restarted when it ends: cells that ran before are run again, the one that ended it is not."""

    def __init__(self, start: Callable[[], Child], limits: Limits, files: dict[str, bytes]):
        self._start, self._limits, self._files = start, limits, files
        self._child: Child | None = None
        self._cells: list[tuple[str, float]] = []  # what has run, and how long it may take to run again
        self._left = limits.submission_seconds
        self._cell_left = limits.cell_seconds
        self._number = 0
        self._slow: set[str] = set()
        self._common = b""  # the random state, where both processes have the same
        self._called = False  # whether the living process has served a call
        self._mirrors: list[tuple[int, weakref.ref, bytes]] = []

    def close(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None

    def new_cell(self) -> None:
        """Start the time of a cell anew."""
        self._cell_left = self._limits.cell_seconds

    @phase("student's cells")
    def run(self, source: str) -> Finished:
        """Run one of the student's cells."""
        self.new_cell()
        self._common = b""
        recorder = Recorder(self._limits.output)
        try:
            answer = self._ask({"op": "run", "source": source}, recorder)
        except Ended as ended:
            if self._called:  # a call may have left it broken; then the cell is not to blame
                self._called = False
                return self.run(source)
            recorder.emit(error_output("Stopped", str(ended)))
            return Finished(recorder.outputs, str(ended))
        except Stopped as stopped:
            recorder.emit(error_output("Stopped", str(stopped)))
            if self._child:  # it was interrupted and lives, with what it had defined
                self._cells.append((source, self._limits.cell_seconds * SECOND_CHANCE))
            return Finished(recorder.outputs, str(stopped))
        self._cells.append((source, self._limits.cell_seconds))
        error, line = answer.get("error"), answer.get("line")
        words = error[:LONGEST] if isinstance(error, str) else "?"
        return Finished(recorder.outputs, words, line if type(line) is int else 0)

    @phase("calls of student's functions")
    def look(self, names: list[str]) -> dict[str, Any]:
        """What the names stand for: a `StudentFunction`, a value, or, when not defined, nothing."""
        if not names:
            return {}
        found = _dictionary(self._ask({"op": "look", "names": names}, Recorder(0)).get("found"))
        values: dict[str, Any] = {}
        for name in names:
            about = _dictionary(found.get(name))
            if about.get("kind") == "callable":
                values[name] = StudentFunction(name, self)
            elif about.get("kind") == "value" and isinstance(content := about.get("value"), bytes):
                with contextlib.suppress(BadMessage):
                    values[name] = unpack(content)
        return values

    @phase("calls of student's functions")
    def call(
        self, name: str, arguments: tuple, keywords: dict[str, Any], stand_ins: dict[str, Callable]
    ) -> Any:
        """Call a function there; its result, with all else that the call did done here too."""
        if name in self._slow:
            self._cell_left = min(self._cell_left, self._limits.cell_seconds * SECOND_CHANCE)
        forget, written = self._changed_mirrors()
        state = pack(np.random.get_state())
        request = {
            "op": "call", "name": name, "arguments": [pack(part) for part in arguments],
            "keywords": {key: pack(part) for key, part in keywords.items()},
            "random": b"" if state == self._common else state, "errstate": np.geterr(),
            "stand_ins": {name: _public_home(function) for name, function in stand_ins.items()},
            "forget": forget, "written": written,
        }  # fmt: skip
        self._common, self._called = b"", True
        try:
            answer = self._ask(request, Recorder(0), stand_ins)
        except Stopped:
            self._slow.add(name)
            raise
        if after := answer.get("random"):
            _set_random_state(after)
        self._common = after or state
        return self._take_answer(answer, arguments, keywords)

    # --- requests and what they are answered

    def _ask(
        self, request: Message, recorder: Recorder, stand_ins: dict[str, Callable] | None = None
    ) -> Message:
        """One request within the time that is left for the cell, and its answer; Stopped when there is none."""
        conversation = Conversation(self._living(), self._limits, recorder, stand_ins or {})
        try:
            return self._converse(conversation, request, self._cell_left)
        finally:
            self._cell_left -= conversation.used

    def _converse(self, conversation: "Conversation", request: Message, limit: float) -> Message:
        self._number += 1
        limit = min(limit, self._left)
        if limit <= 0:
            used = "the submission" if self._left <= 0 else "this cell"
            raise Stopped(f"not tried: the time for {used} was used up")
        try:
            return conversation.ask(request | {"id": self._number}, limit)
        except Gone as error:
            self._drop()
            raise (Ended if error.by_itself else Stopped)(str(error)) from None
        finally:
            self._left -= conversation.used

    def _living(self) -> Child:
        """The child, started anew if need be and brought to where the last one was."""
        if self._child is None:
            if self._left <= 0:
                raise Stopped("not tried: the time for the submission was used up")
            self._child, self._called = self._start(), False
            cells, self._cells = self._cells, []
            self._again({"op": "write", "files": self._files}, START)
            for at, (source, limit) in enumerate(cells):
                self._again({"op": "run", "source": source}, limit)
                if self._child is None:  # this time it did not survive the cell: the next try goes without it
                    self._cells += cells[at + 1 :]
                    raise Stopped("the process ended while the cells before were run again")
                self._cells.append((source, limit))
        return self._child

    def _again(self, request: Message, limit: float) -> None:
        """Bring a new child on: no outputs are kept, and a cell that has to be stopped now is not run a third time."""
        assert self._child is not None
        with contextlib.suppress(Stopped):
            self._converse(Conversation(self._child, self._limits, Recorder(0), {}), request, limit)

    def _drop(self) -> None:
        self.close()
        self._mirrors.clear()

    # --- what a call did

    def _take_answer(self, answer: Message, arguments: tuple, keywords: dict[str, Any]) -> Any:
        for output in _list(answer.get("printed")):
            clean = sound_output(output)
            if clean and clean["output_type"] == "stream":
                (sys.stderr if clean["name"] == "stderr" else sys.stdout).write(clean["text"])
        for key, change in _dictionary(answer.get("changed")).items():
            _change(arguments, keywords, key, change)
        if isinstance(kind := answer.get("unsendable"), str):
            raise NotAnAnswer(f"it returned {kind[:200]}")
        if isinstance(error := answer.get("error"), list) and len(error) == 2:
            raise remote_error(*error)
        return self._result(answer)

    def _result(self, answer: Message) -> Any:
        content, first = answer.get("value"), answer.get("first")
        if not isinstance(content, bytes) or type(first) is not int:
            raise NotAnAnswer("it returned nothing that can be read")
        arrays: list[np.ndarray] = []
        try:
            value = unpack(content, arrays)
        except BadMessage as error:
            raise NotAnAnswer(f"it returned {error}") from None
        self._mirrors += [
            (number, weakref.ref(array), array.tobytes()) for number, array in enumerate(arrays, start=first)
        ]
        return value

    def _changed_mirrors(self) -> tuple[list[int], dict[str, bytes]]:
        """Of the arrays that calls have returned: which are gone here, and which have been written to since."""
        gone = [number for number, mirror, _ in self._mirrors if mirror() is None]
        written = {}
        for at, (number, mirror, before) in enumerate(self._mirrors):
            array = mirror()
            if array is not None and (after := array.tobytes()) != before:
                written[str(number)] = pack(array)
                self._mirrors[at] = (number, mirror, after)
        self._mirrors = [entry for entry in self._mirrors if entry[1]() is not None]
        return gone, written


class Gone(Exception):
    """The student process has ended, by itself or because it had to be."""

    def __init__(self, words: str, by_itself: bool = False):
        super().__init__(words)
        self.by_itself = by_itself


class Conversation:
    """One request: waits for the answer, serves calls back, keeps clock and memory in sight."""

    def __init__(self, child: Child, limits: Limits, recorder: Recorder, stand_ins: dict[str, Callable]):
        self._child, self._limits, self._recorder, self._stand_ins = child, limits, recorder, stand_ins
        self._clock = Clock(child.schedstat)
        self._interrupted = ""
        self._looked = time.monotonic()
        self._spent: float | None = None  # processor time of the whole family at the first look

    @property
    def used(self) -> float:
        return self._clock.elapsed()

    def ask(self, request: Message, limit: float) -> Message:
        """The answer. Stopped when it had to be interrupted, Gone when the process is no more."""
        try:
            self._child.channel.send(request, timeout=START)
            while True:
                message = self._next(limit)
                if message.get("op") == "outputs":
                    self._keep(message)
                elif message.get("op") == "callback":
                    self._child.channel.send(self._call_back(message), timeout=START)
                elif message.get("op") == "done" and message.get("id") == request["id"]:
                    break
                else:
                    raise BadMessage("an answer to nothing that was asked")
        except (ChannelClosed, ChannelTimeout):
            raise Gone(self._interrupted or "it ended its process", not self._interrupted) from None
        except BadMessage as error:
            raise Gone(f"its process sent {error}", by_itself=True) from None
        if self._interrupted:
            raise Stopped(self._interrupted)
        return message

    def _next(self, limit: float) -> Message:
        """The next message; clock and memory are looked at whether or not one comes."""
        while True:
            message = None
            with contextlib.suppress(ChannelTimeout):
                message = self._child.channel.receive(LOOK)
            if time.monotonic() - self._looked >= LOOK:
                self._look(limit)
                self._looked = time.monotonic()
            if message is not None:
                return message

    def _look(self, limit: float) -> None:
        """When the time is up, one interrupt, then the end; when anything else is over its limit, the end."""
        watch = self._child.watch()
        if excess := watch.excess(self._limits):
            raise Gone(f"stopped: {excess}")
        used = self._clock.elapsed()
        if used > limit and not self._interrupted:
            self._interrupted = f"stopped after {limit:.3g} s"
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child.pid, signal.SIGINT)
        elif used > limit + GRACE:
            raise Gone(self._interrupted)
        # waiting for a processor does not count, unless it is for one that its own children hold
        spent = watch.processor_seconds()
        self._spent = spent if self._spent is None else self._spent
        if spent - self._spent > 2 * limit + GRACE:
            raise Gone(f"stopped: all that it started used more than {2 * limit:.3g} s of processor time")

    def _keep(self, message: Message) -> None:
        for output in _list(message.get("outputs")):
            if clean := sound_output(output):
                self._recorder.emit(clean)

    def _call_back(self, message: Message) -> Message:
        """Call a stand-in with arguments from the other side; its errors go back as words."""
        try:
            function = self._stand_ins[str(message.get("name"))]
            arguments = [unpack(part) for part in _list(message.get("arguments"))]
            keywords = {str(key): unpack(part) for key, part in dict(message.get("keywords") or {}).items()}
            _set_random_state(message.get("random"))
            answer: Message = {"value": pack(function(*arguments, **keywords))}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:LONGEST]}
        return answer | {"random": pack(np.random.get_state())}


class StudentFunction:
    """Stands for a function that lives in the student process."""

    def __init__(self, name: str, student: Student):
        self.__name__ = name
        self._student = student
        self._stand_ins: dict[str, Callable] = {}

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._student.call(self.__name__, arguments, keywords, self._stand_ins)

    @contextlib.contextmanager
    def standing_in(self, stand_ins: dict[str, Callable]) -> Iterator[None]:
        """Let functions of this side take the place of names that the student's function calls."""
        before, self._stand_ins = self._stand_ins, self._stand_ins | stand_ins
        try:
            yield
        finally:
            self._stand_ins = before

    def __repr__(self) -> str:
        return f"<the student's {self.__name__}>"


def remote_error(name: Any, message: Any) -> Exception:
    """An error to raise here for one that was raised there: of the same name, and a kind of the same built-in error."""
    name = name if isinstance(name, str) and name.isidentifier() else "Exception"
    words = message[:LONGEST] if isinstance(message, str) else ""
    base = getattr(builtins, name, None)
    base = base if isinstance(base, type) and issubclass(base, Exception) else Exception
    kind = type(name, (base,), {"__init__": lambda self: None, "__str__": lambda self: words})
    return kind()


def _public_home(function: Callable) -> str:
    """Where the student process finds this very function among what every student has, or "" where it does not.

    A stand-in that is public need not be called across, which a gradient check does thousands of times.
    """
    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    public = (
        str(module).startswith("course_utils.") and getattr(sys.modules.get(module), name, None) is function
    )
    return f"{module}.{name}" if public else ""


def _change(arguments: tuple, keywords: dict[str, Any], key: Any, change: Any) -> None:
    """Do to an argument what the student's function did to its copy."""
    here = keywords.get(key) if key in keywords else None
    if here is None and str(key).isdecimal() and int(key) < len(arguments):
        here = arguments[int(key)]
    content = change.get("value") if isinstance(change, dict) else None
    try:
        after = unpack(content) if isinstance(content, bytes) else None
    except BadMessage:
        after = None
    if here is None or not _become(here, after):
        raise NotAnAnswer("it turned one of its inputs into something else")


def _become(here: Any, after: Any) -> bool:
    """Change a mutable value in place so that it equals another; False where that cannot be."""
    if isinstance(here, np.ndarray) and isinstance(after, np.ndarray) and here.shape == after.shape:
        if here.dtype != after.dtype:
            return False
        here[...] = after
        return True
    if isinstance(here, dict) and isinstance(after, dict):
        kept = {key: _merged(here.get(key), value) for key, value in after.items()}
        here.clear()
        here.update(kept)
        return True
    if isinstance(here, list) and isinstance(after, list):
        here[:] = [_merged(old, new) for old, new in zip(here, after)] + after[len(here) :]
        return True
    if isinstance(here, tuple) and isinstance(after, tuple) and len(here) == len(after):
        return all(pack(old) == pack(new) or _become(old, new) for old, new in zip(here, after))
    return False


def _merged(old: Any, new: Any) -> Any:
    """The old object changed in place where that can be, else the new one."""
    return old if old is not None and (pack(old) == pack(new) or _become(old, new)) else new


def _set_random_state(content: Any) -> None:
    """numpy's legacy state as the other side left it; what is no such state is left alone."""
    with contextlib.suppress(BadMessage, ValueError, TypeError):
        state = unpack(content) if isinstance(content, bytes) else None
        if isinstance(state, tuple) and len(state) == 5 and type(state[2]) is int and 0 <= state[2] <= 624:
            np.random.set_state(state)


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _dictionary(value: Any) -> dict:
    return value if isinstance(value, dict) else {}
