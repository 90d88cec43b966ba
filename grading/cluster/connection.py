"""The instructor's connection to a scheduler."""

import contextlib
from collections.abc import Callable
from typing import Any

from distributed import Client, Security
from tornado.ioloop import PeriodicCallback

CONNECT_SECONDS = 10.0  # for one attempt to reach the scheduler
CLOSE_SECONDS = 2.0


class Connection:
    """One connection to one scheduler. A scheduler that was restarted takes a new connection.

    executor: runs functions on workers
    """

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
        self.executor = self._client.get_executor(pure=False, allow_other_workers=False)

    def workers(self) -> dict[str, dict[str, Any]]:
        """The scheduler's workers by address; OSError when the connection is lost."""
        info = self._client.scheduler_info()
        if info["id"] != self._id or self._client.status != "running":
            raise ConnectionError("the scheduler is another one now")
        return info["workers"]

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
