"""Runs attacks: against the engine, and with the protection off."""

import functools
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import is_grade

from grading.engine.engine import Engine
from grading.engine.job import Job
from grading.errors import EngineFailed
from grading.isolation.limits import Limits
from grading.notebook.cells import read_notebook
from tests.harness import COURSE
from tests.system.attacks.attack import NO_SANDBOX, ONE_PROCESS, Attack
from tests.system.attacks.canary import Canary
from tests.system.attacks.one_process import OneProcess
from tests.system.attacks.outcome import Outcome, reasons
from tests.system.attacks.submissions import submission_of

LIMITS: dict[str, Any] = {"cell_seconds": 2, "submission_seconds": 8, "memory": 600_000_000}


class Harness:
    """Everything that attacks run on, made once."""

    def __init__(self, folder: Path):
        self.canary = Canary(folder / "canary")
        self.canary.renew()
        self._environment_secret = f"environment-{uuid.uuid4().hex}"
        home = {"HOME": str(self.canary.root / "home"), "COURSE_TOKEN": self._environment_secret}
        os.environ["COURSE_TOKEN"] = self._environment_secret
        self.engine = Engine(sandboxed=True)
        self.stock = OneProcess(dict(os.environ) | home)

    def wait_until_ready(self) -> None:
        self.engine.wait_until_ready()
        self.stock.wait_until_ready()

    def close(self) -> None:
        self.engine.close()
        self.stock.close()
        del os.environ["COURSE_TOKEN"]

    def run(self, attack: Attack, protected: bool) -> list[str]:
        """Why the attack wins, with or without protection; empty when it does not."""
        self.canary.renew()
        submission = submission_of(attack, self.canary.places(protected))
        start = time.monotonic()
        outcome = self._grade(attack, submission, protected)
        outcome.protected = protected
        outcome.seconds = time.monotonic() - start
        # By the wall's clock, so that a busy machine needs room; the limits themselves have none.
        outcome.most_seconds = (40 if protected else 8) * self._limits(attack).submission_seconds
        outcome.survivors = self.canary.survivors(patience=3.0 if protected else 0.3)
        if attack.after:
            outcome.after = self._next_student(attack, protected)
        outcome.changed = self.canary.changes()
        secrets = [self.canary.secret, self._environment_secret]
        plain = self._plain_scores(attack.assignment, attack.functions, attack.plain)
        full = full_scores(attack.assignment)
        return reasons(attack, outcome, plain, full, secrets)

    def _grade(self, attack: Attack, submission: bytes, protected: bool) -> Outcome:
        if not protected and attack.off == ONE_PROCESS:
            return self._in_one_process(attack, submission)
        return self._in_engine(attack, submission, sandboxed=protected or attack.off != NO_SANDBOX)

    def _in_engine(self, attack: Attack, submission: bytes, sandboxed: bool = True) -> Outcome:
        release, source = assignment_files(attack.assignment)
        job = Job(
            attack.assignment,
            release,
            source,
            submission,
            limits=self._limits(attack),
            sandboxed=sandboxed,
        )
        try:
            result = self.engine.grade(job)
            result.notebook.encode()
        except (EngineFailed, UnicodeEncodeError) as error:
            return Outcome(failed=str(error))
        notebook = nbformat.reads(result.notebook, as_version=4)
        return Outcome(result.scores, notebook, result.notes, result.attention)

    def _in_one_process(self, attack: Attack, submission: bytes) -> Outcome:
        release, source = assignment_files(attack.assignment)
        folder = str(self.canary.root / "work")
        answer = self.stock.grade(release, source, submission, folder, attack.patience)
        if "failed" in answer:
            return Outcome(failed=answer["failed"])
        return Outcome(answer["scores"], nbformat.reads(answer["notebook"].decode(), as_version=4))

    def _next_student(self, attack: Attack, protected: bool) -> str:
        """What a student prints who is graded right after."""
        visitor = Attack("after", attack.off, functions=(), extra=attack.after)
        submission = submission_of(visitor, self.canary.places(protected))
        return self._grade(visitor, submission, protected).printed

    def _limits(self, attack: Attack) -> Limits:
        return Limits(**LIMITS | attack.limits)

    @functools.cache  # noqa: B019  (there is one harness)
    def _plain_scores(
        self, assignment: str, functions: tuple[str, ...], code: str
    ) -> dict[str, float]:
        """Scores of the wrong answers alone."""
        plain = Attack("plain", NO_SANDBOX, code, functions, assignment=assignment)
        outcome = self._in_engine(plain, submission_of(plain, {}))
        assert not outcome.failed, outcome.failed
        return {name: score or 0.0 for name, score in outcome.scores.items()}


@functools.cache
def assignment_files(name: str) -> tuple[bytes, bytes]:
    """The released notebook and the source."""
    return COURSE.release(name).read_bytes(), COURSE.source(name).read_bytes()


@functools.cache
def full_scores(name: str) -> dict[str, float]:
    """The points that each test can give."""
    cells = read_notebook(COURSE.source(name)).cells
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in cells
        if is_grade(cell)
    }


def report(argument: str) -> None:
    """`python -m tests.system.attacks.harness FOLDER/NAME`: one attack, run both ways."""
    import tempfile

    from tests.system.attacks.attack import FOLDER, NOT_RUN, load

    harness = Harness(Path(tempfile.mkdtemp()))
    harness.wait_until_ready()
    attack = load(FOLDER / f"{argument}.py")
    print("protected:  ", harness.run(attack, protected=True) or "holds")
    if not attack.off.startswith(NOT_RUN):
        print("unprotected:", harness.run(attack, protected=False) or "does not win")
    harness.close()


if __name__ == "__main__":
    report(sys.argv[1])
