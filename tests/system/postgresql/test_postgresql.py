"""The gradebook on a real PostgreSQL server.

It holds the same as on SQLite, with several writers at once, killed runs and lost connections.
"""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psycopg
import pytest
from nbgrader.api import BaseCell, Grade
from sqlalchemy import func, select

from grading.authoring.build import build
from grading.authoring.sample_class import make_sample_class
from grading.course import Course
from grading.engine.job import Result
from grading.errors import NoBackup, NotEmpty
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission
from grading.gradebook.transfer import restore
from grading.pipeline.grade import grade
from grading.returns.score_table import read_table
from tests.classes import HE, NAME, all_rows, hand_in, read_gradebook, sample, scores
from tests.grading.gradebook.test_regrade_log import SHAPES, added, edit, removed
from tests.postgresql import MISSING, PASSWORD, binaries, postgresql
from tests.server import jupyter_lab

OTHER = "regularization"
LATE = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'
pytestmark = [
    pytest.mark.skipif(binaries() is None, reason=MISSING),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own steps
]


@pytest.fixture(scope="module")
def server():
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def on_sqlite(released_course, tmp_path_factory):
    """Two assignments of one class graded on SQLite, with penalties for lateness.

    `empty.db` is the gradebook before grading. Shared, so tests must not change it.
    """
    root = tmp_path_factory.mktemp("sqlite") / "course"
    course = Course.at(shutil.copytree(released_course.root, root))
    setting(course, LATE)
    course = Course.at(root)
    for name in (NAME, OTHER):
        make_sample_class(course, name)
    zone = course.submitted("sample-blank", NAME).with_name("timestamp.txt")
    zone.write_text("2030-01-15T23:30:00+09:00")  # late by 2.5 h, read as a time in UTC
    shutil.copy(root / "gradebook.db", root / "empty.db")
    for name in (NAME, OTHER):
        grade(course, name)
    return course


@pytest.fixture
def course(on_sqlite, server, empty, tmp_path):
    """The same class, handed in and run already, with an empty gradebook on the server."""
    root = shutil.copytree(on_sqlite.root, tmp_path / "course")
    shutil.rmtree(root / "autograded")
    (root / "gradebook.db").unlink()
    return moved(Course.at(root), server, empty)


@pytest.fixture(scope="module")
def empty(on_sqlite, server, tmp_path_factory):
    """A database with the assignments, in which nobody is graded."""
    root = shutil.copytree(on_sqlite.root, tmp_path_factory.mktemp("empty") / "course")
    url = server.create()
    setting(Course.at(root), f"c.CourseDirectory.db_url = {url!r}\n")
    assert restore(Course.at(root), root / "empty.db") > 0
    return url


def setting(course, line):
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(line)


def moved(course, server, empty):
    """The course with its gradebook in a new database: a copy of the empty one."""
    setting(course, f"c.CourseDirectory.db_url = {server.create(empty)!r}\n")
    return Course.at(course.root)


