"""Recording in batches: each is whole or absent, and `holds` knows what is pending. On SQLite; see also test_postgresql."""

import sqlite3
from datetime import datetime

import numpy as np
import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from grading.engine.job import Result
from grading.errors import BadDatabase, CannotRecord, GradebookRefuses, NoDriver
from grading.gradebook import connection as database
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, Graded
from grading.pipeline.grade import grade
from tests.classes import HE, NAME, books, contents, hand_in, sample, scores

REFUSE = """CREATE TRIGGER refuse BEFORE INSERT ON comment
WHEN (SELECT count(*) FROM comment) >= 2 BEGIN SELECT RAISE(ABORT, 'no more comments'); END"""


def graded(student, **values):
    defaults = {"notebook": '{"cells": []}', "scores": {f"{HE}-weights": 3.0}}
    result = Result(
        **defaults | {key: value for key, value in values.items() if key != "timestamp"}
    )
    return Graded(student, result, {}, values.get("timestamp"))


@pytest.fixture
def course(own_released_course):
    return own_released_course


def test_a_batch_that_is_refused_in_the_middle_leaves_nothing(course):
    for student in ("a", "b", "c"):
        hand_in(course, student, sample("all-right-a"))
    with sqlite3.connect(course.root / "gradebook.db") as db:
        db.execute(REFUSE)
    before = contents(course)
    with pytest.raises(CannotRecord, match="no more comments"):
        grade(course, NAME)
    assert contents(course) == before
    with sqlite3.connect(course.root / "gradebook.db") as db:
        db.execute("DROP TRIGGER refuse")
    assert grade(course, NAME).recorded == 3
    assert scores(course) == dict.fromkeys("abc", 100)


def test_what_is_pending_is_held_until_it_is_rolled_back(course):
    one = graded("one")
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        assert not recorder.holds(one)
        recorder.record(one)
        recorder.record(graded("two"))
        assert recorder.holds(one)
        assert recorder.pending == 2
        assert scores(course) == {}
        recorder.rollback()
        assert (recorder.pending, recorder.holds(one)) == (0, False)
        recorder.record(one)
        recorder.commit()
        assert (recorder.pending, recorder.holds(one)) == (0, True)
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
def test_whatever_is_another_one_in_the_rows_is_not_held(course, other):
    """The files may be newer than the rows, where a run was killed between them."""
    first, second = graded("one", timestamp=datetime(2030, 1, 1)), graded("one", **other)
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        recorder.record(first)
        recorder.commit()
        recorder.record(second)  # its files are there, and the run ends before its rows
    for held in (False, True):
        with open_gradebook(course) as gradebook:
            recorder = GradebookRecorder(course, NAME, gradebook)
            assert recorder.holds(second) == held
            recorder.record(second)
            recorder.commit()


def test_another_program_that_keeps_the_lock_costs_only_the_batch(course, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
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


def test_numbers_and_words_of_any_kind(course):
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, NAME, gradebook)
        recorder.record(
            graded("n", scores={f"{HE}-weights": np.float64(2.5), f"{HE}-biases": np.int64(1)})
        )
        recorder.record(graded("w", attention="a\0b \ud800 ü"))
        recorder.commit()
    found = books(course)
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
        database.read_url(url)
    assert "sec" not in f"{error.value}"
    assert "%40" in f"{error.value}"


def test_a_gradebook_that_may_only_be_read_and_lacks_a_row_is_an_error_in_words(tmp_path):
    Gradebook(
        f"sqlite:///{tmp_path}/old.db", "one"
    ).close()  # without the row of nbgrader's "default_course"
    with (
        pytest.raises(GradebookRefuses, match="readonly database"),
        database.opened(f"sqlite:///file:{tmp_path}/old.db?mode=ro&uri=true", "one"),
    ):
        pass


def test_a_driver_that_is_not_installed_is_named():
    with (
        pytest.raises(
            NoDriver,
            match=r"postgresql\+psycopg2://u:\*\*\*@host/db, .*pip install './grading\[postgresql\]'",
        ) as error,
        database.opened("postgresql+psycopg2://u:secret@host/db?password=secret", "x"),
    ):
        pass
    assert "secret" not in f"{error.value}"
