"""Copy what a student handed in, without following a link that leads to somebody else's files.

The folder is the student's, who may change it at any moment. A link in it must not bring a file
that only the instructor can read into the submission: the student's code would read it there, and
the feedback page would show it. So every file is opened by its folder's descriptor.
"""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from grading.watch.arrival import Gone, TooLarge

MOST_BYTES = 200_000_000  # of one hand-in; the grader reads 20 MB of files beside the notebook
MOST_FILES = 20_000  # folders included
CHUNK = 1_000_000


def copy_tree(source: Path, target: Path) -> None:
    """Copy regular files and folders, nothing else, into an empty folder.

    Gone where there is no such folder, TooLarge where it holds too much.
    """
    room, files = MOST_BYTES, 0
    top = open_nothing_else(source, os.O_DIRECTORY)
    try:
        for parent, _, names, descriptor in os.fwalk(".", dir_fd=top, onerror=_raise):
            files += 1 + len(names)
            if files > MOST_FILES:
                raise TooLarge
            folder = target / parent
            folder.mkdir(exist_ok=True)
            for name in names:
                room -= _copy_file(name, descriptor, folder / name, room)
    finally:
        os.close(top)


def open_nothing_else(path: Path, flags: int = 0) -> int:
    """Open a path that is no link; Gone where it is one, or is not there."""
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | flags)
    except OSError as error:
        if os.access(path.parent, os.R_OK | os.X_OK):
            raise Gone from error
        raise


def read_regular(path: Path, most: int) -> bytes:
    """The content of a regular file; Gone where it is none, TooLarge where it has more bytes."""
    with os.fdopen(open_nothing_else(path), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Gone
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge
    return content


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder anew: at every moment the old one or the new one is there, or can be found.

    fill: puts the content into the empty folder that it is given
    """
    part, old = (target.with_name(f".{target.name}.{end}") for end in ("part", "old"))
    if old.exists() and not target.exists():  # an earlier run ended in between
        old.rename(target)
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        fill(part)
        if target.exists():
            target.rename(old)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _copy_file(name: str, folder: int, target: Path, room: int) -> int:
    """Copy a file if it is a regular one that lies nowhere else; its size. TooLarge without room"""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:  # a link, a socket, or a file that the student has taken away
        return 0
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            return 0
        size = 0
        with target.open("wb") as copy:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > room:
                    raise TooLarge
                copy.write(chunk)
    return size


def _raise(error: OSError) -> None:
    raise error
