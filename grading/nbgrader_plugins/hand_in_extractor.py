"""`HandInExtractor`: zip_collect's first step, for archives as people really make them."""

import shutil
import zipfile
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin
from nbgrader.utils import unzip
from traitlets import Dict

# Files that macOS, Windows and Jupyter make for themselves. Nobody handed them in.
JUNK_NAMES = frozenset(["__MACOSX", "Thumbs.db", "desktop.ini", ".DS_Store", ".ipynb_checkpoints"])
JUNK_START = "._"
NOTEBOOK = ".ipynb"
LONGER_ENDINGS = (".ipynb.txt", ".ipynb.json")  # of a notebook that a browser or mailer saved
MAX_DEPTH = 3  # archives within archives
MAX_RATIO, FREE_BYTES = 200, 500_000_000  # how much larger an archive's content may be


def is_junk(path: Path) -> bool:
    """Whether a system made this file for itself. path: below the folder of the download"""
    return path.name.startswith(JUNK_START) or not JUNK_NAMES.isdisjoint(path.parts)


class HandInExtractor(ExtractorPlugin):
    """Unpack what was downloaded; a damaged archive does not keep the others from being unpacked.

    nbgrader's own plugin ends at the first one, and unpacks archives within archives without end.
    """

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
                self._unpack(path, folder)
            else:
                shutil.copy(path, folder / path.name)
        _restore_endings(extracted)

    def _unpack(self, path: Path, folder: Path, depth: int = 0) -> None:
        """Unpack an archive, and the archives in it, into a folder named after it."""
        stem = path.stem.removesuffix(".tar")
        self.log.info("Extracting from: %s", path)
        try:
            if why := _why_too_much(path, depth):
                raise ValueError(why)
            unzip(str(path), str(folder), zip_ext=self.zip_ext, create_own_folder=True)
        except Exception as error:  # the ways in which an archive can be damaged are many
            self.unused[path.name] = f"it cannot be unpacked ({error})"
            return
        for inner in sorted((folder / stem).rglob("*")):
            if inner.suffix in self.zip_ext and inner.is_file() and not is_junk(inner):
                self._unpack(inner, inner.parent, depth + 1)


def _why_too_much(path: Path, depth: int) -> str:
    """Why an archive is more than a hand-in can be, or ""."""
    if depth >= MAX_DEPTH:
        return f"it lies in {depth} other archives"
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > FREE_BYTES and size > MAX_RATIO * path.stat().st_size:
        return f"its {path.stat().st_size:,} bytes would become {size:,}"
    return ""


def _restore_endings(extracted: Path) -> None:
    """Give notebooks that were saved under a longer ending their own one back."""
    for path in sorted(extracted.rglob("*")):
        ending = next((end for end in LONGER_ENDINGS if path.name.endswith(end)), "")
        notebook = path.with_name(path.name.removesuffix(ending) + NOTEBOOK)
        if ending and path.is_file() and not is_junk(path) and not notebook.exists():
            path.rename(notebook)
