"""The test process's view of the student process: run a cell there, call a function there, and survive its end."""

import contextlib
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grading.isolation.channel import Message
from grading.isolation.limits import Limits
from grading.isolation.request import Ended, Gone, Request, Stopped, as_dictionary, as_list
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.shell import LONGEST, Output, Recorder, error_output, sound_output
from grading.isolation.side_effects import NotAnAnswer, change, remote_error, set_random_state
from grading.isolation.stopwatch import phase
from grading.isolation.student_handle import START, StudentHandle

SECOND_CHANCE = 1 / 15  # of a cell's time, for what has overrun it before


@dataclass
class Finished:
    """How a student's cell ended: its outputs, and "" or the error that ended it, with a syntax error's line."""

    outputs: list[Output] = field(default_factory=list)
    error: str = ""
    line: int = 0


class StudentProxy:
    """The student process, restarted when it ends: cells that ran before are run again, the one that ended it is not."""

    def __init__(self, start: Callable[[], StudentHandle], limits: Limits, files: dict[str, bytes]):
        self._start, self._limits, self._files = start, limits, files
        self._child: StudentHandle | None = None
        self._cells: list[
            tuple[str, float]
        ] = []  # what has run, and how long it may take to run again
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

    def afresh(self) -> None:
        """Go on in a new process, in which no call has been made yet; what was too slow is still known."""
        self._drop()

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
        except Stopped as stopped:
            if (
                isinstance(stopped, Ended) and self._called
            ):  # a call may have left it broken: not the cell's fault
                self._called = False
                return self.run(source)
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
        found = as_dictionary(self._ask({"op": "look", "names": names}, Recorder(0)).get("found"))
        values: dict[str, Any] = {}
        for name in names:
            about = as_dictionary(found.get(name))
            if about.get("kind") == "callable":
                values[name] = StudentFunction(name, self)
            elif about.get("kind") == "value" and isinstance(content := about.get("value"), bytes):
                with contextlib.suppress(BadMessage):
                    values[name] = unpack(content)
        return values

    @phase("calls of student's functions")
    def call(
        self, name: str, arguments: tuple, keywords: dict[str, Any], stubs: dict[str, Callable]
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
            "stubs": {name: _public_home(function) for name, function in stubs.items()},
            "forget": forget, "written": written,
        }  # fmt: skip
        self._living()
        first, self._called, self._common = not self._called, True, b""
        try:
            answer = self._ask(request, Recorder(0), stubs)
        except Ended:
            if first:
                raise
            return self.call(
                name, arguments, keywords, stubs
            )  # an earlier call may have left it broken
        except Stopped:
            self._slow.add(name)
            raise
        if after := answer.get("random"):
            set_random_state(after)
        self._common = after or state
        return self._take_answer(answer, arguments, keywords)

    # --- requests and what they are answered

    def _ask(
        self, request: Message, recorder: Recorder, stubs: dict[str, Callable] | None = None
    ) -> Message:
        """One request within the time that is left for the cell, and its answer; Stopped when there is none."""
        conversation = Request(self._living(), self._limits, recorder, stubs or {})
        try:
            return self._converse(conversation, request, self._cell_left)
        finally:
            self._cell_left -= conversation.used

    def _converse(self, conversation: Request, request: Message, limit: float) -> Message:
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

    def _living(self) -> StudentHandle:
        """The child, started anew if need be and brought to where the last one was."""
        if self._child is None:
            if self._left <= 0:
                raise Stopped("not tried: the time for the submission was used up")
            self._child, self._called = self._start(), False
            cells, self._cells = self._cells, []
            self._again({"op": "write", "files": self._files}, START)
            for at, (source, limit) in enumerate(cells):
                self._again({"op": "run", "source": source}, limit)
                if (
                    self._child is None
                ):  # this time it did not survive the cell: the next try goes without it
                    self._cells += cells[at + 1 :]
                    raise Stopped("the process ended while the cells before were run again")
                self._cells.append((source, limit))
        return self._child

    def _again(self, request: Message, limit: float) -> None:
        """Bring a new child on: no outputs are kept, and a cell that has to be stopped now is not run a third time."""
        assert self._child is not None
        with contextlib.suppress(Stopped):
            self._converse(Request(self._child, self._limits, Recorder(0), {}), request, limit)

    def _drop(self) -> None:
        self.close()
        self._mirrors.clear()
        self._common = b""

    # --- what a call did

    def _take_answer(self, answer: Message, arguments: tuple, keywords: dict[str, Any]) -> Any:
        for output in as_list(answer.get("printed")):
            clean = sound_output(output)
            if clean and clean["output_type"] == "stream":
                (sys.stderr if clean["name"] == "stderr" else sys.stdout).write(clean["text"])
        for key, changed in as_dictionary(answer.get("changed")).items():
            change(arguments, keywords, key, changed)
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
            (number, weakref.ref(array), array.tobytes())
            for number, array in enumerate(arrays, start=first)
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


class StudentFunction:
    """Stands for a function that lives in the student process."""

    def __init__(self, name: str, student: StudentProxy):
        self.__name__ = name
        self._student = student
        self._stand_ins: dict[str, Callable] = {}

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._student.call(self.__name__, arguments, keywords, self._stand_ins)

    @contextlib.contextmanager
    def using_stubs(self, stubs: dict[str, Callable]) -> Iterator[None]:
        """Let functions of this side take the place of names that the student's function calls."""
        before, self._stand_ins = self._stand_ins, self._stand_ins | stubs
        try:
            yield
        finally:
            self._stand_ins = before

    def __repr__(self) -> str:
        return f"<the student's {self.__name__}>"


def _public_home(function: Callable) -> str:
    """Where the student process finds this very function among what every student has, or "" where it does not.

    A stand-in that is public need not be called across, which a gradient check does thousands of times.
    """
    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    public = (
        str(module).startswith("course_utils.")
        and getattr(sys.modules.get(module), name, None) is function
    )
    return f"{module}.{name}" if public else ""
