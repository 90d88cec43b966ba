"""nbgrader's exchange as an inbox: what `nbgrader submit` lays there, and where feedback goes.

A hand-in is a folder of inbound/ called STUDENT+ASSIGNMENT+TIME+RANDOM. Its feedback is a file
whose name only the student can work out, from the secret that lies in the hand-in: the feedback
folder cannot be listed by students. The answer of the watcher has the same name and ends in .json.
"""

import errno
import os
import pwd
import re
import stat
import time
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.exchange import ExchangeError
from nbgrader.utils import notebook_hash

from grading.course import Course
from grading.engine.result_cache import write_whole
from grading.pipeline.arrival_time import NoTime, parse_time
from grading.watch.arrival import Arrival, Gone, TooLarge
from grading.watch.copy_tree import copy_tree, read_regular

SECRET = "submission_secret.txt"
SECRET_TEXT = re.compile(rb"[0-9a-f]{128}\s*")
DONE_MODE = 0o777  # of the folder, when `nbgrader submit` has written all of it
QUIET_SECONDS = 10.0  # after which a folder without a secret counts as complete
LOOK_AGAIN_SECONDS = 30.0  # at the latest, for file systems that do not tell that they changed
FRESH_SECONDS = 2.0  # a folder that changed just now may change again within the same tick


class ExchangeInbox:
    """The exchange of a course. assignments: the ones whose hand-ins are wanted"""

    place = "exchange"

    def __init__(self, course: Course, assignments: list[str]):
        self._api: NbGraderAPI = course.api
        self._assignments = assignments
        exchange = self._api.exchange.Collect(
            coursedir=self._api.coursedir, authenticator=self._api.authenticator, parent=self._api
        )
        self.course_folder = Path(exchange.root, self._api.coursedir.course_id)
        self.folder = self.course_folder / "inbound"
        self._looked = -LOOK_AGAIN_SECONDS
        self._changed = 0
        self._incomplete: dict[str, tuple[object, float]] = {}

    def look(self, known: set[str]) -> list[Arrival]:
        """The hand-ins that are complete and not known yet, oldest first."""
        now, changed = time.monotonic(), self.folder.stat().st_mtime_ns
        is_fresh = abs(time.time() - changed / 1e9) < FRESH_SECONDS
        is_due = now - self._looked >= LOOK_AGAIN_SECONDS
        names = list(self._incomplete)
        if is_fresh or is_due or changed != self._changed:
            names = os.listdir(self.folder)
            self._looked, self._changed = now, changed
        new = (self._parse(name) for name in names if name not in known)
        found = [arrival for arrival in new if arrival]
        self._incomplete = {one.key: self._incomplete.get(one.key, (None, now)) for one in found}
        return sorted(filter(self._is_complete, found), key=_order)

    def copy(self, arrival: Arrival, folder: Path) -> None:
        """Copy a hand-in into an empty folder."""
        copy_tree(self.folder / arrival.key, folder)

    def owner(self, arrival: Arrival) -> str:
        """The user to whom the hand-in belongs; "" where nobody knows."""
        try:
            return pwd.getpwuid((self.folder / arrival.key).lstat().st_uid).pw_name
        except (KeyError, FileNotFoundError):
            return ""

    def answer(self, arrival: Arrival, page: str, answer: bytes) -> None:
        """Release the page as `nbgrader release_feedback` does, and the answer beside it."""
        try:
            secret = read_regular(self.folder / arrival.key / SECRET, 200)
        except (Gone, TooLarge):
            return  # handed in without one, or taken away: no name can be worked out
        if not SECRET_TEXT.fullmatch(secret):
            return
        name = notebook_hash(secret=secret.decode(), notebook_id=arrival.assignment)
        folder = self._feedback_folder()
        write_whole(folder / f"{name}.html", page.encode())
        write_whole(folder / f"{name}.json", answer)  # last: students wait for it

    def _feedback_folder(self) -> Path:
        """The folder, made as nbgrader makes it where it is not there."""
        release = self._api.exchange.ReleaseFeedback(
            coursedir=self._api.coursedir, authenticator=self._api.authenticator, parent=self._api
        )
        try:
            release.init_dest()
        except ExchangeError as error:  # the folder is another user's
            raise PermissionError(errno.EACCES, str(error), str(self.course_folder)) from None
        return Path(release.dest_path)

    def _parse(self, name: str) -> Arrival | None:
        """From the name of a folder, as ExchangeCollect reads it; None for other assignments."""
        parts = name.rsplit("+", 3)
        if len(parts) < 3 or parts[1] not in self._assignments:
            return None
        return Arrival(self.place, name, parts[0], parts[1], parts[2])

    def _is_complete(self, arrival: Arrival) -> bool:
        """Whether `nbgrader submit` has written all of it, or nobody changes it any more."""
        path, now = self.folder / arrival.key, time.monotonic()
        try:
            folder, secret = path.lstat(), (path / SECRET).lstat()
            if stat.S_IMODE(folder.st_mode) & DONE_MODE == DONE_MODE and secret.st_size >= 128:
                return True
        except FileNotFoundError:
            pass
        seen = _signature(path)
        before, since = self._incomplete[arrival.key]
        if seen != before:
            self._incomplete[arrival.key] = seen, now
        return seen == before and now - since >= QUIET_SECONDS


def _signature(path: Path) -> object:
    """What changes when something in a folder changes."""
    try:
        with os.scandir(path) as scan:
            files = [(entry.name, entry.stat(follow_symlinks=False)) for entry in scan]
    except (FileNotFoundError, NotADirectoryError):
        return None
    return sorted((name, status.st_size, status.st_mtime_ns) for name, status in files)


def _order(arrival: Arrival) -> tuple[str, str]:
    """By the time in the name; of two that say the same, by name."""
    try:
        return f"{parse_time(arrival.handed_in)[0]:%Y-%m-%d %H:%M:%S.%f}", arrival.key
    except NoTime:
        return "", arrival.key
