"""Read the bytes of a notebook that was handed in, which may be any bytes whatever."""

import json
import re
from itertools import islice
from typing import Any

import nbformat
from nbformat import NotebookNode

from grading.messages import message

CELL_TYPES = ("code", "markdown", "raw")
MAX_CELLS = 50_000  # a small file could hold a million, and each takes memory and time
MAX_HEADING_LEVEL = 6
# A text of JSON, also one that is cut off, or what stands before a value; nothing is tried twice.
PART = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[,\[{]', re.DOTALL)


class Unreadable(Exception):
    """A submission that cannot be graded; a `Message` says why it is no notebook."""


def read_submission(content: bytes, most_bytes: int) -> NotebookNode:
    """The notebook that was handed in; Unreadable where it is none. Invalid cells are left out."""
    if not content:
        raise Unreadable(message("attention.nothing"))
    if len(content) > most_bytes:
        about = {"size": len(content), "most": most_bytes}
        raise Unreadable(message("attention.too_large", **about))
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(message("attention.not_utf8", byte=error.start)) from None
    except (RecursionError, MemoryError):
        raise Unreadable(message("attention.too_deep")) from None
    except ValueError as error:
        raise Unreadable(message("attention.not_json", error=str(error))) from None
    return _clean_notebook(parsed)


def number_of_parts(content: bytes, most: int) -> int:
    """Of how many parts the JSON of a notebook is made, `most` + 1 where there are more.

    They decide what it costs to parse it: a value takes as much memory as many letters.
    """
    return sum(1 for _ in islice(PART.finditer(content), most + 1))


def _clean_notebook(parsed: Any) -> NotebookNode:
    """A notebook of valid cells and nothing else. parsed: any value that JSON can hold"""
    if not isinstance(parsed, dict) or not isinstance(parsed.get("nbformat"), int):
        raise Unreadable(message("attention.no_notebook", type=type(parsed).__name__))
    if parsed["nbformat"] < 4:
        parsed = {"cells": _cells_of_old_format(parsed)}
    cells = parsed.get("cells")
    if not isinstance(cells, list):
        raise Unreadable(message("attention.no_cells"))
    _check_number(len(cells))
    clean = [
        _clean_cell(cell)
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") in CELL_TYPES
    ]
    return nbformat.from_dict({"cells": clean, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _check_number(cells: int) -> None:
    if cells > MAX_CELLS:
        raise Unreadable(message("attention.too_many_cells", cells=cells, most=MAX_CELLS))


def _cells_of_old_format(parsed: dict) -> list[dict]:
    """The cells of a notebook of format 1, 2 or 3 as format 4 has them; Unreadable if it has none.

    nbformat's own conversion validates and copies what is dropped here anyway, and makes as many
    "#" of a heading as the file says.
    """
    sheets = [parsed] if parsed["nbformat"] == 1 else parsed.get("worksheets")
    lists = [_cells_of_sheet(sheet) for sheet in sheets] if isinstance(sheets, list) else []
    cells = [cell for cells in lists for cell in cells]
    if parsed["nbformat"] < 1 or not lists or not all(isinstance(cell, dict) for cell in cells):
        raise Unreadable(message("attention.old_format"))
    _check_number(len(cells))
    return [_cell_of_old_format(cell) for cell in cells]


def _cells_of_sheet(sheet: Any) -> list:
    cells = sheet.get("cells") if isinstance(sheet, dict) else None
    return cells if isinstance(cells, list) else [None]


def _cell_of_old_format(cell: dict) -> dict:
    """A cell in format 4; a heading becomes Markdown."""
    kind, text = cell.get("cell_type"), cell.get("source", cell.get("text", ""))
    if kind == "code":
        return cell | {"source": cell.get("input", cell.get("code", ""))}
    if kind == "heading" and isinstance(cell.get("level", 1), int):
        title = " ".join(_text_of(text).splitlines())
        return cell | {
            "cell_type": "markdown",
            "source": "#" * min(cell.get("level", 1), MAX_HEADING_LEVEL) + f" {title}",
        }
    return cell | {"cell_type": "raw" if kind == "raw" else "markdown", "source": text}


def _text_of(source: Any) -> str:
    """A source, which is a text or a list of lines, in one piece; "" where it is neither."""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    # half of a surrogate pair is legal in JSON, but is no text that could be sent or written
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def _clean_cell(cell: dict) -> dict:
    """The kind, text, id and grade_id of a cell. Everything else is dropped and has no effect."""
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = about.get("grade_id") if isinstance(about, dict) else None
    kept = {"nbgrader": {"grade_id": grade_id}} if isinstance(grade_id, str) else {}
    text = _text_of(cell.get("source", ""))
    clean = {"cell_type": cell["cell_type"], "metadata": kept, "source": text}
    return clean | ({"id": cell["id"]} if isinstance(cell.get("id"), str) else {})
