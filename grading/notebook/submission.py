"""Reading what a student handed in: bytes that may be anything, in a folder that may hold anything."""

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import nbformat.reader
from nbformat import NotebookNode

from grading.notebook.cells import grade_id_of

MOST_FILES = 100
CELL_TYPES = ("code", "markdown", "raw")
# These lie in a submission's folder but are nbgrader's, not the student's work.
NOT_FILES = ("timestamp.txt", ".ipynb_checkpoints")


class Unreadable(Exception):
    """A submission that cannot be graded; the message says what it is instead of a notebook."""


@dataclass(frozen=True)
class Submission:
    """A submission's folder. notebook: the bytes that came, none when there is no notebook to grade.

    files: what else may be shown to the student's code, by path in the folder; notes: what was odd about it
    """

    notebook: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_folder(folder: Path, name: str, most_bytes: int, grade_ids: frozenset[str]) -> Submission:
    """What lies in a submission's folder. Links are never followed; only regular files are read.

    most_bytes: of the notebook, and again of the other files together
    grade_ids: of the assignment's cells, by which a notebook under another name is known
    """
    files, notes = _regular_files(folder, most_bytes)
    notebook = files.pop(f"{name}.ipynb", None)
    if notebook is None:
        others = [
            path for path in files if path.endswith(".ipynb") and _holds(files[path], grade_ids)
        ]
        if len(others) == 1:
            notebook = files.pop(others[0])
            notes.append(f"the notebook was handed in as {others[0]!r}")
    return Submission(notebook or b"", files, tuple(notes))


def read_submission(content: bytes, most_bytes: int) -> NotebookNode:
    """The notebook that was handed in, cells that are none left out; Unreadable when it is no notebook."""
    if not content:
        raise Unreadable("there is no notebook in the submission, or it is empty")
    if len(content) > most_bytes:
        raise Unreadable(
            f"the notebook has {len(content):,} bytes; at most {most_bytes:,} are read"
        )
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"the notebook is not text in UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise Unreadable("the notebook is nested too deeply to be read") from None
    except ValueError as error:
        raise Unreadable(f"the notebook is not JSON, or was cut off ({error})") from None
    return _notebook(found)


def _notebook(found: Any) -> NotebookNode:
    if not isinstance(found, dict) or not isinstance(found.get("nbformat"), int):
        raise Unreadable(
            f"the file is JSON, but no notebook (a {type(found).__name__} without nbformat)"
        )
    if found["nbformat"] < 4:
        try:
            found = nbformat.convert(nbformat.reader.reads(json.dumps(found)), 4)
        except Exception as error:  # nbformat's conversions let any error through
            raise Unreadable(
                f"a notebook of old format that cannot be converted ({type(error).__name__})"
            ) from None
    cells = found.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("the file is JSON, but no notebook (it has no list of cells)")
    clean = [
        _cell(cell)
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") in CELL_TYPES
    ]
    return nbformat.from_dict({"cells": clean, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _cell(cell: dict) -> dict:
    """Kind, text, id and grade_id of a cell; all else that came with it has no effect and is dropped."""
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = about.get("grade_id") if isinstance(about, dict) else None
    kept = {"nbgrader": {"grade_id": grade_id}} if isinstance(grade_id, str) else {}
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    text = source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""
    clean = {"cell_type": cell["cell_type"], "metadata": kept, "source": text}
    return clean | ({"id": cell["id"]} if isinstance(cell.get("id"), str) else {})


def _regular_files(folder: Path, most_bytes: int) -> tuple[dict[str, bytes], list[str]]:
    """Content by path, and a note for each file that was left out."""
    files: dict[str, bytes] = {}
    notes: list[str] = []
    left = most_bytes
    for path in _paths(folder):
        name, about = str(path.relative_to(folder)), path.lstat()
        is_notebook = name.endswith(".ipynb")
        if why := _left_out(name, about, len(files), None if is_notebook else left):
            notes.append(f"{name!r} was left out: {why}".encode("utf-8", "replace").decode())
            continue
        try:
            files[name] = _read(
                path, most_bytes + 1
            )  # one more: enough to see that a notebook is too large
        except OSError as error:
            notes.append(f"{name!r} could not be read: {error.strerror}")
        left -= 0 if is_notebook else about.st_size
    return files, notes


def _left_out(name: str, about: os.stat_result, before: int, room: int | None) -> str:
    """Why a file is not read, or ""."""
    if not stat.S_ISREG(about.st_mode):
        return "it is no regular file"
    if before >= MOST_FILES:
        return f"there are more than {MOST_FILES} files"
    if room is not None and about.st_size > room:
        return "it is too large, or all files together are"
    return "" if name.isprintable() else "its name is no text"


def _paths(folder: Path) -> list[Path]:
    """Everything below the folder but what nbgrader put there; links to folders are entries, not folders."""
    found = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in NOT_FILES)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        found += [Path(parent) / name for name in sorted([*names, *links]) if name not in NOT_FILES]
    return found


def _read(path: Path, most: int) -> bytes:
    """The content, or its beginning, unless the file has become a link since we looked."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most)


def _holds(content: bytes, grade_ids: frozenset[str]) -> bool:
    """Whether a notebook holds most of an assignment's cells."""
    try:
        cells = read_submission(content, len(content)).cells
    except Unreadable:
        return False
    held = {grade_id_of(cell) for cell in cells}
    return 2 * len(held & grade_ids) > len(grade_ids)
