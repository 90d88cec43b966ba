"""Which workers there are, and which of them may be given submissions."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from distributed.cfexecutor import ClientExecutor
from distributed.scheduler import KilledWorker

from grading.cluster.worker import Message, answer, unpack

Tell = Callable[[str], None]


@dataclass
class Members:
    """The workers of a scheduler. Each is asked whether it can grade the assignment before it gets a submission.

    hello: the question, with the assignment; judge: why an answer makes a worker unfit, "" when it is fit
    admitted: the addresses of fit workers; refused: the others' and why
    """

    hello: bytes
    judge: Callable[[Message], str]
    tell: Tell
    admitted: frozenset[str] = frozenset()
    refused: dict[str, str] = field(default_factory=dict)
    threads: int = 0  # of those admitted
    _asked: dict[str, Future] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def update(self, workers: dict[str, dict[str, Any]], executor: ClientExecutor) -> None:
        """Take note of who is there now. workers: by address, as the scheduler lists them"""
        with self._lock:
            self._note(workers, executor)

    def forget(self, address: str = "") -> None:
        """Ask a worker again, or all of them, before it gets another submission."""
        with self._lock:
            for known in [address] if address else list(self._asked):
                self._asked.pop(known, None)
                self.admitted -= {known}
            self.threads = self.threads if self.admitted else 0

    def _note(self, workers: dict[str, dict[str, Any]], executor: ClientExecutor) -> None:
        for address in [address for address in self._asked if address not in workers]:
            del self._asked[address]
            self.refused.pop(address, None)
            if address in self.admitted:
                self.tell(f"{self._names[address]} is gone; what it had is graded elsewhere")
        for address in workers:
            self._names[address] = _name(address, workers[address])
            if address not in self._asked:
                self._asked[address] = executor.submit(answer, self.hello, workers=[address])
        fit = {address for address in workers if self._is_fit(address)}
        self.threads = sum(workers[address]["nthreads"] for address in fit)
        self.admitted = frozenset(fit)

    def _is_fit(self, address: str) -> bool:
        future = self._asked[address]
        if not future.done() or address in self.refused:
            return False
        try:
            reason = self.judge(unpack(future.result()))
        except (
            CancelledError,
            KilledWorker,
        ):  # it is gone, or the scheduler is; ask again if it comes back
            del self._asked[address]
            return False
        except Exception as error:  # whatever another version of the course makes of the question
            reason = f"it could not answer ({type(error).__name__}: {error})"
        if reason:
            self._refuse(address, reason)
        return not reason

    def _refuse(self, address: str, reason: str) -> None:
        self.refused[address] = f"{self._names[address]}: {reason}"
        words = f"refused {self.refused[address]}"
        if words not in self._told:
            self._told.add(words)
            self.tell(words)


def _name(address: str, about: dict[str, Any]) -> str:
    """A worker as its owner knows it."""
    name = str(about.get("name", address))
    return f"worker {address}" if name == address else f"worker {name} ({address})"
