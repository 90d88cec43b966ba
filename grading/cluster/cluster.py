"""The instructor's side of a cluster: `grade` sends a submission out and waits for its result, whatever happens to workers."""

import asyncio
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, fields, replace
from typing import Any

from distributed import Security
from distributed.scheduler import KilledWorker

from grading.cluster.connection import Connection
from grading.cluster.gate import Gate
from grading.cluster.members import Members
from grading.cluster.worker import Message, answer, ask, hello, unpack
from grading.engine.code_fingerprint import differences
from grading.engine.engine import SLACK
from grading.engine.job import Job, Result, decode
from grading.errors import (
    BadSetting,
    CourseError,
    EngineFailed,
    NoScheduler,
    NoWorkers,
    SchedulerDiffers,
)

TRIES = 3  # of one submission that takes its worker with it
CHANGES = 200  # of the cluster that one submission lives to see
BEAT = 0.5  # seconds between two looks at the cluster
AHEAD = 2  # submissions out for each of the workers' threads: one is run, one waits there


class Again(Exception):
    """Nothing was tried: who is there has changed. Send it again."""


class Lost(Exception):
    """The worker that had it is gone, or gave no answer in time."""


@dataclass(frozen=True)
class Settings:
    """c.Cluster in nbgrader_config.py. Times in seconds.

    patience: how long to wait for a scheduler or a worker when there is none
    silence: after which a worker that says nothing counts as gone
    """

    patience: float = 300
    silence: float = 60

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> "Settings":
        """From the section of nbgrader_config.py; BadSetting when something in it cannot be used."""
        known = [field.name for field in fields(cls)]
        for name, value in config.items():
            if name not in known:
                raise BadSetting(f"c.Cluster.{name}", value, f"one of {', '.join(known)}")
            if type(value) not in (int, float) or not value > 0:
                raise BadSetting(f"c.Cluster.{name}", value, "a number of seconds")
        return cls(**config)


class Cluster:
    """Grades submissions of one assignment, from any number of threads, on the workers of a scheduler.

    with Cluster("tcp://host:8786", first_job, tell) as cluster:
        result = cluster.grade(job)
    """

    def __init__(
        self, address: str, assignment: Job, tell: Callable[[str], None],
        settings: Settings | None = None, security: Security | None = None,
    ):  # fmt: skip
        """NoScheduler when nobody answers. assignment: any job of it; tell: gets remarks"""
        if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d+", address):
            raise NoScheduler(address, "that is no such address")
        self._address, self._security, self._settings = address, security, settings or Settings()
        self._name, self._assignment = assignment.name, assignment.assignment
        self._tell = tell
        self._gate = Gate()
        self._members = Members(hello(assignment), self._unfit, tell)
        self._connection: Connection | None = self._connect()
        self._well = time.monotonic()  # when there was last a worker to send to
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
        """One submission's result. One that takes three workers with it is marked; EngineFailed when three cannot grade it.

        The third time it is sent when nothing else is out, so that no other submission is taken for it.
        """
        if job.assignment != self._assignment:
            raise EngineFailed("the assignment was changed while it was being graded")
        lost: list[str] = []
        failed: list[str] = []
        again: list[str] = []
        while len(lost) < TRIES and len(failed) < TRIES and len(again) < CHANGES:
            try:
                with self._gate.enter(alone=len(lost) == TRIES - 1):
                    reply = self._send(job)
            except Again as error:
                again.append(str(error))
                self._stop.wait(BEAT)
                continue
            except Lost as error:
                lost.append(str(error))
                continue
            if "result" in reply:
                return decode(reply["result"], Result)
            failed.append(reply["failed"])
        if len(lost) == TRIES and not job.refusal:
            return self.grade(_marked(job, lost))
        raise EngineFailed(
            f"it was sent out {TRIES} times or more, the last time {(failed or lost or again)[-1]}"
        )

    # --- one submission

    def _send(self, job: Job) -> Message:
        """An answer with `result` or `failed`; Again or Lost when there was none."""
        connection, workers = self._connection, self._members.admitted
        if not connection or not workers:
            raise Again("there is no worker")
        try:
            future = connection.executor.submit(answer, ask(job), workers=list(workers))
            reply = unpack(
                self._wait(future, workers, job.limits.submission_seconds * SLACK * (AHEAD + 1))
            )
        except KilledWorker as error:
            raise Lost(f"the worker that had it ended ({error.last_worker.address})") from None
        except (Again, Lost, CourseError):
            raise
        except Exception as error:  # a lost connection has many ways of saying so
            raise Again(f"the cluster answered with {type(error).__name__}: {error}") from None
        if (
            "result" not in reply and "failed" not in reply
        ):  # a new worker, at the address of an old one
            self._members.forget(reply["worker"])
            raise Again("a worker knew nothing of the assignment")
        return reply

    def _wait(self, future: Future, workers: frozenset[str], seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while True:
            try:
                return future.result(timeout=2 * BEAT)
            except TimeoutError:
                problem: Exception | None = None
                if time.monotonic() > deadline:
                    problem = Lost(f"no answer came in {seconds:.0f} s")
                elif not workers & self._members.admitted:
                    problem = Again("those it could have gone to are gone")
                if problem:
                    future.cancel()
                    raise problem from None
                self._gate.check()

    def _unfit(self, reply: Message) -> str:
        if "differs" in reply:
            return differences(reply["differs"], self._name)
        return reply.get("refused") or reply.get("failed") or ""

    # --- the cluster

    def _watch(self) -> None:
        """Until the end: who is there, and how many submissions they can take."""
        while not self._stop.wait(BEAT):
            try:
                self._look()
            except Exception as error:  # nobody would know that there is no watcher any more
                self._gate.close(error)
                return

    def _look(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._tell(f"the scheduler at {self._address} is back")
            self._members.update(self._connection.workers(), self._connection.executor)
        except SchedulerDiffers:
            raise
        except (
            Exception,
            asyncio.CancelledError,
        ):  # whatever it is: a new connection starts afresh
            self._disconnect()
        self._gate.make_room(AHEAD * self._members.threads)
        if self._members.admitted:
            self._well = time.monotonic()
        elif time.monotonic() - self._well > self._settings.patience:
            if self._connection is None:
                raise NoScheduler(self._address)
            raise NoWorkers(
                self._address, self._settings.patience, sorted(self._members.refused.values())
            )

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
    """A job that only marks the submission: nothing of it is read, for that may be what ends workers."""
    reason = f"not graded: it was sent to {len(lost)} workers, and {lost[-1]}, the last time with no other submission out"
    return replace(job, submission=b"", files={}, refusal=reason)
