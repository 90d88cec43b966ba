"""The instructor's side of a cluster: send submissions out, whatever happens to workers."""

import asyncio
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from distributed import Security
from distributed.scheduler import KilledWorker

from course_utils.messages import in_language
from grading.cluster.connection import Connection
from grading.cluster.gate import Gate
from grading.cluster.members import Members
from grading.cluster.settings import Settings
from grading.cluster.worker import Message, ask, hello, unpack
from grading.engine.code_fingerprint import differences
from grading.engine.job import Job, Result, decode
from grading.errors import (
    CourseError,
    EngineFailed,
    NoScheduler,
    NoWorkers,
    SchedulerDiffers,
)
from grading.messages import message
from grading.notebook.cells import language_of, parse_notebook

MAX_LOST = 3  # workers that one submission may take with it
MAX_FAILED = 3  # failures to grade one submission
MAX_RESENT = 200  # times that one submission is sent again because the workers have changed
POLL_SECONDS = 0.5  # between two checks of the cluster
AHEAD = 2  # submissions out for each of the workers' threads: one is run, one waits there


class WorkersChanged(Exception):
    """The submission was not tried: the workers have changed. Send it again."""


class WorkerLost(Exception):
    """The worker that had the submission is gone."""


class Cluster:
    """Grades submissions of one assignment on a scheduler's workers, from any number of threads.

    with Cluster("tcp://host:8786", first_job, tell) as cluster:
        result = cluster.grade(job)
    """

    def __init__(
        self,
        address: str,
        assignment: Job,
        tell: Callable[[str], None],
        settings: Settings | None = None,
        security: Security | None = None,
    ):
        """NoScheduler when nobody answers at the address.

        assignment: any job of it; tell: takes remarks for the instructor
        """
        if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
            raise NoScheduler(address, "that is no such address")
        self._address, self._security, self._settings = address, security, settings or Settings()
        self._name, self._assignment = assignment.name, assignment.assignment
        self._tell = tell
        self._gate = Gate()
        self._members = Members(hello(assignment), self._unfit, tell)
        self._connection: Connection | None = self._connect()
        self._had_worker_at = time.monotonic()
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="cluster", daemon=True)

    def __enter__(self) -> "Cluster":
        self._watcher.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._gate.close(EngineFailed("grading was stopped"))
        self._stop.set()
        self._watcher.join()
        if self._connection:
            self._connection.close()

    def grade(self, job: Job) -> Result:
        """One submission's result; EngineFailed when three workers cannot grade it.

        A submission that takes three workers with it is marked and not graded. The third time it is
        sent when nothing else is out, so that no other submission can be to blame.
        """
        if job.assignment != self._assignment:
            raise EngineFailed("the assignment was changed while it was being graded")
        lost: list[str] = []
        failed: list[str] = []
        resent: list[str] = []
        while len(lost) < MAX_LOST and len(failed) < MAX_FAILED and len(resent) < MAX_RESENT:
            try:
                with self._gate.enter(alone=len(lost) == MAX_LOST - 1):
                    reply = self._send(job)
            except WorkersChanged as error:
                resent.append(str(error))
                self._stop.wait(POLL_SECONDS)
                continue
            except WorkerLost as error:
                lost.append(str(error))
                continue
            if "result" in reply:
                return decode(reply["result"], Result)
            failed.append(reply["failed"])
        if len(lost) == MAX_LOST and not job.refusal:
            return self.grade(_marked(job, lost))
        reason = (failed or lost or resent)[-1]
        raise EngineFailed(f"it was sent out {MAX_FAILED} times or more, the last time {reason}")

    # --- one submission

    def _send(self, job: Job) -> Message:
        """An answer with `result` or `failed`; WorkersChanged or WorkerLost when there was none."""
        connection, workers = self._connection, self._members.admitted
        if not connection or not workers:
            raise WorkersChanged("there is no worker")
        try:
            future = connection.submit(ask(job), list(workers))
            reply = unpack(self._wait(future, workers))
        except KilledWorker as error:
            raise WorkerLost(
                f"the worker that had it ended ({error.last_worker.address})"
            ) from None
        except (WorkersChanged, WorkerLost, CourseError):
            raise
        except Exception as error:  # a lost connection has many ways of saying so
            raise WorkersChanged(
                f"the cluster answered with {type(error).__name__}: {error}"
            ) from None
        if "result" not in reply and "failed" not in reply:
            # It is a new worker at the address of an old one.
            self._members.forget(reply["worker"])
            raise WorkersChanged("a worker knew nothing of the assignment")
        return reply

    def _wait(self, future: Future, workers: frozenset[str]) -> bytes:
        """The answer, however long it takes: a worker's engine has bounds that no load changes."""
        while True:
            try:
                return future.result(timeout=2 * POLL_SECONDS)
            except TimeoutError:
                if not workers & self._members.admitted:
                    future.cancel()
                    raise WorkersChanged("those it could have gone to are gone") from None
                self._gate.check()

    def _unfit(self, reply: Message) -> str:
        """Why a worker that gave this answer may not grade; "" when it may."""
        if "differs" in reply:
            return differences(reply["differs"], self._name)
        return reply.get("refused") or reply.get("failed") or ""

    # --- the cluster

    def _watch(self) -> None:
        """Until the end, note who is there, and how many submissions they can take."""
        while not self._stop.wait(POLL_SECONDS):
            try:
                self._check()
            except Exception as error:  # without a watcher, submissions would wait for ever
                self._gate.close(error)
                return

    def _check(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._tell(f"the scheduler at {self._address} is back")
            self._members.update(self._connection.workers(), self._connection.submit)
        except SchedulerDiffers:
            raise
        # Lost connections have many kinds of errors; all of them are mended by a new connection.
        except (Exception, asyncio.CancelledError):
            self._disconnect()
        self._gate.make_room(AHEAD * self._members.threads)
        if self._members.admitted:
            self._had_worker_at = time.monotonic()
        elif time.monotonic() - self._had_worker_at > self._settings.patience:
            if self._connection is None:
                raise NoScheduler(self._address)
            refused = sorted(self._members.refused.values())
            raise NoWorkers(self._address, self._settings.patience, refused)

    def _connect(self) -> Connection:
        try:
            return Connection(self._address, self._security, self._settings.silence)
        except (ImportError, AttributeError) as error:
            raise SchedulerDiffers(self._address, str(error)) from None
        except Exception as error:
            raise NoScheduler(self._address, str(error) or type(error).__name__) from None

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._members.forget()
        self._gate.make_room(0)
        if connection:
            self._tell(f"the scheduler at {self._address} is gone; waiting for it to come back ...")
            connection.close()


def _marked(job: Job, lost: list[str]) -> Job:
    """A job that only marks the submission. It is not read: that may be what ends workers."""
    with in_language(language_of(parse_notebook(job.source, Path(f"{job.name}.ipynb")))):
        reason = message("attention.workers_lost", number=len(lost), last=lost[-1])
        return replace(job, submission=b"", files={}, refusal=str(reason))
