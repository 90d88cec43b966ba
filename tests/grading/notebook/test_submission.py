"""Reading submissions: any bytes whatever, in folders that may hold anything."""

import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.notebook.submission import Unreadable, read_folder, read_submission

LIMIT = 1_000_000
IDS = {"one", "two", "three"}


def notebook(ids=("one", "two", "three"), source="x = 1"):
    cells = [
        new_code_cell(source, id=name, metadata={"nbgrader": {"grade_id": name, "points": 5}})
        for name in ids
    ]
    return nbformat.writes(new_notebook(cells=cells)).encode()


def as_json(**changes):
    return json.dumps(json.loads(notebook()) | changes).encode()


def read(content):
    return read_submission(content, LIMIT)


def sources(content):
    return [cell.source for cell in read(content).cells]


# --- the bytes


def test_of_a_notebook_text_and_ids_are_kept():
    found = read(notebook())
    assert [cell.source for cell in found.cells] == ["x = 1"] * 3
    assert [cell.metadata for cell in found.cells] == [
        {"nbgrader": {"grade_id": name}} for name in ("one", "two", "three")
    ]


NO_NOTEBOOKS = [
    (b"", "no notebook in the submission, or it is empty"),
    (b"   ", "not JSON, or was cut off"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text in UTF-8"),
    (b"def f(): pass", "not JSON, or was cut off"),
    (notebook()[:-20], "not JSON, or was cut off"),
    (notebook()[:1], "not JSON, or was cut off"),
    (notebook() + b"}", "not JSON, or was cut off"),
    (b"\0" * 100, "not JSON, or was cut off"),
    (notebook(source="é").decode().encode("latin-1"), r"not text in UTF-8 \(byte \d+\)"),
    (notebook().decode().encode("utf-16"), "not text in UTF-8"),
    (notebook().decode().encode("utf-32-le"), "not JSON"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b'{"nbformat": 4, "cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    (b'{"nbformat": 4, "cells": [], "n": ' + b"9" * 10_000 + b"}", "not JSON"),
    (b" " * LIMIT + notebook(), "bytes; at most 1,000,000 are read"),
    (b"[]", r"no notebook \(a list without nbformat\)"),
    (b"null", r"no notebook \(a NoneType"),
    (b"5", r"no notebook \(a int"),
    (b'"notebook"', r"no notebook \(a str"),
    (b"{}", r"no notebook \(a dict"),
    (as_json(nbformat="4"), "no notebook"),
    (as_json(nbformat=None), "no notebook"),
    (as_json(nbformat=4.0), "no notebook"),
    (as_json(cells=None), "no list of cells"),
    (as_json(cells={}), "no list of cells"),
    (as_json(cells="text"), "no list of cells"),
    (b'{"nbformat": 4}', "no list of cells"),
    (as_json(nbformat=3), "cannot be converted|no list of cells"),
    (as_json(nbformat=0), "cannot be converted|no list of cells"),
    (as_json(nbformat=-1), "cannot be converted|no list of cells"),
    (b'{"nbformat": 3, "worksheets": 5}', "cannot be converted|no list of cells"),
    (b'{"nbformat": 3, "worksheets": [{"cells": [5]}]}', "cannot be converted|no list of cells"),
]


@pytest.mark.parametrize(("content", "message"), NO_NOTEBOOKS)
@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
def test_what_is_no_notebook_is_refused_with_the_reason(content, message):
    with pytest.raises(Unreadable, match=message):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + notebook(),
        b"\n\n " + notebook() + b"\r\n",
        as_json(nbformat_minor=99, metadata="wrong", extra=[1]),
        as_json(nbformat=5),
        as_json(nbformat_minor=None),
        as_json(metadata={"kernelspec": {"name": "other", "a": float("nan")}}),
    ],
)
def test_a_notebook_with_odd_surroundings_is_read(content):
    assert sources(content) == ["x = 1"] * 3


def test_a_notebook_of_exactly_the_limit_is_read():
    assert len(read(notebook().ljust(LIMIT)).cells) == 3


@pytest.mark.parametrize(
    "cell",
    [
        None,
        5,
        "text",
        [],
        {},
        {"cell_type": "heading", "source": "x"},
        {"cell_type": ["code"], "source": "x"},
        {"cell_type": None, "source": "x"},
        {"source": "x"},
    ],
)
def test_what_is_no_cell_is_left_out(cell):
    assert sources(as_json(cells=[cell, {"cell_type": "code", "source": "kept"}])) == ["kept"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x = 1\ny = 2", "x = 1\ny = 2"),
        (["x = 1\n", "y = 2"], "x = 1\ny = 2"),
        (["a", 5, None, ["b"], "c"], "ac"),
        ([], ""),
        (None, ""),
        (5, ""),
        ({"a": 1}, ""),
        (True, ""),
    ],
)
def test_a_source_is_text_or_a_list_of_lines(source, text):
    assert sources(as_json(cells=[{"cell_type": "code", "source": source}])) == [text]
    assert sources(as_json(cells=[{"cell_type": "code"}])) == [""]


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        5,
        "text",
        [],
        {"nbgrader": None},
        {"nbgrader": []},
        {"nbgrader": {"grade_id": None}},
        {"nbgrader": {"grade_id": ["one"]}},
        {"nbgrader": {"grade_id": 7}},
        {"tags": ["demo"], "collapsed": True},
    ],
)
def test_metadata_without_a_grade_id_is_dropped(metadata):
    (cell,) = read(as_json(cells=[{"cell_type": "code", "source": "", "metadata": metadata}])).cells
    assert cell.metadata == {}


