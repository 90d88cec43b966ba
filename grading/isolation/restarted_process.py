"""A student process that is replaced when it ends, and the time that a submission has left."""

import contextlib
from collections.abc import Callable, Iterable
from functools import cache

from course_utils.messages import Message as Sentence
from grading.isolation.channel import Message
from grading.isolation.limits import Limits
from grading.isolation.outputs import Recorder
from grading.isolation.past_cells import PastCell, first_needed
from grading.isolation.request import ENDED, Ended, Gone, OutOfTime, Request, Stopped
from grading.isolation.student_handle import StudentHandle
from grading.messages import message as sentence

WRITE_SECONDS = 30.0  # for a process to write the files that were handed in
SECOND_CHANCE = 1 / 15  # of a cell's time, for what has overrun it before
SUBMISSION_OVERRAN = sentence("stopped.submission_time")


class RestartedProcess:
    """A student process that is replaced when it ends.

    In the new process the cells that ran before are run again; the one that ended it is not.
    """

    def __init__(self, start: Callable[[], StudentHandle], limits: Limits, files: dict[str, bytes]):
        """start: starts a process; files: what lies beside the notebook, by relative path"""
        self._start, self._limits, self._files = start, limits, files
        self._process: StudentHandle | None = None
        self._has_served_call = False  # the present process
        self._cells: list[PastCell] = []
        self._seconds_left = limits.submission_seconds
        self._cell_seconds = self._cell_seconds_left = limits.cell_seconds
        # Of processor time on this side, for all that the student process asks of it.
        self._service_seconds_left = limits.submission_seconds
        self._last_id = 0
        # Why there is no student process, or none of ours: not the submission's fault, so that
        # whatever was found out about it is of no use.
        self.failure = ""

    @property
    def out_of_time(self) -> bool:
        """Whether the submission's time is used up: what is asked from now on is not tried."""
        return min(self._seconds_left, self._service_seconds_left) <= 0

    def close(self) -> None:
        if self._process:
            self._process.stop()
            self._process = None

    def restart(self) -> None:
        """Go on in a new process."""
        self.close()
        self._forget_process()

    def restart_cell_clock(self) -> None:
        """Give requests from now on the time of a new cell."""
        self._cell_seconds = self._cell_seconds_left = self._limits.cell_seconds

    def shorten_cell_clock(self) -> None:
        """Leave requests little time, until the next cell: something has overrun it before."""
        self._cell_seconds = self._limits.cell_seconds * SECOND_CHANCE
        self._cell_seconds_left = min(self._cell_seconds_left, self._cell_seconds)

    def put_off(self, source: str, makes: frozenset[str]) -> None:
        """Pass a cell over, until a later cell or call fails for lack of a name that it makes."""
        self._cells.append(PastCell(source, self._limits.cell_seconds, makes, put_off=True))

    def _run_put_off(self, names: Iterable[object]) -> bool:
        """Whether one of some missing names needs cells put off.

        They are put off no longer: the next request starts a new process, in which they have run.
        """
        needed = first_needed(self._cells, names)
        for cell in needed:
            cell.put_off = False
        if needed:
            self.restart()
        return bool(needed)

    def _forget_process(self) -> None:
        """The process is gone, and with it what was known of it."""

    # --- requests

    def _ask(
        self, message: Message, recorder: Recorder, stubs: dict[str, Callable] | None = None
    ) -> Message:
        """The answer, within the time that is left for the cell; Stopped when there is none."""
        request = Request(self._living_process(), self._limits, recorder, stubs)
        try:
            return self._send(request, message, self._cell_seconds_left, self._cell_seconds)
        finally:
            self._cell_seconds_left -= request.seconds_used

    def _send(self, request: Request, message: Message, limit: float, whole: float) -> Message:
        """The answer, within `limit` seconds. whole: the limit that is told"""
        self._last_id += 1
        if self.out_of_time:
            raise OutOfTime(sentence("stopped.no_time"))
        if limit <= 0:
            raise Stopped(sentence("stopped.no_cell_time"))
        request.service_limit = self._service_seconds_left
        try:
            return request.ask(
                message | {"id": self._last_id},
                limit=min(limit, self._seconds_left),
                reason=_cell_overran(whole) if limit <= self._seconds_left else SUBMISSION_OVERRAN,
            )
        except (Gone, Stopped) as error:
            if isinstance(error, Gone):
                self._note_lost_server()
                self.restart()
            raise self._stopped(error, request) from None
        finally:
            self._seconds_left -= request.seconds_used
            self._service_seconds_left -= request.service_seconds

    def _stopped(self, error: Gone | Stopped, request: Request) -> Stopped:
        """What a request that was not answered raises."""
        if self.failure:
            return Stopped(ENDED)
        if isinstance(error, Gone) and not error.for_time:
            return Ended(*error.args)
        used, served = request.seconds_used, request.service_seconds
        if used >= self._seconds_left or served >= self._service_seconds_left:
            return OutOfTime(*error.args)
        return Stopped(*error.args)

    # --- the process

    def _living_process(self) -> StudentHandle:
        """The process, started if need be and brought to where the last one was."""
        if self._process is None:
            if self.out_of_time:
                raise OutOfTime(sentence("stopped.no_time"))
            self._process, self._has_served_call = self._new_process(), False
            cells, self._cells = self._cells, []
            self._replay({"op": "write", "files": self._files}, WRITE_SECONDS)
            for index, cell in enumerate(cells):
                if not cell.put_off:
                    self._run_again(cell)
                if self._process is None:
                    # This time the cell ended the process: the next process goes without it.
                    self._cells += cells[index + 1 :]
                    if cell.makes:  # it was not asked for by itself
                        return self._living_process()
                    if self.out_of_time:
                        raise OutOfTime(sentence("stopped.no_time"))
                    raise Stopped(sentence("stopped.again"))
                self._cells.append(cell)
        return self._process

    def _new_process(self) -> StudentHandle:
        if self.failure:
            raise Stopped(ENDED)
        try:
            return self._start()
        except Exception as error:  # of the sandbox, of the prefork server, for lack of memory
            self.failure = f"no student process could be started ({type(error).__name__}: {error})"
            raise Stopped(ENDED) from None

    def _note_lost_server(self) -> None:
        """See whether the process is gone because the server has ended that forked it."""
        if self._process and self._process.has_lost_its_server:
            self.failure = "the prefork server of student processes has ended"

    def _run_again(self, cell: PastCell) -> None:
        """Run a cell in a new process, and note what it lacks now."""
        answer = self._replay({"op": "run", "source": cell.source, "names": []}, cell.seconds)
        if answer is None:
            cell.seconds = min(cell.seconds, self._limits.cell_seconds * SECOND_CHANCE)
        elif cell.makes:
            missing = answer.get("missing")
            cell.lacks = missing if isinstance(missing, str) else ""

    def _replay(self, message: Message, limit: float) -> Message | None:
        """Bring a new process on. Outputs are not kept, and it does not matter if it is stopped."""
        assert self._process is not None
        with contextlib.suppress(Stopped):
            request = Request(self._process, self._limits, Recorder(0))
            return self._send(request, message, limit, limit)
        return None


@cache
def _cell_overran(seconds: float) -> Sentence:
    """What is said where a cell takes longer than that; needed for each request."""
    return sentence("stopped.time", seconds=seconds)
