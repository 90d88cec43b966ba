"""What a student handed in: which notebook counts, the files beside it, and what to say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.messages import Message, in_a_row
from grading.messages import message
from grading.notebook.copies import Copies, ReleasedCells, find_copies, why_no_work
from grading.notebook.folder_files import (
    TIMESTAMP,
    FoundFile,
    LeftOut,
    find_file,
    find_files,
    read_beginning,
    shown,
    shown_list,
)
from grading.notebook.submitted_notebook import Unreadable, read_submission

__all__ = ["TIMESTAMP", "Submission", "Unreadable", "read_folder", "read_submission"]

MOST_FILES = 100  # of a submission that are read beside the notebook


@dataclass(frozen=True)
class Submission:
    """What lay in a submission's folder.

    notebook: the bytes that were handed in, b"" where there is no notebook to grade
    files: the other files, which the student's code may read, by path in the folder
    notes: what an instructor may want to know
    refusal: why a person must say what is to be graded; "" where that is clear
    """

    notebook: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class _Choice:
    """Which file is the notebook that counts, or why none is."""

    name: str = ""
    content: bytes = b""
    note: str = ""
    refusal: str = ""


def read_folder(
    folder: Path,
    name: str,
    most_bytes: int,
    grade_ids: frozenset[str],
    starters: Mapping[str, str] | None = None,
) -> Submission:
    """Read a submission's folder: the notebook first, then other files while there is room.

    most_bytes: the limit for the notebook, and again for the other files together
    grade_ids: of the assignment's cells, by which a notebook under another name is recognized
    starters: the released text of the solution cells by grade_id, from which work differs
    """
    left_out = LeftOut()
    own_name = f"{name}.ipynb"
    found = find_files(folder, left_out)
    notebook = find_file(folder, own_name)
    others = [file for file in found if file.name != own_name]
    released = ReleasedCells(frozenset(grade_ids), starters or {})
    choose = _choose_own if notebook else _choose_other
    choice = choose(folder, own_name, others, most_bytes, released)
    beside = [file for file in others if file.name != choice.name]
    files = _read_files(folder, own_name, beside, most_bytes, left_out)
    notes = [*left_out.notes(), *([choice.note] if choice.note else [])]
    return Submission(choice.content, files, tuple(notes), choice.refusal)


def _choose_own(
    folder: Path, name: str, others: list[FoundFile], most_bytes: int, released: ReleasedCells
) -> _Choice:
    """The notebook under the right name counts, unless it is a stub and the work lies beside it."""
    size = (folder / name).lstat().st_size
    if size > most_bytes:
        why = message("attention.too_large", size=size, most=most_bytes)
        return _Choice(name, refusal=str(why))
    content = read_beginning(folder / name, most_bytes)
    has_copies = any(file.is_notebook for file in others)
    reason = why_no_work(content, most_bytes, released) if has_copies else ""
    if not reason:
        return _Choice(name, content)
    copies = find_copies(folder, others, Path(name).stem, most_bytes, released)
    if not copies.with_work:
        return _Choice(name, content, note=_unseen_note(copies))
    about = {"name": shown(name), "others": shown_list(copies.with_work)}
    why = message(f"attention.work_elsewhere.{reason}", **about)
    return _Choice(name, content, refusal=in_a_row([why, _remedy(name)]))


def _choose_other(
    folder: Path, name: str, others: list[FoundFile], most_bytes: int, released: ReleasedCells
) -> _Choice:
    """A notebook under another name counts where it alone holds the assignment's cells."""
    copies = find_copies(folder, others, Path(name).stem, most_bytes, released)
    if len(copies.of_assignment) == 1 and not copies.unseen:
        (only,) = copies.of_assignment
        content = read_beginning(folder / only, most_bytes)
        return _Choice(only, content, note=f"the notebook was handed in as {shown(only)}")
    return _Choice(refusal=in_a_row(_why_none(name, others, copies, most_bytes)))


def _why_none(name: str, others: list[FoundFile], copies: Copies, most_bytes: int) -> list[Message]:
    """Why there is no notebook to grade; nothing for a folder that holds nothing."""
    if not others:
        return []
    sizes = {file.name: file.size for file in others}
    unseen = [message("attention.unseen", names=shown_list(copies.unseen))] * bool(copies.unseen)
    if copies.of_assignment:
        return [_where_the_cells_are(name, copies), *unseen, _remedy(name)]
    if large := [other for other in copies.unseen if sizes[other] > most_bytes]:
        about = {"other": shown(large[0]), "size": sizes[large[0]], "most": most_bytes}
        return [message("attention.missing.too_large", name=shown(name), **about)]
    if copies.unseen:
        return [message("attention.missing.unseen", name=shown(name)), *unseen, _remedy(name)]
    if copies.others:
        found = shown_list(copies.others)
        return [message("attention.missing.others", name=shown(name), others=found)]
    found = shown_list([file.name for file in others])
    return [message("attention.missing.files", name=shown(name), files=found)]


def _where_the_cells_are(name: str, copies: Copies) -> Message:
    """Which notebooks under other names hold the assignment's cells, and which of them work."""
    about = {"name": shown(name), "held": shown_list(copies.of_assignment)}
    if not copies.with_work:
        return message("attention.copies.none", len(copies.of_assignment), **about)
    if len(copies.with_work) == 1:
        return message("attention.copies.one", work=shown_list(copies.with_work), **about)
    return message("attention.copies.several", count=len(copies.with_work), **about)


def _unseen_note(copies: Copies) -> str:
    """Which notebooks under other names were too large or too many to look into, if any."""
    return f"not looked into: {shown_list(copies.unseen)}" if copies.unseen else ""


def _remedy(name: str) -> Message:
    return message("attention.which_counts", name=name)


def _read_files(
    folder: Path, notebook: str, files: list[FoundFile], most_bytes: int, left_out: LeftOut
) -> dict[str, bytes]:
    """The content of files by path, data before other notebooks, while there is room."""
    content: dict[str, bytes] = {}
    room = most_bytes
    for file in sorted(files, key=lambda file: file.is_notebook):
        if file.name.startswith(f"{notebook}/"):
            left_out.add(file.name, "it lies in a folder that has the notebook's name")
        elif len(content) >= MOST_FILES:
            left_out.add(file.name, f"at most {MOST_FILES} files are read beside the notebook")
        elif file.size > room:
            left_out.add(file.name, "it is too large, or all files together are")
        else:
            try:
                content[file.name] = read_beginning(folder / file.name, file.size)
                room -= file.size
            except OSError as error:
                left_out.add(file.name, f"it could not be read ({error.strerror})")
    return content
