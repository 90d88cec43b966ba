"""A folder of files that `submit` made as an inbox; answers are laid beside them.

How the files come there does not matter: a form, a share, a script of a learning platform.
"""

import hashlib
import re
import time
from datetime import UTC, datetime
from pathlib import Path

from course_utils.environment import FILE_NAME, MAX_NOTEBOOK_BYTES
from grading.engine.result_cache import write_whole
from grading.notebook.submission import TIMESTAMP
from grading.watch.arrival import Arrival, Gone, TooLarge
from grading.watch.copy_tree import read_regular

NAME = re.compile(FILE_NAME + r".*\.ipynb")
QUIET_SECONDS = 1.0  # without a change, after which a file counts as complete


class FolderInbox:
    """Files in a folder. assignments: the ones that are wanted"""

    place = "folder"

    def __init__(self, folder: Path, assignments: list[str]):
        self.folder = folder
        self._assignments = assignments
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}  # by name: size and time, since
        self._keys: dict[str, tuple[tuple[int, int], str]] = {}  # by name: of which state, the key

    def look(self, known: set[str]) -> list[Arrival]:
        """The files that are complete and not known yet, oldest first.

        The key has a hash of the content: a file that is only touched or copied back is known, one
        with another content is new.
        """
        found = []
        for path in self.folder.iterdir():
            parts = NAME.fullmatch(path.name)
            if not parts or parts["file_id"] not in self._assignments:
                continue
            key = self._key(path) if self._is_complete(path) else ""
            if key and key not in known:
                about = parts["student_id"], parts["file_id"], parts["timestamp"]
                found.append(Arrival(self.place, key, *about))
        return sorted(found, key=lambda one: (one.handed_in, one.key))

    def copy(self, arrival: Arrival, folder: Path) -> None:
        """Copy a file under the notebook's own name, with its time beside it."""
        content = read_regular(self._path(arrival), MAX_NOTEBOOK_BYTES)
        (folder / f"{arrival.assignment}.ipynb").write_bytes(content)
        time_of = datetime.strptime(arrival.handed_in, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        (folder / TIMESTAMP).write_text(f"{time_of:%Y-%m-%d %H:%M:%S} UTC")

    def owner(self, arrival: Arrival) -> str:
        """Nobody knows: whoever runs the folder may write all of its files."""
        return ""

    def answer(self, arrival: Arrival, page: str, answer: bytes) -> None:
        """Lay the page and the answer beside the file."""
        path = self._path(arrival)
        write_whole(path.with_suffix(".feedback.html"), page.encode())
        write_whole(path.with_suffix(".feedback.json"), answer)

    def _path(self, arrival: Arrival) -> Path:
        return self.folder / arrival.key.rpartition("@")[0]

    def _key(self, path: Path) -> str:
        """The key of a file, read once as long as nothing changes; "" where it is no file."""
        state, _ = self._seen[path.name]
        if path.name not in self._keys or self._keys[path.name][0] != state:
            try:
                content = read_regular(path, MAX_NOTEBOOK_BYTES)
            except TooLarge:
                content = b""  # `copy` says so
            except Gone:
                return ""
            digest = hashlib.sha256(content).hexdigest()[:16]
            self._keys[path.name] = state, f"{path.name}@{digest}"
        return self._keys[path.name][1]

    def _is_complete(self, path: Path) -> bool:
        """Whether a file has stayed as it is for a while."""
        try:
            status = path.lstat()
        except FileNotFoundError:
            return False
        state, now = (status.st_size, status.st_mtime_ns), time.monotonic()
        before, since = self._seen.get(path.name, (None, now))
        if state != before:
            since = now
        self._seen[path.name] = state, since
        return now - since >= QUIET_SECONDS