def start(course, *words):
    return subprocess.Popen(
        ["course", *words],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(course, *words):
    process = start(course, *words)
    out, err = process.communicate()
    return process.returncode, out, err


@pytest.mark.long
def test_a_class_is_graded_as_on_sqlite_and_shown_the_same(course, on_sqlite):
    for name in (NAME, OTHER):
        assert grade(course, name).ran == 0
    assert all_rows(course) == all_rows(on_sqlite)
    assert read_gradebook(course)["sample-late"]["penalty"] == 100
    assert read_gradebook(course)["sample-blank"]["late"] == 2.5 * 3600
    assert grade(course, NAME).recorded == 0
    assert read_table(course, NAME) == read_table(on_sqlite, NAME)
    for words in (["export", NAME, "--to", "ours.csv", "--cells"], ["report", NAME], ["table"]):
        assert run(course, *words)[0] == 0
    assert (
        run(on_sqlite, "export", NAME, "--to", str(course.root / "sqlite.csv"), "--cells")[0] == 0
    )
    assert (course.root / "ours.csv").read_text() == (course.root / "sqlite.csv").read_text()


@pytest.mark.long
def test_nbgrader_s_own_commands_see_and_write_the_same(course, on_sqlite):
    for name in (NAME, OTHER):
        grade(course, name)
    before = all_rows(course)
    result = course.api.autograde(NAME, "sample-he-bias", force=True, create=True)
    assert result["success"], result["log"]
    assert all_rows(course) == before
    rows = [exported(one) for one in (course, on_sqlite)]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 20
    with jupyter_lab(course.root) as lab:
        shown = {
            what: json.loads(lab.ask("GET", f"/formgrader/api/{what}")[0])
            for what in (f"submissions/{NAME}", "assignments", "students")
        }
        page = lab.ask("GET", f"/formgrader/gradebook/{NAME}/{NAME}")[0]
    api = on_sqlite.api
    assert plain(shown[f"submissions/{NAME}"]) == plain(api.get_submissions(NAME))
    assert plain(shown["assignments"]) == plain(api.get_assignments())
    assert plain(shown["students"]) == plain(api.get_students())
    assert "Manual Grading" in page


def exported(course):
    """What `nbgrader export` writes, by row."""
    to = f"--CsvExportPlugin.to={course.root}/all.csv"
    command = ["nbgrader", "export", "--to", "all.csv", to]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    with (course.root / "all.csv").open(newline="") as file:
        return sorted(tuple(row) for row in csv.reader(file))


def plain(entries):
    """What formgrader shows of some entries, without the rows' own ids."""
    kept = [
        {key: value for key, value in entry.items() if key != "id" or value == entry.get("student")}
        for entry in entries
    ]
    return sorted(json.loads(json.dumps(kept, default=str)), key=repr)


@pytest.mark.long
def test_two_runs_at_once_for_two_assignments_lose_nothing(course, on_sqlite, server, empty):
    wanted = all_rows(on_sqlite)
    for _ in range(3):
        runs = [start(course, "grade", name) for name in (NAME, OTHER)]
        said = [process.communicate() for process in runs]
        assert [process.returncode for process in runs] == [0, 0], said
        assert all_rows(course) == wanted
        shutil.rmtree(course.root / "autograded")
        course = moved(course, server, empty)


@pytest.mark.long
def test_writers_of_the_same_new_students_neither_clash_nor_wait_in_a_circle(course):
    """Batches of two assignments with the same students, at the same time, in opposite orders."""
    students = [f"student-{number:03d}" for number in range(600)]
    result = Result('{"cells": []}', {})
    together = threading.Barrier(2)

    def write(name, step):
        with open_gradebook(course) as gradebook:
            recorder = GradebookRecorder(course, name, gradebook)
            for first in range(0, len(students), 20):
                for student in students[first : first + 20][::step]:
                    recorder.record(GradedSubmission(student, result, {}, None))
                together.wait(60)
                recorder.commit()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(write, NAME, 1), pool.submit(write, OTHER, -1)]:
            one.result(120)
    with open_gradebook(course) as gradebook:
        assert {one.id for one in gradebook.students} == set(students)
        for name in (NAME, OTHER):
            assert len(gradebook.assignment_submissions(name)) == len(students)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_new_gradebook_may_be_opened_by_several_at_once(released_course, server, tmp_path, kind):
    url = server.create() if kind == "postgresql" else f"sqlite:///{tmp_path}/new.db"
    code = (
        "from grading.gradebook.connection import opened\n"
        f"with opened({url!r}, 'one') as book: print(book.check_course('one').id)"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert [process.communicate() for process in runs] == [("one\n", "")] * 4


@contextmanager
def held(course, server):
    """Nobody can write comments, so a run waits in the middle of its batch. Yields the run."""
    database = course.db_url.rpartition("/")[2]
    with server.connect(database) as connection, connection.transaction():
        connection.execute("LOCK TABLE comment IN EXCLUSIVE MODE")
        process = start(course, "grade", NAME)
        with server.connect(database) as other:
            while not other.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                assert process.poll() is None, process.communicate()
                time.sleep(0.05)
        yield process


@pytest.mark.long
def test_killed_in_the_middle_of_a_batch_there_is_nothing_of_it(course, on_sqlite, server):
    before = all_rows(course)
    with held(course, server) as process:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    # Files are written before rows.
    assert list((course.root / "autograded").glob(f"*/{NAME}/{NAME}.ipynb"))
    assert all_rows(course) == before
    for name in (NAME, OTHER):
        assert run(course, "grade", name)[0] == 0
    assert all_rows(course) == all_rows(on_sqlite)


@pytest.mark.long
def test_the_server_stops_in_the_middle_and_the_same_command_goes_on_later(
    course, on_sqlite, server
):
    before = all_rows(course)
    try:
        # The connection of `held` is lost as well.
        with suppress(psycopg.OperationalError), held(course, server) as process:
            server.stop()
            _, err = process.communicate(timeout=60)
        down = run(course, "grade", NAME)
    finally:
        server.start()
    assert process.returncode == down[0] == 2
    assert "Grading stopped: the gradebook at postgresql+psycopg://course:***@" in err
    assert "could not be written (" in err
    assert "could not be opened (connection failed: " in down[2]
    assert "Is the server running" in down[2]
    for said in (err, down[2]):
        assert "Traceback" not in said
        assert PASSWORD not in said
    assert all_rows(course) == before
    for name in (NAME, OTHER):
        assert run(course, "grade", name)[0] == 0
    assert all_rows(course) == all_rows(on_sqlite)


@pytest.mark.long
def test_changed_tests_leave_a_backup_that_can_be_brought_back(course, server):
    for student, label in (("right", "all-right-a"), ("he", "wrong-3")):
        hand_in(course, student, sample(label))
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(SHAPES, NAME, NAME, "he").manual_score = 1
        gradebook.db.commit()
    before = all_rows(course)
    edit(course, added, removed)
    sync = build(course, NAME)
    assert (sync.new, sync.gone) == ((f"{HE}-never",), (SHAPES,))
    backup, removed_rows = sync.kept
    assert {path.parent for path in sync.kept} == {course.root}
    with removed_rows.open(newline="") as file:
        assert {row["student"]: row["manual_score"] for row in csv.DictReader(file)}["he"] == "1.0"
    changes = {change.student: change.why for change in grade(course, NAME).changes}
    assert changes["right"] == f"test gone: {SHAPES} -5"
    assert scores(course)["right"] == 95
    with open_gradebook(course) as gradebook:
        cells = set(gradebook.db.execute(select(BaseCell.name)).scalars())
        assert SHAPES not in cells
        assert (
            gradebook.db.execute(select(func.count()).where(Grade.cell_id.is_(None))).scalar() == 0
        )
    assert run(course, "restore", str(backup))[0] == 2
    with pytest.raises(NotEmpty, match=r"course:\*\*\*@127.0.0.1"):
        restore(course, backup)
    with pytest.raises(NoBackup):
        restore(course, removed_rows)
    for url in (server.create(), f"sqlite:///{course.root}/back.db"):
        setting(course, f"c.CourseDirectory.db_url = {url!r}\n")
        status, out, err = run(course, "restore", str(backup))
        assert status == 0, err
        assert PASSWORD not in out
        assert all_rows(Course.at(course.root)) == before


WRONG_URLS = {  # how a url goes wrong, and what the message must say
    "no database": (
        lambda url, server: f"{url}_none",
        r'database "gradebook_\d+_none" does not exist',
    ),
    "wrong password": (
        lambda url, server: server.url(url.rpartition("/")[2], "wrong-secret"),
        "password authentication failed",
    ),
    "no server": (
        lambda url, server: url.replace(f":{server.port}/", ":1/"),
        "Connection refused",
    ),
    "password not quoted": (
        lambda url, server: url.replace("%40@", "@@"),
        "is no address of a database",
    ),
}


OTHER_WRONG_URLS = [wrong for wrong in WRONG_URLS if wrong != "wrong password"]


@pytest.mark.parametrize(
    "wrong",
    ["wrong password", *(pytest.param(one, marks=pytest.mark.long) for one in OTHER_WRONG_URLS)],
)
def test_a_gradebook_that_cannot_be_opened_is_an_error_with_a_message(course, server, wrong):
    change, found = WRONG_URLS[wrong]
    setting(course, f"c.CourseDirectory.db_url = {change(course.db_url, server)!r}\n")
    for words in (["table"], ["grade", NAME]):
        status, _, err = run(course, *words)
        assert status == 2, err
        assert re.search(found, err)
        assert "Traceback" not in err
        assert "secret" not in err


def test_without_psycopg_the_package_to_install_is_named(course):
    code = (
        "import sys; sys.modules['psycopg'] = None; "
        "from grading.cli import main; sys.exit(main(['table']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "pip install './grading[postgresql]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_ids_that_no_gradebook_takes_need_attention_and_stop_nobody(course):
    long, broken = "x" * 200, os.fsdecode(b"caf\xe9")
    for student in (long, broken, "Zoë 'quoted' 🎓"):
        hand_in(course, student, sample("all-right-a"))
    status, out, err = run(course, "grade", NAME)
    assert status == 1, err
    assert "it has 200 characters, and nbgrader keeps 128" in out
    assert "it is not text in UTF-8" in out
    assert scores(course)["Zoë 'quoted' 🎓"] == 100
    assert len(scores(course)) == len(course.submissions(NAME)) - 2
    assert run(course, "report", NAME)[0] == 0
