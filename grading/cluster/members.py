"""Which workers there are, and which of them may be given submissions."""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from distributed.scheduler import KilledWorker

from grading.cluster.worker import Message, unpack

Tell = Callable[[str], None]
Submit = Callable[[bytes, Sequence[str]], Future[bytes]]  # asks one of some workers
Workers = dict[str, dict[str, Any]]  # by address, as the scheduler lists them


@dataclass
class Members:
    """The workers of a scheduler.

    Each is asked whether it can grade the assignment before it gets a submission.

    hello: the question, with the assignment
    judge: says of an answer why its worker is unfit, "" when it is fit
    tell: takes remarks for the instructor
    admitted: the addresses of fit workers; threads: how many threads they have
    refused: why the others are unfit, by address
    """

    hello: bytes
    judge: Callable[[Message], str]
    tell: Tell
    admitted: frozenset[str] = frozenset()
    refused: dict[str, str] = field(default_factory=dict)
    threads: int = 0
    _answers: dict[str, Future] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def update(self, workers: Workers, submit: Submit) -> None:
        """Take note of who is there now."""
        with self._lock:
            for address in [address for address in self._answers if address not in workers]:
                self._remove(address)
            for address in workers:
                self._names[address] = _name(address, workers[address])
                if address not in self._answers:
                    self._answers[address] = submit(self.hello, [address])
            fit = {address for address in workers if self._is_fit(address)}
            self.threads = sum(workers[address]["nthreads"] for address in fit)
            self.admitted = frozenset(fit)

    def forget(self, address: str = "") -> None:
        """Ask a worker again, or all of them, before it gets another submission."""
        with self._lock:
            for asked in [address] if address else list(self._answers):
                self._answers.pop(asked, None)
                self.admitted -= {asked}
            self.threads = self.threads if self.admitted else 0

    def _remove(self, address: str) -> None:
        del self._answers[address]
        self.refused.pop(address, None)
        if address in self.admitted:
            self.tell(f"{self._names[address]} is gone; what it had is graded elsewhere")

    def _is_fit(self, address: str) -> bool:
        future = self._answers[address]
        if not future.done() or address in self.refused:
            return False
        try:
            reason = self.judge(unpack(future.result()))
        # The worker is gone, or the scheduler is: ask again if it comes back.
        except (CancelledError, KilledWorker):
            del self._answers[address]
            return False
        except Exception as error:  # whatever another version of the course makes of the question
            reason = f"it could not answer ({type(error).__name__}: {error})"
        if reason:
            self._refuse(address, reason)
        return not reason

    def _refuse(self, address: str, reason: str) -> None:
        self.refused[address] = f"{self._names[address]}: {reason}"
        remark = f"refused {self.refused[address]}"
        if remark not in self._told:
            self._told.add(remark)
            self.tell(remark)


def _name(address: str, about: dict[str, Any]) -> str:
    """A worker as its owner knows it."""
    name = str(about.get("name", address))
    return f"worker {address}" if name == address else f"worker {name} ({address})"
