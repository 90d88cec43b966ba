"""The caller's view of a student process: run cells, call functions, survive the process's end."""

import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.explain import CallError, WatchedFunction
from grading.isolation.channel import Message, as_dictionary
from grading.isolation.limits import Limits
from grading.isolation.outputs import MAX_ERROR_LENGTH, Output, Recorder, error_output
from grading.isolation.past_cells import PastCell, first_needed, names_bound_in
from grading.isolation.random_state import packed_random_state, random_mark
from grading.isolation.request import Ended, OutOfTime, Stopped
from grading.isolation.restarted_process import SECOND_CHANCE, RestartedProcess
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.isolation.side_effects import apply_answer, keep_watched_calls, set_random_state
from grading.isolation.stopwatch import phase
from grading.isolation.student_function import ReturnedArrays, StudentFunction, public_home
from grading.isolation.student_handle import StudentHandle

NO_STATE = b"", b""
WHOLE = 0.8  # of a cell's time: as good as all of it


@dataclass
class FinishedCell:
    """How a student's cell ended.

    error: "" or the error that ended it; raised: the same as a value, where its code raised it
    """

    outputs: list[Output] = field(default_factory=list)
    error: str = ""
    raised: CallError | None = None


class StudentProxy(RestartedProcess):
    """Cells and functions of a student process, whichever process that is at the moment."""

    def __init__(self, start: Callable[[], StudentHandle], limits: Limits, files: dict[str, bytes]):
        """start: starts a process; files: what lies beside the notebook, by relative path"""
        super().__init__(start, limits, files)
        self._slow: set[str] = set()  # functions that have been stopped
        self._endless: set[str] = set()  # of these, the ones that had the whole time of a cell
        # Where both processes have the same random state: its mark here, and the state, packed.
        self._common_random_state = NO_STATE
        self._returned = ReturnedArrays()
        # What names stand for until the next cell runs: each test cell asks for the same few.
        self._functions: dict[str, StudentFunction] = {}

    def start_diagnosis(self) -> None:
        """Go on in a new process, in which no call has been made.

        A function that was stopped for what others had used up has its whole time again.
        """
        self.restart()
        self._slow &= self._endless

    def is_endless(self, name: str) -> bool:
        """Whether a call of a function had the whole time of a cell and came to no end."""
        return name in self._endless

    @phase("student's cells")
    def run(self, source: str, insist: bool = True, names: Collection[str] = ()) -> FinishedCell:
        """Run one of the student's cells.

        names: what tests will ask for, so that they need not ask where it is a function by now
        insist: whether to run it again where it fails for lack of what a cell put off makes. If
            not, that is done as soon as something needs a name that this cell makes.
        """
        self.restart_cell_clock()
        self._common_random_state = NO_STATE
        self._functions.clear()
        recorder = Recorder(self._limits.output)
        try:
            answer = self._ask({"op": "run", "source": source, "names": list(names)}, recorder)
        except Stopped as stopped:
            if isinstance(stopped, Ended) and self._has_served_call:
                # A call may have left the process broken, which is not the cell's fault.
                self._has_served_call = False
                return self.run(source, insist, names)
            recorder.emit(error_output("Stopped", str(stopped)))
            if self._process:  # it was interrupted and lives, with what it had defined
                self._cells.append(PastCell(source, self._limits.cell_seconds * SECOND_CHANCE))
            return FinishedCell(recorder.outputs, str(stopped))
        missing = answer.get("missing")
        if insist and self._run_put_off([missing]):
            return self.run(source, names=names)
        functions = as_dictionary(answer.get("functions"))
        self._functions = {name: StudentFunction(name, self) for name in names if name in functions}
        self._cells.append(self._past_cell(source, missing))
        error, raised = answer.get("error"), answer.get("raised")
        text = error[:MAX_ERROR_LENGTH] if isinstance(error, str) else "?"
        return FinishedCell(recorder.outputs, text, CallError.from_data(raised) if raised else None)

    def _past_cell(self, source: str, missing: object) -> PastCell:
        """A cell that has run; with what it makes where it lacked what a cell put off makes."""
        if isinstance(missing, str) and first_needed(self._cells, [missing]):
            makes = names_bound_in(source)
            return PastCell(source, self._limits.cell_seconds, makes, lacks=missing)
        return PastCell(source, self._limits.cell_seconds)

    @phase("calls of student's functions")
    def resolve(self, names: list[str]) -> dict[str, Any]:
        """The `StudentFunction` or value that each name stands for; others are left out."""
        if self._functions.keys() >= set(names):
            return {name: self._functions[name] for name in names}
        try:
            answer = self._ask({"op": "resolve", "names": names}, Recorder(0))
        except Ended:
            if not self._has_served_call:
                raise
            return self.resolve(names)  # a call has left the process broken; now in a new one
        found = as_dictionary(answer.get("found"))
        kinds = {name: as_dictionary(found.get(name)).get("kind") for name in names}
        if self._run_put_off(name for name, kind in kinds.items() if kind == "missing"):
            return self.resolve(names)
        values: dict[str, Any] = {}
        for name, kind in kinds.items():
            content = as_dictionary(found.get(name)).get("value")
            if kind == "callable":
                values[name] = self._functions[name] = StudentFunction(name, self)
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
            self.shorten_cell_clock()
        mark, (common, state) = random_mark(), self._common_random_state
        is_common = mark != b"" and mark == common
        state = state if is_common else packed_random_state()
        message = self._call_message(name, arguments, keywords, stubs) | {
            "random": b"" if is_common else state
        }
        self._living_process()
        is_first, self._has_served_call = not self._has_served_call, True
        self._common_random_state = NO_STATE
        has_whole_time = self._cell_seconds_left >= WHOLE * self._limits.cell_seconds
        try:
            answer = self._ask(message, Recorder(0), stubs)
        except Ended:
            if is_first:
                raise
            # An earlier call may have left the process broken: once more in a new one.
            set_random_state(state)  # a stub may have drawn numbers
            return self.call(name, arguments, keywords, stubs)
        except Stopped as stopped:
            self._slow.add(name)
            if has_whole_time and not isinstance(stopped, OutOfTime):
                self._endless.add(name)
            raise
        if self._run_put_off([answer.get("missing")]):
            set_random_state(state)  # a stub may have drawn numbers
            return self.call(name, arguments, keywords, stubs)
        self._take_random_state(answer, mark, state)
        keep_watched_calls(answer, stubs)
        value, first, arrays = apply_answer(answer, arguments, keywords)
        self._returned.add(first, arrays)
        return value

    def _take_random_state(self, answer: Message, mark: bytes, state: bytes) -> None:
        """Go on with the random state that a call left; it is not sent where we have it already.

        mark, state: as the call found it. Stubs that were called back may have drawn numbers here.
        """
        if after := answer.get("random"):
            if set_random_state(after):
                self._common_random_state = random_mark(), after
            return
        now = random_mark()
        self._common_random_state = now, state if now == mark else packed_random_state()

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
            "watched": [
                name
                for name, function in stubs.items()
                if isinstance(function, WatchedFunction) and public_home(function)
            ],
            "forget": gone,
            "written": written,
        }

    def _forget_process(self) -> None:
        self._returned.clear()
        self._functions.clear()
        self._common_random_state = NO_STATE
