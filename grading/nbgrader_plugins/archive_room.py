"""How much archives would become when unpacked, found out before anything is."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

MAX_RATIO, FREE_BYTES = 200, 500_000_000  # how much larger an archive's content may be
MAX_FILES = 100_000  # in an archive and the archives in it
PACKED: dict[bytes, Callable] = {  # by the bytes that such a file starts with
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
REMEDY = "look at it by hand, or ask for the notebook alone"


class TooMuch(Exception):
    """An archive is more than a hand-in can be."""


class ArchiveRoom:
    """What a downloaded archive, and the archives in it, may still become together."""

    def __init__(self, download: Path):
        self._most = max(FREE_BYTES, MAX_RATIO * download.stat().st_size)
        self._bytes_left, self._files_left = self._most, MAX_FILES

    def take(self, archive: Path) -> None:
        """Count what an archive would become; TooMuch where there is no room for it."""
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                for entry in opened.infolist():
                    self.take_file()
                    self.take_bytes(entry.file_size)
            return
        with ExitStack() as stack:
            stream = stack.enter_context(_unpacked(archive))
            # It is read once, without going back: `tarfile` would keep a header of any size.
            counted = cast(BinaryIO, _Counted(stream, self))
            for member in stack.enter_context(tarfile.open(fileobj=counted, mode="r|")):
                self.take_file()
                if member.issparse():  # its holes are in no stream
                    self.take_bytes(member.size)

    def take_file(self) -> None:
        self._files_left -= 1
        if self._files_left < 0:
            raise TooMuch(f"it would become more than {MAX_FILES:,} files; {REMEDY}")

    def take_bytes(self, size: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise TooMuch(f"it would become more than {self._most:,} bytes; {REMEDY}")


class _Counted:
    """A stream of which every byte takes room."""

    def __init__(self, stream: BinaryIO, room: ArchiveRoom):
        self._stream, self._room = stream, room

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._room.take_bytes(len(data))
        return data


def _unpacked(path: Path) -> BinaryIO:
    """The content of a file without the packing that it has, if any, whatever its name says."""
    with path.open("rb") as file:
        start = file.read(max(map(len, PACKED)))
    opener = next((PACKED[magic] for magic in PACKED if start.startswith(magic)), open)
    return opener(path, "rb")
