"""The cache of results: what grading one submission gave, under a hash of all that decides it.

A result is written completely or not at all, and an unchanged submission is never run twice.
Deleting the folder costs nothing but time.
"""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from grading.engine.code_fingerprint import course_fingerprint
from grading.engine.job import Job, Result, decode, encode

FOLDER = ".results"
SUFFIX = ".msgpack.gz"
PART = ".part"


class ResultCache:
    """The results of one assignment."""

    def __init__(self, root: Path, assignment: str):
        self.folder = root / FOLDER / assignment

    def get(self, key: str) -> Result | None:
        """The result under a key; None where there is none, or none that can be read."""
        try:
            return decode(gzip.decompress(self._path(key).read_bytes()), Result)
        except (FileNotFoundError, EOFError, gzip.BadGzipFile, ValueError, TypeError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result under a key; it is on the disk when this returns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(
            self._path(key),
            gzip.compress(encode(result), compresslevel=4, mtime=0),
        )

    def clear(self) -> None:
        """Delete every result."""
        for path in self.folder.glob("*.gz"):  # in the form of an earlier version, too
            path.unlink(missing_ok=True)

    @contextmanager
    def locked(self, waiting: Callable[[], None], tidy: bool = True) -> Iterator[None]:
        """Keep other runs on this assignment out for the length of a with block.

        waiting: called once, before waiting, if another run holds the lock
        tidy: whether to remove what a killed run left half written; not where this process may be
            writing a result at this moment
        The system releases the lock however this process ends. A lock that only consists of a file
        would outlive a killed process, so filelock must not fall back to one.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "lock", fallback_to_soft=False)
        try:
            held = lock.acquire(blocking=False)
        except Timeout:
            waiting()
            held = lock.acquire()
        with held:
            for path in self.folder.glob(f".*{PART}") if tidy else ():
                path.unlink(missing_ok=True)
            yield

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"


def cache_key(job: Job) -> str:
    """The hash of all that can change a result: submission, assignment, settings and code."""
    digest = hashlib.sha256(course_fingerprint().encode())
    for part in (_shared_hash(job.release), _shared_hash(job.source), _hash(job.submission)):
        digest.update(part)
    digest.update(_hash(_settings(job)))
    return digest.hexdigest()


def write_whole(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write a file so that at every moment either the old or the new one is there, complete.

    lasting: whether that must hold even if the power fails. It need not for a file that can be made
    again from the cache and is compared with it before it is used.
    """
    descriptor, name = tempfile.mkstemp(PART, ".", path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o644)
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(descriptor)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _settings(job: Job) -> bytes:
    """All of a job but the three notebooks."""
    settings = [vars(job.limits), job.sandboxed, job.run_demos]
    files, modules = _hashes(job.files), _hashes(job.modules)
    return json.dumps([job.name, files, modules, job.notes, job.refusal, *settings]).encode()


def _hashes(files: dict[str, bytes]) -> dict[str, str]:
    return {name: _hash(content).hex() for name, content in sorted(files.items())}


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


# Of a notebook that all submissions to an assignment share.
_shared_hash = lru_cache(maxsize=32)(_hash)