def test_outputs_attachments_and_claims_of_points_are_dropped():
    about = {"grade_id": "one", "points": 99, "grade": True, "solution": False}
    cell = {
        "cell_type": "code",
        "source": "x",
        "outputs": [5],
        "attachments": {},
        "metadata": {"nbgrader": about, "tags": ["demo"]},
    }
    (found,) = read(as_json(cells=[cell])).cells
    assert found == {
        "cell_type": "code",
        "source": "x",
        "metadata": {"nbgrader": {"grade_id": "one"}},
    }


def test_half_a_character_is_legal_in_json_but_no_text():
    """It could neither be sent to the student's process nor be written to the graded notebook."""
    (source,) = sources(
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "print(\'\\ud800\')"}]}'
    )
    assert source.encode().startswith(b"print('")


def test_a_notebook_of_format_3_is_converted():
    cells = [
        {
            "cell_type": "code",
            "input": ["x = 1\n", "y = 2"],
            "outputs": [],
            "language": "python",
            "metadata": {},
        },
        {"cell_type": "markdown", "source": "words", "metadata": {}},
        {"cell_type": "heading", "source": "a title", "level": 1, "metadata": {}},
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    assert sources(json.dumps(old).encode()) == ["x = 1\ny = 2", "words", "# a title"]


# --- the folder


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    return folder


@pytest.fixture
def outside(tmp_path):
    """A file that no submission may reach."""
    path = tmp_path / "outside"
    path.mkdir()
    (path / "secret.txt").write_text("secret")
    (path / "work.ipynb").write_bytes(notebook())
    return path


def found_in(folder, limit=LIMIT):
    return read_folder(folder, "work", limit, IDS)


def test_the_notebook_and_the_files_beside_it_are_read(folder):
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_bytes(b"1,2")
    found = found_in(folder)
    assert (found.notebook, found.files, found.notes) == (
        notebook(),
        {"data/table.csv": b"1,2"},
        (),
    )


def test_a_folder_without_a_notebook_gives_none(folder):
    (folder / "notes.txt").write_text("see mail")
    assert found_in(folder).notebook == b""
    assert found_in(folder / "missing").notebook == b""


def test_what_nbgrader_and_jupyter_put_there_is_no_file_of_the_student_s(folder):
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / "timestamp.txt").write_text("2020-01-01")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "work-checkpoint.ipynb").write_bytes(notebook())
    assert found_in(folder).files == {}
    assert found_in(folder).notes == ()


