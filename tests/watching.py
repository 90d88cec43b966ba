"""A course with an exchange, students who hand in through it, and a real `course watch`."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from traitlets.config import Config

from course_utils.submit.exchange import Exchange
from grading.course import Course
from tests.classes import NAME

COURSE = "deep-learning"


@dataclass(frozen=True)
class Class:
    """A course whose exchange lies beside it. root: of the exchange; homes: of the students"""

    course: Course
    root: Path
    homes: Path

    @classmethod
    def make(cls, course, folder, names=(NAME,), **settings):
        """Set up the exchange of a built course. settings: of c.Watch"""
        root, homes = folder / "exchange", folder / "homes"
        root.mkdir()
        root.chmod(0o777)
        homes.mkdir()
        lines = [f"c.Exchange.root = {str(root)!r}"]
        lines += [f"c.Watch.{name} = {value!r}" for name, value in settings.items()]
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write("\n" + "\n".join(lines) + "\n")
        course = Course.at(course.root)
        for name in names:
            assert course.api.release_assignment(name)["success"]
        return cls(course, root, homes)

    @property
    def inbound(self):
        return self.root / COURSE / "inbound"

    def hand_in(self, student, notebook, name=NAME):
        """Hand in as `submit` and `nbgrader submit` do; a `HandedIn`.

        notebook: one of nbformat's, or text
        """
        folder = self.homes / student / name
        folder.mkdir(parents=True, exist_ok=True)
        text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)
        (folder / f"{name}.ipynb").write_text(text)
        config = Config()
        config.CourseDirectory.student_id = student
        config.Exchange.root = str(self.root)
        config.Exchange.cache = str(self.homes / student / "cache")
        return Exchange(config, self.root, COURSE, name, folder).hand_in()


def answer_to(handed_in, seconds=300):
    """The answer that a watcher gives within so many seconds."""
    wait_until(handed_in.answer.exists, seconds)
    return json.loads(handed_in.answer.read_text())


def wait_until(is_so, seconds=300):
    """Return when something is so; an error when that takes longer than anyone would wait."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


class Watching:
    """A `course watch` process. command: another one that takes the same arguments"""

    def __init__(self, course, *arguments, command=(sys.executable, "-m", "grading")):
        self.log = course.root / "watch.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--root", str(course.root), "watch", *arguments],
                stdout=log,
                stderr=log,
                env=os.environ | {"PYTHONWARNINGS": "ignore"},
            )

    def said(self):
        return self.log.read_text()

    def is_ready(self):
        return "watching " in self.said() or self.process.poll() is not None

    def end(self, number=signal.SIGTERM):
        """Send a signal; the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=120)


@contextlib.contextmanager
def watching(course, *arguments):
    """A watcher for the length of a with block, ended by SIGTERM."""
    watcher = Watching(course, *arguments)
    try:
        wait_until(watcher.is_ready)
        yield watcher
    finally:
        if watcher.process.poll() is None:
            assert watcher.end() == 0, watcher.said()
    assert "Traceback" not in watcher.said(), watcher.said()
