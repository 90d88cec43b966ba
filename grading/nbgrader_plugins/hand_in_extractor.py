"""`HandInExtractor`: zip_collect's first step, for archives as people really make them."""

import shutil
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin
from nbgrader.utils import unzip
from traitlets import Dict, List

from grading.nbgrader_plugins.archive_room import ArchiveRoom, TooMuch

# Files that macOS, Windows and Jupyter make for themselves. Nobody handed them in.
JUNK_NAMES = frozenset(["__MACOSX", "Thumbs.db", "desktop.ini", ".DS_Store", ".ipynb_checkpoints"])
JUNK_START = "._"
NOTEBOOK = ".ipynb"
LONGER_ENDINGS = (".ipynb.txt", ".ipynb.json")  # of a notebook that a browser or mailer saved
MAX_DEPTH = 3  # archives within archives
ARCHIVES = [".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz"]


def is_junk(path: Path) -> bool:
    """Whether a system made this file for itself. path: below the folder of the download"""
    return path.name.startswith(JUNK_START) or not JUNK_NAMES.isdisjoint(path.parts)


class HandInExtractor(ExtractorPlugin):
    """Unpack what was downloaded; a damaged archive does not keep the others from being unpacked.

    nbgrader's own plugin ends at the first one, and unpacks archives within archives without end.
    """

    zip_ext = List(ARCHIVES, help="Endings of archives; other files are copied.").tag(config=True)
    unused = Dict(help="Why an archive was not unpacked, by its name.")

    def extract(self, archive_path: str, extracted_path: str) -> None:
        archive, extracted = Path(archive_path), Path(extracted_path)
        for path in sorted(archive.rglob("*")):
            relative = path.relative_to(archive)
            if not path.is_file() or is_junk(relative):
                continue
            folder = extracted / relative.parent
            folder.mkdir(parents=True, exist_ok=True)
            if path.suffix in self.zip_ext:
                self._unpack(path, folder, ArchiveRoom(path))
            else:
                shutil.copy(path, folder / path.name)
        _restore_endings(extracted)

    def _unpack(self, path: Path, folder: Path, room: ArchiveRoom, depth: int = 0) -> None:
        """Unpack an archive, and the archives in it, into a folder named after it."""
        stem = path.stem.removesuffix(".tar")
        self.log.info("Extracting from: %s", path)
        try:
            if depth >= MAX_DEPTH:
                raise TooMuch(f"it lies in {depth} other archives")
            room.take(path)
            unzip(str(path), str(folder), zip_ext=self.zip_ext, create_own_folder=True)
        except Exception as error:  # the ways in which an archive can be damaged are many
            self.unused[path.name] = f"it cannot be unpacked ({error})"
            return
        for inner in sorted((folder / stem).rglob("*")):
            if inner.suffix in self.zip_ext and inner.is_file() and not is_junk(inner):
                self._unpack(inner, inner.parent, room, depth + 1)


def _restore_endings(extracted: Path) -> None:
    """Give notebooks that were saved under a longer ending their own one back."""
    for path in sorted(extracted.rglob("*")):
        ending = next((end for end in LONGER_ENDINGS if path.name.endswith(end)), "")
        notebook = path.with_name(path.name.removesuffix(ending) + NOTEBOOK)
        if ending and path.is_file() and not is_junk(path) and not notebook.exists():
            path.rename(notebook)
