"""The caller's view of a student process: run cells, call functions, survive the process's end."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grading.isolation.channel import Message, as_dictionary
from grading.isolation.limits import Limits
from grading.isolation.outputs import MAX_ERROR_LENGTH, Output, Recorder, error_output
from grading.isolation.request import Ended, Gone, Request, Stopped
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.side_effects import apply_answer, set_random_state
from grading.isolation.stopwatch import phase
from grading.isolation.student_function import ReturnedArrays, StudentFunction, public_home
from grading.isolation.student_handle import RESPONSE_SECONDS, StudentHandle

SECOND_CHANCE = 1 / 15  # of a cell's time, for what has overrun it before


@dataclass
class FinishedCell:
    """How a student's cell ended.

    error: "" or the error that ended it; line: of a syntax error, else 0
    """

    outputs: list[Output] = field(default_factory=list)
    error: str = ""
    line: int = 0


class StudentProxy:
    """A student process that is replaced when it ends.

    In the new process the cells that ran before are run again; the one that ended it is not.
    """

    def __init__(self, start: Callable[[], StudentHandle], limits: Limits, files: dict[str, bytes]):
        """start: starts a process; files: what lies beside the notebook, by relative path"""
        self._start, self._limits, self._files = start, limits, files
        self._process: StudentHandle | None = None
        # Cells that have run, each with the seconds that it may take to run again.
        self._cells: list[tuple[str, float]] = []
        self._seconds_left = limits.submission_seconds
        self._cell_seconds_left = limits.cell_seconds
        self._last_id = 0
        self._slow: set[str] = set()  # functions that have been stopped
        self._common_random_state = b""  # packed, where both processes have the same one
        self._has_served_call = False  # the present process
        self._returned = ReturnedArrays()

    def close(self) -> None:
        if self._process:
            self._process.stop()
            self._process = None

    def restart(self) -> None:
        """Go on in a new process, in which no call has been made; functions stay known as slow."""
        self._discard_process()

    def restart_cell_clock(self) -> None:
        """Give requests from now on the time of a new cell."""
        self._cell_seconds_left = self._limits.cell_seconds

    @phase("student's cells")
    def run(self, source: str) -> FinishedCell:
        """Run one of the student's cells."""
        self.restart_cell_clock()
        self._common_random_state = b""
        recorder = Recorder(self._limits.output)
        try:
            answer = self._ask({"op": "run", "source": source}, recorder)
        except Stopped as stopped:
            if isinstance(stopped, Ended) and self._has_served_call:
                # A call may have left the process broken, which is not the cell's fault.
                self._has_served_call = False
                return self.run(source)
            recorder.emit(error_output("Stopped", str(stopped)))
            if self._process:  # it was interrupted and lives, with what it had defined
                self._cells.append((source, self._limits.cell_seconds * SECOND_CHANCE))
            return FinishedCell(recorder.outputs, str(stopped))
        self._cells.append((source, self._limits.cell_seconds))
        error, line = answer.get("error"), answer.get("line")
        text = error[:MAX_ERROR_LENGTH] if isinstance(error, str) else "?"
        return FinishedCell(recorder.outputs, text, line if type(line) is int else 0)

    @phase("calls of student's functions")
    def resolve(self, names: list[str]) -> dict[str, Any]:
        """The `StudentFunction` or value that each name stands for; others are left out."""
        if not names:
            return {}
        answer = self._ask({"op": "resolve", "names": names}, Recorder(0))
        found = as_dictionary(answer.get("found"))
        values: dict[str, Any] = {}
        for name in names:
            described = as_dictionary(found.get(name))
            kind, content = described.get("kind"), described.get("value")
            if kind == "callable":
                values[name] = StudentFunction(name, self)
            elif kind == "value" and isinstance(content, bytes):
                with contextlib.suppress(BadMessage):
                    values[name] = unpack(content)
        return values

    @phase("calls of student's functions")
    def call(
        self, name: str, arguments: tuple, keywords: dict[str, Any], stubs: dict[str, Callable]
    ) -> Any:
        """Call a function over there. Its result; all else that the call did is done here too."""
        if name in self._slow:
            short = self._limits.cell_seconds * SECOND_CHANCE
            self._cell_seconds_left = min(self._cell_seconds_left, short)
        state = pack(np.random.get_state())
        message = self._call_message(name, arguments, keywords, stubs) | {
            "random": b"" if state == self._common_random_state else state
        }
        self._living_process()
        is_first, self._has_served_call = not self._has_served_call, True
        self._common_random_state = b""
        try:
            answer = self._ask(message, Recorder(0), stubs)
        except Ended:
            if is_first:
                raise
            # An earlier call may have left the process broken: once more in a new one.
            return self.call(name, arguments, keywords, stubs)
        except Stopped:
            self._slow.add(name)
            raise
        if after := answer.get("random"):
            set_random_state(after)
        self._common_random_state = after or state
        value, first, arrays = apply_answer(answer, arguments, keywords)
        self._returned.add(first, arrays)
        return value

    def _call_message(
        self, name: str, arguments: tuple, keywords: dict[str, Any], stubs: dict[str, Callable]
    ) -> Message:
        gone, written = self._returned.changes()
        return {
            "op": "call",
            "name": name,
            "arguments": [pack(part) for part in arguments],
            "keywords": {key: pack(part) for key, part in keywords.items()},
            "errstate": np.geterr(),
            "stubs": {name: public_home(function) for name, function in stubs.items()},
            "forget": gone,
            "written": written,
        }

    # --- requests

    def _ask(
        self, message: Message, recorder: Recorder, stubs: dict[str, Callable] | None = None
    ) -> Message:
        """The answer, within the time that is left for the cell; Stopped when there is none."""
        request = Request(self._living_process(), self._limits, recorder, stubs)
        try:
            return self._send(request, message, self._cell_seconds_left)
        finally:
            self._cell_seconds_left -= request.seconds_used

    def _send(self, request: Request, message: Message, limit: float) -> Message:
        self._last_id += 1
        limit = min(limit, self._seconds_left)
        if limit <= 0:
            spender = "the submission" if self._seconds_left <= 0 else "this cell"
            raise Stopped(f"not tried: the time for {spender} was used up")
        try:
            return request.ask(message | {"id": self._last_id}, limit)
        except Gone as error:
            self._discard_process()
            raise (Ended if error.by_itself else Stopped)(str(error)) from None
        finally:
            self._seconds_left -= request.seconds_used

    # --- the process

    def _living_process(self) -> StudentHandle:
        """The process, started if need be and brought to where the last one was."""
        if self._process is None:
            if self._seconds_left <= 0:
                raise Stopped("not tried: the time for the submission was used up")
            self._process, self._has_served_call = self._start(), False
            cells, self._cells = self._cells, []
            self._replay({"op": "write", "files": self._files}, RESPONSE_SECONDS)
            for index, (source, limit) in enumerate(cells):
                self._replay({"op": "run", "source": source}, limit)
                if self._process is None:
                    # This time the cell ended the process: the next process goes without it.
                    self._cells += cells[index + 1 :]
                    raise Stopped("the process ended while the cells before were run again")
                self._cells.append((source, limit))
        return self._process

    def _replay(self, message: Message, limit: float) -> None:
        """Bring a new process on. Outputs are not kept, and it does not matter if it is stopped."""
        assert self._process is not None
        with contextlib.suppress(Stopped):
            self._send(Request(self._process, self._limits, Recorder(0)), message, limit)

    def _discard_process(self) -> None:
        self.close()
        self._returned.clear()
        self._common_random_state = b""
