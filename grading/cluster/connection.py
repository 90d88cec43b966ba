"""The instructor's connection to a scheduler."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from typing import Any

from distributed import Client, Security
from distributed import Future as OnWorker
from tornado.ioloop import PeriodicCallback

from grading.cluster.worker import answer

CONNECT_SECONDS = 10.0  # for one attempt to reach the scheduler
CLOSE_SECONDS = 2.0
# `cluster.Cluster` reports lost connections itself; `distributed` would log a traceback for each.
for _name in ("distributed", "distributed.client"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Connection:
    """One connection to one scheduler. A scheduler that was restarted takes a new connection."""

    def __init__(self, address: str, security: Security | None, silence: float):
        """OSError when nobody answers. silence: seconds after which a worker counts as gone"""
        self._client = Client(
            address, security=security, timeout=CONNECT_SECONDS, set_as_default=False
        )
        try:
            self._id = self._client.run_on_scheduler(_give_up_at_once, silence)
        except BaseException:
            self.close()
            raise

    def workers(self) -> dict[str, dict[str, Any]]:
        """The scheduler's workers by address; OSError when the connection is lost."""
        info = self._client.scheduler_info()
        if info["id"] != self._id or self._client.status != "running":
            raise ConnectionError("the scheduler is another one now")
        return info["workers"]

    def submit(self, question: bytes, workers: Sequence[str]) -> Future[bytes]:
        """Have one of some workers answer a question.

        The future always ends. That of dask's own executor does not where a worker goes while its
        answer is on the way, and the error is lost.
        """
        bound = {"workers": list(workers), "allow_other_workers": False}
        on_worker = self._client.submit(answer, question, pure=False, **bound)
        future: Future[bytes] = Future()
        future.add_done_callback(lambda done: on_worker.cancel() if done.cancelled() else None)
        loop = self._client.loop
        assert loop is not None
        loop.add_callback(_pass_on, on_worker, future)
        return future

    def close(self) -> None:
        with contextlib.suppress(Exception):  # the connection may be broken
            self._client.close(timeout=CLOSE_SECONDS)


def _give_up_at_once(silence: float, dask_scheduler: Any) -> str:
    """Runs on the scheduler: have it return a submission whose worker is gone. The scheduler's id.

    Left to itself a scheduler would try such a submission three times more, together with whatever
    else the worker had, and would wait five minutes for a worker that is silent.
    """
    dask_scheduler.allowed_failures = 0
    dask_scheduler.worker_ttl = silence
    callbacks: dict[str, PeriodicCallback] = dask_scheduler.periodic_callbacks
    if "worker-ttl" in callbacks:
        callbacks["worker-ttl"].stop()
    check: Callable[[], Any] = dask_scheduler.check_worker_ttl
    milliseconds = silence * 1000 / 2
    callbacks["worker-ttl"] = PeriodicCallback(check, milliseconds)
    callbacks["worker-ttl"].start()
    return dask_scheduler.id


async def _pass_on(on_worker: OnWorker, future: Future[bytes]) -> None:
    """Runs in the client's loop: end `future` as the other one ends."""
    with contextlib.suppress(InvalidStateError):  # it was cancelled meanwhile
        try:
            future.set_result(await on_worker)
        except asyncio.CancelledError:
            future.cancel()
        except Exception as error:
            future.set_exception(error)
