"""Reading submissions: any bytes whatever, in folders that may hold anything."""

import json
import os
from functools import partial

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.notebook.copies import Copies
from grading.notebook.submission import Unreadable, read_folder, read_submission
from grading.notebook.submitted_notebook import number_of_parts

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
    (b"   ", "not JSON, or it was cut off"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text in UTF-8"),
    (b"def f(): pass", "not JSON, or it was cut off"),
    (notebook()[:-20], "not JSON, or it was cut off"),
    (notebook()[:1], "not JSON, or it was cut off"),
    (notebook() + b"}", "not JSON, or it was cut off"),
    (b"\0" * 100, "not JSON, or it was cut off"),
    (notebook(source="é").decode().encode("latin-1"), r"not text in UTF-8 \(byte \d+\)"),
    (notebook().decode().encode("utf-16"), "not text in UTF-8"),
    (notebook().decode().encode("utf-32-le"), "not JSON"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b'{"nbformat": 4, "cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    (b'{"nbformat": 4, "cells": [], "n": ' + b"9" * 10_000 + b"}", "not JSON"),
    (b" " * LIMIT + notebook(), "bytes. At most 1,000,000 are read"),
    (b"[]", r"not a notebook \(a list without nbformat\)"),
    (b"null", r"not a notebook \(a NoneType"),
    (b"5", r"not a notebook \(a int"),
    (b'"notebook"', r"not a notebook \(a str"),
    (b"{}", r"not a notebook \(a dict"),
    (as_json(nbformat="4"), "not a notebook"),
    (as_json(nbformat=None), "not a notebook"),
    (as_json(nbformat=4.0), "not a notebook"),
    (as_json(cells=None), "no list of cells"),
    (as_json(cells={}), "no list of cells"),
    (as_json(cells="text"), "no list of cells"),
    (b'{"nbformat": 4}', "no list of cells"),
    (as_json(nbformat=3), "cannot be turned|no list of cells"),
    (as_json(nbformat=0), "cannot be turned|no list of cells"),
    (as_json(nbformat=-1), "cannot be turned|no list of cells"),
    (b'{"nbformat": 3, "worksheets": 5}', "cannot be turned|no list of cells"),
    (b'{"nbformat": 3, "worksheets": [{"cells": [5]}]}', "cannot be turned|no list of cells"),
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


def test_an_old_heading_has_six_levels_at_most():
    heading = {"cell_type": "heading", "source": "t", "level": 10**12}
    old = {"nbformat": 3, "worksheets": [{"cells": [heading]}]}
    assert sources(json.dumps(old).encode()) == ["###### t"]


@pytest.mark.parametrize(
    "many",
    [
        b'{"nbformat": 4, "cells": [' + b"{}," * 60_000 + b"{}]}",
        b'{"nbformat": 4, "cells": [' + b'{"cell_type":"raw"},' * 60_000 + b"{}]}",
        b'{"nbformat": 3, "worksheets": [{"cells": [' + b"{}," * 60_000 + b"{}]}]}",
    ],
)
def test_a_notebook_of_too_many_cells_is_refused_with_a_remedy(many):
    with pytest.raises(Unreadable, match=r"has 60,001 cells. At most 50,000 are read\. Delete"):
        read_submission(many, 10 * LIMIT)


def test_a_notebook_that_is_too_large_is_refused_with_size_and_remedy():
    with pytest.raises(Unreadable, match=r"has 1,000,001 bytes. .* Clear the outputs"):
        read(notebook().ljust(LIMIT + 1))


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


def test_too_many_files_are_left_out_with_one_note(folder):
    for number in range(150):
        (folder / f"{number:03}.txt").write_bytes(b"x")
    found = found_in(folder)
    assert len(found.files) == 100
    (note,) = found.notes
    assert note.startswith("50 files were left out ('100.txt', '101.txt', '102.txt' and 47 more)")


def test_the_notebook_is_read_however_many_files_sort_before_it(folder):
    for number in range(150):
        (folder / f"{number:03}.log").write_bytes(b"x")
    (folder / "work.ipynb").write_bytes(notebook())
    assert found_in(folder).notebook == notebook()


def test_files_in_folders_and_other_notebooks_come_after_those_beside_the_notebook(folder):
    (folder / "a").mkdir()
    for number in range(99):
        (folder / "a" / f"{number:03}.log").write_bytes(b"x")
    (folder / "z.csv").write_bytes(b"1")
    (folder / "b.ipynb").write_bytes(notebook(ids=["mine"]))
    (folder / "work.ipynb").write_bytes(notebook())
    found = found_in(folder)
    assert next(iter(found.files)) == "z.csv"
    assert found.notes == (
        "'b.ipynb' was left out: at most 100 files are read beside the notebook",
    )


def test_of_a_folder_with_too_many_files_the_notebook_alone_is_read(folder, monkeypatch):
    monkeypatch.setattr("grading.notebook.folder_files.MAX_ENTRIES", 10)
    (folder / "data.csv").write_bytes(b"1")
    (folder / "work.ipynb").write_bytes(notebook())
    (folder / "many").mkdir()
    for number in range(9):
        (folder / "many" / f"{number}.txt").write_bytes(b"x")
    found = found_in(folder)
    assert (found.notebook, found.files) == (notebook(), {"data.csv": b"1"})
    (note,) = found.notes
    assert note.startswith("'many/' was left out: the submission holds more than 10 files")


def test_a_path_that_is_too_long_is_left_out_with_a_short_note(folder):
    (folder / "work.ipynb").write_bytes(notebook())
    here = os.open(folder, os.O_RDONLY)
    for _ in range(17):  # 4,080 characters: more than can be named from the root
        os.mkdir("d" * 239, dir_fd=here)
        here, above = os.open("d" * 239, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    found = found_in(folder)
    assert (found.notebook, found.files) == (notebook(), {})
    (note,) = found.notes
    assert note.endswith("was left out: its path is longer than 1,000 bytes")
    assert len(note) < 200


def test_a_folder_in_the_notebook_s_place_is_looked_into(folder):
    (folder / "work.ipynb").mkdir()
    (folder / "work.ipynb" / "data.csv").write_bytes(b"1")
    assert found_in(folder).notebook == b""
    assert found_in(folder).files == {}
    assert "'work.ipynb/data.csv'" in found_in(folder).refusal
    (folder / "work.ipynb" / "work.ipynb").write_bytes(notebook())
    found = found_in(folder)
    assert (found.notebook, found.files, found.refusal) == (notebook(), {}, "")
    assert "the notebook was handed in as 'work.ipynb/work.ipynb'" in found.notes


# --- notebooks under other names

STARTERS = {"one": "x = 1", "two": "x = 1"}
WORK = notebook(source="x = 2")
STUB = notebook()


def chosen(folder, **files):
    for name, content in files.items():
        (folder / f"{name.replace('_', '-')}.ipynb").write_bytes(content)
    return read_folder(folder, "work", LIMIT, IDS, STARTERS)


def test_a_stub_under_the_right_name_and_the_work_in_a_copy_need_a_person_s_eye(folder):
    found = chosen(folder, work=STUB, work_Copy1=WORK, scratch=notebook(ids=["mine"]))
    assert found.refusal == (
        "'work.ipynb' is as it was released, and there is work in 'work-Copy1.ipynb'. "
        "See which one counts, name it work.ipynb and grade again."
    )


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (b"broken", "cannot be read as a notebook"),
        (b"", "cannot be read as a notebook"),
        (notebook(ids=["mine"]), "does not hold the assignment's cells"),
    ],
)
def test_what_is_no_work_under_the_right_name_is_said_where_a_copy_holds_some(folder, right, said):
    found = chosen(folder, work=right, work_Copy1=WORK)
    assert found.refusal.startswith(f"'work.ipynb' {said}, and there is work in 'work-Copy1.ipynb'")


@pytest.mark.parametrize(
    "files",
    [
        {"work": WORK, "work_Copy1": notebook(source="x = 3")},
        {"work": STUB, "work_Copy1": STUB},
        {"work": STUB, "scratch": notebook(ids=["mine"], source="x = 2")},
        {"work": STUB},
    ],
)
def test_the_right_name_counts_where_it_holds_work_or_no_copy_does(folder, files):
    found = chosen(folder, **files)
    assert (found.notebook, found.refusal, found.notes) == (files["work"], "", ())


def test_two_copies_and_no_right_name_say_which_one_holds_work(folder):
    found = chosen(folder, work_Copy1=WORK, work_Copy2=STUB)
    assert found.notebook == b""
    assert found.refusal == (
        "There is no notebook called 'work.ipynb' in the submission. The assignment's cells are "
        "in 'work-Copy1.ipynb', 'work-Copy2.ipynb'. Only 'work-Copy1.ipynb' holds work. "
        "See which one counts, name it work.ipynb and grade again."
    )


def test_where_no_notebook_is_found_what_was_there_is_said(folder):
    assert found_in(folder).refusal == ""
    (folder / "work.pdf").write_bytes(b"%PDF")
    missing = "There is no notebook called 'work.ipynb' in the submission, only "
    assert found_in(folder).refusal == f"{missing}'work.pdf'."
    (folder / "b.ipynb").write_bytes(notebook(ids=["mine"]))
    assert found_in(folder).refusal == f"{missing}'b.ipynb', without the assignment's cells."


def test_of_many_other_notebooks_only_a_few_are_read(folder, monkeypatch):
    read_bytes = []

    def counted(path, most):
        read_bytes.append(path.stat().st_size)
        return path.read_bytes()[:most]

    monkeypatch.setattr("grading.notebook.copies.read_beginning", counted)
    padded = notebook(ids=["mine"]).ljust(LIMIT - 1)
    found = chosen(folder, work=STUB, **{f"n{number:02}": padded for number in range(40)})
    assert found.notebook == STUB
    assert sum(read_bytes) <= 3 * LIMIT
    assert sum(map(len, found.files.values())) <= LIMIT
    assert any("not looked into: 'n03.ipynb', " in note for note in found.notes)


# 400,000 values in a megabyte: parsed, they would take as much memory as 25 MB of text.
EMPTY_LISTS = b"[" + b"[]," * 400_000 + b"1]"


def with_junk(content, junk):
    return content.rstrip()[:-1] + b', "junk": ' + junk + b"}"


def test_a_copy_of_very_many_values_is_not_parsed(folder, monkeypatch):
    monkeypatch.setattr("grading.notebook.copies.read_submission", read_small)
    limit = 3 * LIMIT
    files = {"work": STUB, "one": with_junk(WORK, EMPTY_LISTS), "two": WORK}
    for name, content in files.items():
        (folder / f"{name}.ipynb").write_bytes(content)
    found = read_folder(folder, "work", limit, IDS, STARTERS)
    assert found.refusal.startswith("'work.ipynb' is as it was released, and there is work in 'two")
    (folder / "two.ipynb").unlink()
    found = read_folder(folder, "work", limit, IDS, STARTERS)
    assert found.notebook == STUB
    assert "not looked into: 'one.ipynb'" in found.notes


def test_a_notebook_of_very_many_values_is_not_parsed_beside_copies(folder, monkeypatch):
    monkeypatch.setattr("grading.notebook.copies.read_submission", read_small)
    (folder / "work.ipynb").write_bytes(with_junk(STUB, EMPTY_LISTS))
    (folder / "copy.ipynb").write_bytes(WORK)
    found = read_folder(folder, "work", 3 * LIMIT, IDS, STARTERS)
    assert found.notebook == (folder / "work.ipynb").read_bytes()


def read_small(content, most_bytes):
    assert len(content) < 100_000
    return read_submission(content, most_bytes)


def test_the_values_of_all_copies_are_bounded_together(folder, monkeypatch):
    junk = with_junk(notebook(ids=["mine"]), b"[" + b"1," * 900 + b"1]")
    files = {"work": STUB, **{f"n{number}": junk for number in range(6)}}
    assert not any("not looked into" in note for note in chosen(folder, **files).notes)
    monkeypatch.setattr("grading.notebook.copies.Copies", partial(Copies, parts_left=3_000))
    assert "not looked into: 'n3.ipynb', 'n4.ipynb', 'n5.ipynb'" in chosen(folder, **files).notes


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b'{"a": [1, 2]}', 4),
        (b'"a, [b], {c}"', 1),
        (rb'"a\", [b]", [1]', 3),
        (b'"never closed, [, {', 1),
        (b'"\\', 1),
        (b"", 0),
    ],
)
def test_parts_of_json_are_counted_outside_of_texts(content, parts):
    assert number_of_parts(content, 100) == parts


@pytest.mark.parametrize("piece", [b'\\"', b'"', b'"",', b"[", b" ", b"\\"])
def test_parts_are_counted_in_one_pass_whatever_the_text(piece):
    """Tried anew from each quote, the first of these would take hours."""
    assert number_of_parts(b'"' + piece * 2_000_000, 1_000) <= 1_001


@pytest.mark.parametrize("name", ["work.ipynb", "other.ipynb"])
def test_a_notebook_over_the_limit_is_refused_in_words_without_being_read(folder, name):
    with (folder / name).open("wb") as file:
        file.truncate(10**11)
    found = found_in(folder)
    assert found.notebook == b""
    assert "has 100,000,000,000 bytes. At most 1,000,000 are read" in found.refusal
    assert "Clear the outputs" in found.refusal


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
