"""Read what a student handed in: any bytes whatever, in a folder that may hold anything."""

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

MOST_FILES = 100  # of a submission that are read
TIMESTAMP = "timestamp.txt"  # nbgrader's file that says when a submission came in
CELL_TYPES = ("code", "markdown", "raw")
NOT_THE_STUDENTS = (TIMESTAMP, ".ipynb_checkpoints")  # put there by nbgrader and Jupyter


class Unreadable(Exception):
    """A submission that cannot be graded; the message says why it is no notebook."""


@dataclass(frozen=True)
class Submission:
    """What lay in a submission's folder.

    notebook: the bytes that were handed in, b"" where there is no notebook to grade
    files: the other files, which the student's code may read, by path in the folder
    notes: what an instructor may want to know
    """

    notebook: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_folder(folder: Path, name: str, most_bytes: int, grade_ids: frozenset[str]) -> Submission:
    """Read a submission's folder. Links are never followed; only regular files are read.

    most_bytes: the limit for the notebook, and again for the other files together
    grade_ids: of the assignment's cells, by which a notebook under another name is recognized
    """
    files, notes = _read_regular_files(folder, most_bytes)
    notebook = files.pop(f"{name}.ipynb", None)
    if notebook is None:
        notebooks = [path for path in files if path.endswith(".ipynb")]
        candidates = [path for path in notebooks if _holds_cells(files[path], grade_ids)]
        if len(candidates) == 1:
            notebook = files.pop(candidates[0])
            notes.append(f"the notebook was handed in as {candidates[0]!r}")
    return Submission(notebook or b"", files, tuple(notes))


def read_submission(content: bytes, most_bytes: int) -> NotebookNode:
    """The notebook that was handed in; Unreadable where it is none. Invalid cells are left out."""
    if not content:
        raise Unreadable("there is no notebook in the submission, or it is empty")
    if len(content) > most_bytes:
        raise Unreadable(
            f"the notebook has {len(content):,} bytes; at most {most_bytes:,} are read"
        )
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"the notebook is not text in UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise Unreadable("the notebook is nested too deeply to be read") from None
    except ValueError as error:
        raise Unreadable(f"the notebook is not JSON, or was cut off ({error})") from None
    return _clean_notebook(parsed)


def _clean_notebook(parsed: Any) -> NotebookNode:
    """A notebook of valid cells and nothing else. parsed: any value that JSON can hold"""
    if not isinstance(parsed, dict) or not isinstance(parsed.get("nbformat"), int):
        raise Unreadable(
            f"the file is JSON, but no notebook (a {type(parsed).__name__} without nbformat)"
        )
    if parsed["nbformat"] < 4:
        try:
            parsed = nbformat.convert(nbformat.reader.reads(json.dumps(parsed)), 4)
        except Exception as error:  # nbformat's conversions let any error through
            raise Unreadable(
                f"a notebook of old format that cannot be converted ({type(error).__name__})"
            ) from None
    cells = parsed.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("the file is JSON, but no notebook (it has no list of cells)")
    clean = [
        _clean_cell(cell)
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") in CELL_TYPES
    ]
    return nbformat.from_dict({"cells": clean, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _clean_cell(cell: dict) -> dict:
    """The kind, text, id and grade_id of a cell. Everything else is dropped and has no effect."""
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


def _read_regular_files(folder: Path, most_bytes: int) -> tuple[dict[str, bytes], list[str]]:
    """The content of files by path, and a note for each file that was left out."""
    files: dict[str, bytes] = {}
    notes: list[str] = []
    bytes_left = most_bytes
    for path in _paths_below(folder):
        name, status = str(path.relative_to(folder)), path.lstat()
        is_notebook = name.endswith(".ipynb")
        limit = None if is_notebook else bytes_left
        if why := _why_left_out(name, status, len(files), limit):
            notes.append(f"{name!r} was left out: {why}".encode("utf-8", "replace").decode())
            continue
        try:
            # one byte more than the limit is enough to see that a notebook is too large
            files[name] = _read_beginning(path, most_bytes + 1)
        except OSError as error:
            notes.append(f"{name!r} could not be read: {error.strerror}")
        bytes_left -= 0 if is_notebook else status.st_size
    return files, notes


def _why_left_out(name: str, status: os.stat_result, count: int, bytes_left: int | None) -> str:
    """Why a file is not read, or "" for a file that is.

    count: the files read so far; bytes_left: the room for this file, None where any size will do
    """
    if not stat.S_ISREG(status.st_mode):
        return "it is no regular file"
    if count >= MOST_FILES:
        return f"there are more than {MOST_FILES} files"
    if bytes_left is not None and status.st_size > bytes_left:
        return "it is too large, or all files together are"
    return "" if name.isprintable() else "its name is no text"


def _paths_below(folder: Path) -> list[Path]:
    """The paths of all files of the student's. A link to a folder counts as a file."""
    paths = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in NOT_THE_STUDENTS)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        names = [name for name in sorted([*names, *links]) if name not in NOT_THE_STUDENTS]
        paths += [Path(parent) / name for name in names]
    return paths


def _read_beginning(path: Path, most: int) -> bytes:
    """The first bytes of a file; OSError if it has become a link since it was listed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most)


def _holds_cells(content: bytes, grade_ids: frozenset[str]) -> bool:
    """Whether a notebook holds more than half of an assignment's cells."""
    try:
        cells = read_submission(content, len(content)).cells
    except Unreadable:
        return False
    held = {grade_id_of(cell) for cell in cells}
    return 2 * len(held & grade_ids) > len(grade_ids)
