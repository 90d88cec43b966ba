"""The folder in autograded/ of one submission: made to hold certain files and no others."""

import errno
import os
import shutil
from pathlib import Path

from grading.engine.result_cache import write_whole
from grading.errors import BadFolder

# The path is at fault, and with it one submission; a full disk is everyone's.
FAULTS_OF_PATH = (
    errno.EEXIST,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENOTEMPTY,
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.EINVAL,
    errno.EILSEQ,
)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder hold these files, by relative path, and no others, whatever it held before.

    They are written in order, so that the last one is there only when all others are. BadFolder
    where something else stands in the way.
    """
    paths = {folder / name: content for name, content in files.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_others(folder, set(paths), {parent for path in paths for parent in path.parents})
        for path, content in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content, lasting=False)
    except OSError as error:
        if error.errno not in FAULTS_OF_PATH:
            raise
        raise BadFolder(error.filename or folder, "written", str(error.strerror)) from error


def _remove_others(folder: Path, files: set[Path], folders: set[Path]) -> None:
    """Remove what is neither one of the files nor one of the folders that they lie in."""
    with os.scandir(folder) as scan:
        entries = list(scan)
    for entry in entries:
        path = Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            if path not in files:
                path.unlink()
        elif path in folders:
            _remove_others(path, files, folders)
        else:
            shutil.rmtree(path)
