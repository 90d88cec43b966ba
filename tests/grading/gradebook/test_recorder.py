"""Recording in batches, on SQLite; see also test_postgresql.

A batch is recorded completely or not at all, and what is recorded already is not recorded again.
"""

import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from grading.engine.job import Result
from grading.errors import BadDatabase, CannotRecord, GradebookRefuses, NoDriver
from grading.gradebook import connection
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission
from grading.pipeline.grade import grade
from tests.classes import HE, NAME, all_rows, hand_in, read_gradebook, sample, scores

REFUSE = """CREATE TRIGGER refuse BEFORE INSERT ON comment
WHEN (SELECT count(*) FROM comment) >= 2 BEGIN SELECT RAISE(ABORT, 'no more comments'); END"""


def graded(student, **values):
    defaults = {"notebook": '{"cells": []}', "scores": {f"{HE}-weights": 3.0}}
    timestamp = values.pop("timestamp", None)
    return GradedSubmission(student, Result(**defaults | values), {}, timestamp)


@pytest.fixture
def course(own_released_course):
    return own_released_course


def test_a_batch_that_is_refused_in_the_middle_leaves_nothing(course):
    for student in ("a", "b", "c"):
        hand_in(course, student, sample("all-right-a"))
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute(REFUSE)
    before = all_rows(course)
    said = f"gradebook at sqlite:///{course.root}/gradebook.db .*no more comments"
    with pytest.raises(CannotRecord, match=said):
        grade(course, NAME)
    assert all_rows(course) == before
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("DROP TRIGGER refuse")
    assert grade(course, NAME).recorded == 3
    assert scores(course) == dict.fromkeys("abc", 100)


def test_what_is_pending_counts_as_recorded_until_it_is_rolled_back(course):
    one = graded("one")
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        assert recorder.record(one)
        assert recorder.record(graded("two"))
        assert not recorder.record(one)
        assert recorder.pending == 2
        assert scores(course) == {}
        recorder.rollback()
        assert recorder.pending == 0
        assert recorder.record(one)
        recorder.commit()
        assert recorder.pending == 0
        assert not recorder.record(one)
    assert scores(course) == {"one": 3}


@pytest.mark.parametrize(
    "other",
    [
        {"unanswered": [HE]},
        {"attention": "look"},
        {"timestamp": datetime(2030, 1, 2)},
        {"scores": {}},
    ],
)
def test_whatever_differs_in_the_rows_is_recorded_again(course, other):
    """The files may be newer than the rows, where a run was killed between them."""
    first, second = graded("one", timestamp=datetime(2030, 1, 1)), graded("one", **other)
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        recorder.record(first)
        recorder.commit()
        recorder.record(second)  # its files are there, and the run ends before its rows
    for is_new in (True, False):
        with open_gradebook(course) as gradebook:
            recorder = GradebookRecorder(course, NAME, gradebook)
            assert recorder.record(second) == is_new
            recorder.commit()


def test_another_program_that_keeps_the_lock_costs_only_the_batch(course, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        recorder.record(graded("one"))
        holder = sqlite3.connect(course.root / "gradebook.db")
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            recorder.commit()
        holder.rollback()
        holder.close()
        assert recorder.pending == 1
        recorder.commit()
    assert scores(course) == {"one": 3}


def test_numbers_and_text_of_any_kind(course):
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        recorder.record(
            graded("n", scores={f"{HE}-weights": np.float64(2.5), f"{HE}-biases": np.int64(1)})
        )
        recorder.record(graded("w", attention="a\0b \ud800 ü"))
        recorder.commit()
    found = read_gradebook(course)
    assert found["n"]["score"] == 3.5
    assert set(found["w"]["comments"]) == {
        (name, "Needs attention: a\ufffdb ? ü") for name, _ in found["w"]["comments"]
    }


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "postgresql+psycopg://u:sec@ret@host/db",
        "postgresql+psycopg://u:x@host:secret/db",
        "secret://x/y",
    ],
)
def test_an_address_that_is_none_is_refused_without_showing_it(url):
    with pytest.raises(BadDatabase) as error:
        connection.read_url(url)
    assert "sec" not in f"{error.value}"
    assert "%40" in f"{error.value}"


def test_a_gradebook_is_opened_by_one_process_at_a_time_and_no_file_is_left_beside_it(
    tmp_path, monkeypatch
):
    """The second opening waits until the first one is done."""
    began, go_on, open_now = threading.Event(), threading.Event(), connection.ReadyGradebook

    def opening(*arguments):
        began.set()
        assert go_on.wait(60)
        return open_now(*arguments)

    monkeypatch.setattr(connection, "ReadyGradebook", opening)

    def open_and_close():
        with connection.opened(f"sqlite:///{tmp_path}/new.db", "one"):
            pass

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(open_and_close)
        assert began.wait(60)
        began.clear()
        second = pool.submit(open_and_close)
        assert not began.wait(0.5)
        go_on.set()
        first.result(60)
        second.result(60)
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_without_a_folder_for_locks_a_gradebook_is_opened_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    unusable = SimpleNamespace(gettempdir=lambda: f"{tmp_path}/file")
    monkeypatch.setattr(connection, "tempfile", unusable)  # nbgrader needs the real one
    with connection.opened(f"sqlite:///{tmp_path}/new.db", "one") as gradebook:
        assert gradebook.check_course("one").id == "one"


def test_a_gradebook_that_may_only_be_read_and_lacks_a_row_is_an_error_in_words(tmp_path):
    # without the row of nbgrader's "default_course"
    Gradebook(f"sqlite:///{tmp_path}/old.db", "one").close()
    with (
        pytest.raises(GradebookRefuses, match="readonly database") as error,
        connection.opened(f"sqlite:///file:{tmp_path}/old.db?mode=ro&uri=true", "one"),
    ):
        pass
    assert error  # which holds on to what was going on: nothing is closed by the collector
    open_files = [os.path.realpath(path) for path in Path("/proc/self/fd").iterdir()]
    assert f"{tmp_path}/old.db" not in open_files


@pytest.mark.parametrize("there", ["a folder", "no database", "nothing"])
def test_a_gradebook_that_cannot_be_opened_is_named_with_its_path(tmp_path, there):
    path = tmp_path / "gradebook.db"
    if there == "a folder":
        path.mkdir()
    elif there == "no database":
        path.write_bytes(b"no database" * 100)
    else:
        path = tmp_path / "missing" / "gradebook.db"
    with (
        pytest.raises(GradebookRefuses, match=f"The gradebook at sqlite:///{path} could not be"),
        connection.opened(f"sqlite:///{path}", "one"),
    ):
        pass


def test_a_driver_that_is_not_installed_is_named():
    shown = r"postgresql\+psycopg2://u:\*\*\*@host/db, .*pip install './grading\[postgresql\]'"
    with (
        pytest.raises(NoDriver, match=shown) as error,
        connection.opened("postgresql+psycopg2://u:secret@host/db?password=secret", "x"),
    ):
        pass
    assert "secret" not in f"{error.value}"
