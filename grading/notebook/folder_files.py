"""The files in a submission's folder, which may hold anything: found and read within bounds.

Links are never followed; only regular files are read.
"""

import os
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from grading.messages import message

TIMESTAMP = "timestamp.txt"  # nbgrader's file that says when a submission came in
NOT_THE_STUDENTS = (TIMESTAMP, ".ipynb_checkpoints")  # put there by nbgrader and Jupyter
MAX_ENTRIES = 10_000  # files and folders that are looked at
MAX_PATH = 1_000  # bytes of a path in the folder; the path where it is kept is longer
MAX_SINGLE_NOTES = 5  # files left out for one reason that are named each in a note of its own
MAX_NAMES = 3  # named in a note for many
MAX_SHOWN = 100  # characters of a path in a note


@dataclass
class LeftOut:
    """The files of a submission that are not read, by reason."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, reason: str) -> None:
        self.names.setdefault(reason, []).append(name)

    def notes(self) -> list[str]:
        """A note for each of a few files, one note for many that were left out for one reason."""
        return [
            note
            for reason, names in self.names.items()
            for note in _notes_of_reason(reason, sorted(names))
        ]


@dataclass(frozen=True)
class FoundFile:
    """A regular file. name: its path in the folder; size: in bytes"""

    name: str
    size: int

    @property
    def is_notebook(self) -> bool:
        return self.name.endswith(".ipynb")


def find_files(folder: Path, left_out: LeftOut) -> list[FoundFile]:
    """The student's regular files, a folder's own before those of the folders in it, sorted.

    What is left out is the same in whichever order the system lists files: a folder is looked at
    wholly or not at all, and no other one after the first that holds too many.
    """
    found: list[FoundFile] = []
    folders = [""]
    room = MAX_ENTRIES
    for parent in folders:  # grows while it is walked
        entries = _entries(folder, parent, left_out, room)
        if (room := room - len(entries)) < 0:
            reason = f"the submission holds more than {MAX_ENTRIES:,} files and folders"
            left_out.add(f"{parent or '.'}/", f"{reason}, and nothing from there on is read")
            break
        for name, status in entries:
            if reason := _why_left_out(name, status):
                left_out.add(name, reason)
            elif stat.S_ISDIR(status.st_mode):
                folders.append(name)
            else:
                found.append(FoundFile(name, status.st_size))
    return found


def find_file(folder: Path, name: str) -> FoundFile | None:
    """The regular file of that name in a folder, however many others there are."""
    try:
        status = (folder / name).lstat()
    except OSError:
        return None
    return FoundFile(name, status.st_size) if stat.S_ISREG(status.st_mode) else None


def read_beginning(path: Path, most: int) -> bytes:
    """The first bytes of a file; OSError if it has become a link since it was listed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        # No more than there is: Python sets aside what it is asked for.
        return file.read(min(most, os.fstat(descriptor).st_size))


def shown(name: str) -> str:
    """A path as a note shows it: quoted, and not too long."""
    short = name if len(name) <= MAX_SHOWN else f"{name[: MAX_SHOWN - 4]} ..."
    return repr(short).encode("utf-8", "replace").decode()


def shown_list(names: list[str]) -> str:
    """The first few of some paths, and how many more there are."""
    first = ", ".join(shown(name) for name in names[:MAX_NAMES])
    rest = len(names) - MAX_NAMES
    return str(message("files.more", first=first, rest=rest)) if rest > 0 else first


def _entries(
    folder: Path, parent: str, left_out: LeftOut, room: int
) -> list[tuple[str, os.stat_result]]:
    """The paths in one folder of a submission, sorted; one more than `room` where it holds more."""
    entries: list[tuple[str, os.stat_result]] = []
    try:
        with os.scandir(folder / parent) as scan:
            students = (entry for entry in scan if entry.name not in NOT_THE_STUDENTS)
            for entry in islice(students, room + 1):
                name = os.path.join(parent, entry.name)
                entries.append((name, entry.stat(follow_symlinks=False)))
    except FileNotFoundError:
        return []
    except OSError as error:
        left_out.add(f"{parent or '.'}/", f"it cannot be read ({error.strerror})")
    return sorted(entries, key=lambda entry: entry[0])


def _why_left_out(name: str, status: os.stat_result) -> str:
    """Why a path is not followed, or "" for a folder or file that is."""
    if len(os.fsencode(name)) > MAX_PATH:
        return f"its path is longer than {MAX_PATH:,} bytes"
    if stat.S_ISDIR(status.st_mode):
        return ""
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    return "" if name.isprintable() else "its name is no text"


def _notes_of_reason(reason: str, names: list[str]) -> list[str]:
    if len(names) <= MAX_SINGLE_NOTES:
        return [f"{shown(name)} was left out: {reason}" for name in names]
    return [f"{len(names):,} files were left out ({shown_list(names)}): of each, {reason}"]