def test_a_notebook_under_another_name_is_taken_when_it_alone_holds_the_cells(folder):
    (folder / "Work (1).ipynb").write_bytes(notebook())
    (folder / "scratch.ipynb").write_bytes(notebook(ids=["mine"]))
    found = found_in(folder)
    assert found.notebook == notebook()
    assert set(found.files) == {"scratch.ipynb"}
    assert found.notes == ("the notebook was handed in as 'Work (1).ipynb'",)


@pytest.mark.parametrize(
    "others",
    [
        {"a.ipynb": notebook(), "b.ipynb": notebook()},
        {"a.ipynb": notebook(ids=["one"])},
        {"a.ipynb": b"{}"},
        {"a.ipynb": b""},
        {"a.txt": notebook()},
    ],
)
def test_no_notebook_is_guessed_among_several_or_from_a_few_cells(folder, others):
    for name, content in others.items():
        (folder / name).write_bytes(content)
    assert found_in(folder).notebook == b""


def test_the_right_name_wins_over_another_that_holds_the_cells(folder):
    (folder / "a.ipynb").write_bytes(notebook())
    (folder / "work.ipynb").write_bytes(b"broken")
    assert found_in(folder).notebook == b"broken"


def test_a_link_to_a_file_is_not_followed(folder, outside):
    (folder / "work.ipynb").symlink_to(outside / "work.ipynb")
    (folder / "data.txt").symlink_to(outside / "secret.txt")
    (folder / "passwords").symlink_to("/etc/passwd")
    (folder / "nowhere").symlink_to(outside / "missing")
    found = found_in(folder)
    assert (found.notebook, found.files) == (b"", {})
    names = ("data.txt", "nowhere", "passwords", "work.ipynb")
    assert found.notes == tuple(f"{name!r} was left out: it is no regular file" for name in names)


def test_a_link_to_a_folder_is_not_followed(folder, outside):
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / "data").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    found = found_in(folder)
    assert found.files == {}
    assert len(found.notes) == 2


def test_a_pipe_and_a_socket_are_left_out_without_waiting(folder):
    os.mkfifo(folder / "work.ipynb")
    os.mkfifo(folder / "pipe")
    found = found_in(folder)
    assert (found.notebook, found.files) == (b"", {})
    assert found.notes == (
        "'pipe' was left out: it is no regular file",
        "'work.ipynb' was left out: it is no regular file",
    )


def test_a_file_over_the_limit_is_left_out_with_a_note(folder):
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / "a-small.txt").write_bytes(b"x")
    with (folder / "b-large.bin").open("wb") as file:
        file.truncate(10**11)  # takes no room on the disk
    (folder / "c-small.txt").write_bytes(b"y")
    found = found_in(folder)
    assert set(found.files) == {"a-small.txt", "c-small.txt"}
    assert found.notes == (
        "'b-large.bin' was left out: it is too large, or all files together are",
    )


def test_the_limit_is_for_all_files_together(folder):
    (folder / "work.ipynb").write_bytes(notebook())
    for name in ("a", "b", "c"):
        (folder / name).write_bytes(b"x" * 40)
    assert set(found_in(folder, 100).files) == {"a", "b"}


def test_too_many_files_are_left_out_with_notes(folder):
    for number in range(150):
        (folder / f"{number:03}.txt").write_bytes(b"x")
    found = found_in(folder)
    assert len(found.files) == 100
    assert len(found.notes) == 50


@pytest.mark.parametrize("name", ["work.ipynb", "other.ipynb"])
def test_a_notebook_over_the_limit_is_refused_in_words_without_being_read(folder, name):
    with (folder / name).open("wb") as file:
        file.truncate(10**11)
    found = found_in(folder)
    assert len(found.notebook) <= LIMIT + 1
    with pytest.raises(Unreadable, match=r"at most 1,000,000 are read|no notebook"):
        read(found.notebook)


def test_a_file_whose_name_is_no_unicode_is_left_out_with_a_note(folder):
    """A name that is no text could not be sent to the student's process."""
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    found = found_in(folder)
    for name in found.files:
        name.encode()
    "".join(found.notes).encode()


def test_a_markdown_cell_keeps_its_kind():
    content = nbformat.writes(new_notebook(cells=[new_markdown_cell("words")])).encode()
    assert [cell.cell_type for cell in read(content).cells] == ["markdown"]
