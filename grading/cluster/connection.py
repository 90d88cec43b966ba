"""The instructor's connection to a scheduler."""

import contextlib
from collections.abc import Callable
from typing import Any

from distributed import Client, Security
from tornado.ioloop import PeriodicCallback

CONNECT = 10.0  # seconds for one try to reach the scheduler


class Connection:
    """One connection, to one scheduler. It does not outlive either: when the scheduler is another one, so is the connection."""

    def __init__(self, address: str, security: Security | None, silence: float):
        """OSError when nobody answers at the address. silence: seconds after which a worker counts as gone"""
        self._client = Client(address, security=security, timeout=CONNECT, set_as_default=False)
        try:
            self._id = self._client.run_on_scheduler(_hand_back, silence)
        except BaseException:
            self.close()
            raise
        self.executor = self._client.get_executor(pure=False, allow_other_workers=False)

    def workers(self) -> dict[str, dict[str, Any]]:
        """The scheduler's workers by address; OSError when the connection is lost."""
        about = self._client.scheduler_info()
        if about["id"] != self._id or self._client.status != "running":
            raise ConnectionError("the scheduler is another one now")
        return about["workers"]

    def close(self) -> None:
        with contextlib.suppress(Exception):  # of a connection that may be broken
            self._client.close(timeout=2)


def _hand_back(silence: float, dask_scheduler: Any) -> str:
    """Runs on the scheduler: a submission whose worker is gone comes back to us, who count and decide; its id.

    Left to itself a scheduler would try it three times more, together with what else the worker had, and wait five
    minutes for a worker that says nothing.
    """
    dask_scheduler.allowed_failures = 0
    dask_scheduler.worker_ttl = silence
    callbacks: dict[str, PeriodicCallback] = dask_scheduler.periodic_callbacks
    if "worker-ttl" in callbacks:
        callbacks["worker-ttl"].stop()
    look: Callable[[], Any] = dask_scheduler.check_worker_ttl
    callbacks["worker-ttl"] = PeriodicCallback(look, silence * 1000 / 2)
    callbacks["worker-ttl"].start()
    return dask_scheduler.id
