"""The desk of one assignment: hand-ins are taken in, graded and recorded as `course grade` does.

Whoever changes submitted/ or the gradebook holds the lock that `course grade` holds. The desk takes
it for each step alone, so that a run of `course grade` gets its turn, and the desk waits for it.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from datetime import datetime

from nbgrader.api import Gradebook

from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.gradebook.connection import open_gradebook
from grading.gradebook.late_penalties import read_arrivals
from grading.gradebook.recorder import GradebookRecorder
from grading.pipeline.grade import open_grader, read_assignment
from grading.pipeline.options import Options
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run import Grader, grade_folder
from grading.returns.feedback.write_pages import write_page
from grading.watch.arrival import Arrival, Inbox
from grading.watch.copy_tree import replace_folder


class Busy(Exception):
    """Another run is grading this assignment."""


class Desk:
    """What is open of an assignment: gradebook, files and engine. `close` lets go of all."""

    def __init__(self, course: Course, name: str, options: Options, tell: Callable[[str], None]):
        self.name = name
        self._course, self._options, self._tell = course, options, tell
        self._cache = ResultCache(course.root, name)
        self._open = ExitStack()
        self._gradebook: Gradebook | None = None
        self._engine = ExitStack()
        self._grader: Grader | None = None
        self._engine_for = b""
        self.files: AssignmentFiles | None = None

    @contextmanager
    def step(self) -> Iterator[AssignmentFiles]:
        """Hold the lock; gradebook and files are as they are now. Busy where another run has it."""
        with self._cache.locked(_busy, tidy=False):
            if self._gradebook is None:
                self._gradebook = self._open.enter_context(open_gradebook(self._course))
            try:
                self._gradebook.db.expire_all()  # others may have changed deadlines
                self.files = read_assignment(self._course, self._gradebook, self.name)
                yield self.files
                self._gradebook.db.commit()  # ends the transaction of the last query
            except BaseException:
                self.close()
                raise

    def open_up(self) -> None:
        """Read all that the first hand-in would have to wait for."""
        with self.step():
            pass

    def due(self, student: str) -> datetime | None:
        """A student's deadline, naive in UTC; None for none. Within a step."""
        assert self._gradebook is not None
        assignment = self._gradebook.find_assignment(self.name)
        if assignment.duedate is None:
            return None
        arrival = read_arrivals(self._gradebook.db(), assignment.id, student).get(student)
        extension = arrival.extension if arrival else None
        return assignment.duedate + extension if extension else assignment.duedate

    def take_in(self, arrival: Arrival, inbox: Inbox) -> None:
        """Put a hand-in in the place of the student's former one. Within a step."""
        folder = self._course.submitted(arrival.student, self.name).parent
        replace_folder(folder, lambda empty: inbox.copy(arrival, empty))

    def make_ready(self) -> None:
        """Open the engine; on a cluster, one that knows the assignment as it is now."""
        assert self.files is not None
        assignment = self.files.empty_job().assignment
        if self._grader is None or self._engine_for != assignment:
            self._engine.close()
            opened = open_grader(self._course, self.files, self._options, self._tell)
            self._grader = self._engine.enter_context(opened)
            self._engine_for = assignment

    def start(self, student: str, pool: Executor) -> Future:
        """Let the engine grade what was taken in, after `make_ready`."""
        assert self.files is not None
        assert self._grader is not None
        folder = self._course.submitted(student, self.name).parent
        return pool.submit(
            grade_folder, folder, self.files, self._options, self._cache, grader=self._grader
        )

    def record(self, student: str, future: Future) -> None:
        """Record what the engine gave. Within a step."""
        assert self._gradebook is not None
        graded, _ = future.result()
        recorder = GradebookRecorder(self._course, self.name, self._gradebook, student)
        recorder.record(graded)
        recorder.commit()

    def feedback(self, student: str) -> tuple[str, dict]:
        """Write the feedback of a recorded submission: the page, and what feedback.json holds."""
        folder = write_page(self._course, self.name, student)
        page = (folder / f"{self.name}.html").read_text(encoding="utf-8")
        return page, json.loads((folder / "feedback.json").read_text(encoding="utf-8"))

    def close(self) -> None:
        """Let go of the gradebook; the next step opens it anew."""
        self._gradebook = None
        self._open.close()

    def end(self) -> None:
        """Let go of the gradebook, and of the workers of a cluster."""
        self.close()
        self._engine.close()


def _busy() -> None:
    raise Busy
