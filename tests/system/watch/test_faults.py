"""Whatever fails, nothing is lost and nothing is graded twice: real processes, really killed."""

import contextlib
import resource
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter

import psutil
import pytest

from grading.watch.journal import FILE, FOLDER
from tests.classes import NAME, sample, scores, with_code
from tests.watching import Class, Watching, answer_to, wait_until, watching

LONG = pytest.mark.long
HE = "initialize_parameters_he"
POINTS = [
    ("before", "recorded"),
    *(
        pytest.param(when, kind, marks=LONG)
        for when, kind in (
            ("before", "add"),
            ("after", "add"),
            ("before", "started"),
            ("after", "started"),
            ("after", "recorded"),
            ("before", "answered"),
            ("after", "answered"),
        )
    ),
]


@pytest.fixture
def classroom(own_released_course, tmp_path):
    return Class.make(own_released_course, tmp_path, pause=0)


def events(classroom):
    """How many lines of each kind the journal has for each student."""
    with contextlib.closing(sqlite3.connect(classroom.course.root / FOLDER / FILE)) as db:
        query = (
            "SELECT student, kind FROM event JOIN arrival ON arrival.id = event.arrival "
            "ORDER BY event.id"
        )
        found = {}
        for student, kind in db.execute(query):
            found.setdefault(student, Counter())[kind] += 1
    return found


@LONG
def test_a_hand_in_while_nobody_watches_is_answered_later(classroom):
    handed_in = classroom.hand_in("student1", sample("all-right-a"))
    with watching(classroom.course):
        assert answer_to(handed_in)["feedback"]["score"] == 100


@pytest.mark.parametrize(("when", "kind"), POINTS)
def test_after_kill_9_at_any_point_each_is_answered_once(classroom, when, kind):
    dying = (sys.executable, "-m", "tests.system.watch.dying", when, kind)
    watcher = Watching(classroom.course, command=dying)
    wait_until(watcher.is_ready)
    work = {"student1": "all-right-a", "student2": "he-bias", "student3": "blank"}
    handed_in = {who: classroom.hand_in(who, sample(label)) for who, label in work.items()}
    assert watcher.process.wait(timeout=60) == -signal.SIGKILL
    with watching(classroom.course):
        points = {who: answer_to(one)["feedback"]["score"] for who, one in handed_in.items()}
        wait_until(lambda: all(of["answered"] for of in events(classroom).values()))
    assert points == scores(classroom.course) == {"student1": 100, "student2": 84, "student3": 0}
    for counts in events(classroom).values():
        assert (counts["recorded"], counts["answered"]) == (1, 1)


@LONG
def test_sigterm_ends_it_after_the_one_in_hand(classroom):
    slow = with_code(HE, "import time\ntime.sleep(3)\n" + _solution())
    with watching(classroom.course) as watcher:
        handed_in = classroom.hand_in("student1", slow)
        wait_until(lambda: events(classroom).get("student1", {}).get("started"))
        assert watcher.end() == 0
        assert answer_to(handed_in, 0.1)["feedback"]["score"] == 100


@LONG
def test_a_killed_worker_costs_a_second_try_and_nobody_else_waits(classroom):
    looping = with_code(HE, "import time\ntime.sleep(6)\n" + _solution())
    with watching(classroom.course) as watcher:
        student1 = classroom.hand_in("student1", looping)
        wait_until(lambda: _graders(watcher))
        time.sleep(1)
        for process in _graders(watcher):
            process.kill()
        student2 = classroom.hand_in("student2", sample("he-bias"))
        assert answer_to(student2)["feedback"]["score"] == 84
        assert not student1.answer.exists()
        assert answer_to(student1)["feedback"]["score"] == 100
    assert events(classroom)["student1"]["recorded"] == 1


@LONG
def test_one_that_kills_its_worker_each_time_is_told_to_the_instructor(classroom):
    looping = with_code(HE, "import time\ntime.sleep(20)\n" + _solution())
    with watching(classroom.course) as watcher:
        handed_in = classroom.hand_in("student1", looping)
        while not handed_in.answer.exists():
            for process in _graders(watcher):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            time.sleep(0.2)
        assert answer_to(handed_in)["state"] == "refused"
        wait_until(lambda: "grading it failed 4 times" in watcher.said())


@LONG
def test_a_locked_gradebook_is_waited_for(classroom):
    with watching(classroom.course) as watcher:
        gradebook = sqlite3.connect(classroom.course.root / "gradebook.db", isolation_level=None)
        gradebook.execute("BEGIN EXCLUSIVE")
        handed_in = classroom.hand_in("student1", sample("all-right-a"))
        wait_until(lambda: "locked" in watcher.said(), 120)
        gradebook.execute("ROLLBACK")
        gradebook.close()
        assert answer_to(handed_in)["feedback"]["score"] == 100
    assert events(classroom)["student1"]["recorded"] == 1


@LONG
def test_where_no_file_can_be_written_it_says_so_and_goes_on_when_there_is_room(classroom):
    with watching(classroom.course) as watcher:
        pid = watcher.process.pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        handed_in = {
            "student1": classroom.hand_in("student1", sample("all-right-a")),
            "student2": classroom.hand_in("student2", sample("he-bias")),
        }
        time.sleep(3)
        assert not any(one.answer.exists() for one in handed_in.values())
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        points = {who: answer_to(one)["feedback"]["score"] for who, one in handed_in.items()}
    assert points == {"student1": 100, "student2": 84}
    assert {counts["answered"] for counts in events(classroom).values()} == {1}


@LONG
def test_an_exchange_that_cannot_be_read_is_waited_for(classroom):
    with watching(classroom.course) as watcher:
        handed_in = classroom.hand_in("student1", sample("all-right-a"))
        answer_to(handed_in)
        away = classroom.root.with_name("away")
        classroom.root.rename(away)
        wait_until(lambda: "No such file" in watcher.said())
        away.rename(classroom.root)
        second = classroom.hand_in("student1", sample("he-bias"))
        assert answer_to(second)["feedback"]["score"] == 84


@LONG
def test_a_clock_that_is_set_back_loses_nothing(classroom):
    with watching(classroom.course):
        first = answer_to(classroom.hand_in("student1", sample("he-bias")))
        late = classroom.hand_in("student1", sample("all-right-a"))
        answer_to(late)
        # a hand-in whose clock is a day behind, as after the clock of the machine was set back
        early = next(classroom.inbound.glob("student1+*"))
        behind = early.with_name(f"student1+{NAME}+2020-01-15 15:00:00.000000 UTC+abcdefgh")
        copy = classroom.inbound.parent / "copy"
        shutil.copytree(early, copy)
        (copy / "submission_secret.txt").write_text("2" * 128)
        (copy / f"{NAME}.ipynb").write_text(
            (classroom.homes / "student1" / NAME / f"{NAME}.ipynb").read_text()
        )
        copy.chmod(0o777)
        copy.rename(behind)
        wait_until(lambda: events(classroom)["student1"]["answered"] == 3)
    assert first["feedback"]["score"] == 84
    assert scores(classroom.course) == {"student1": 100}


@LONG
def test_of_many_hand_ins_of_one_student_the_last_counts_and_others_get_their_turn(classroom):
    many = [classroom.hand_in("student1", sample("he-bias")) for _ in range(8)]
    many.append(classroom.hand_in("student1", sample("all-right-a")))
    student2 = classroom.hand_in("student2", sample("blank"))
    with watching(classroom.course):
        assert answer_to(many[-1])["feedback"]["score"] == 100
        assert answer_to(student2)["feedback"]["score"] == 0
        assert {answer_to(one)["state"] for one in many[:-1]} == {"superseded"}
    assert events(classroom)["student1"] == {
        "started": 1,
        "recorded": 1,
        "answered": 1,
        "superseded": 8,
    }


@LONG
def test_a_burst_of_500_loses_nobody(classroom):
    students = [f"s{number:03d}" for number in range(500)]
    labels = ("all-right-a", "he-bias", "blank")
    with watching(classroom.course):
        handed_in = {
            student: classroom.hand_in(student, sample(labels[number % 3]))
            for number, student in enumerate(students)
        }
        for one in handed_in.values():
            answer_to(one, 900)
    expected = {student: (100, 84, 0)[number % 3] for number, student in enumerate(students)}
    assert scores(classroom.course) == expected
    assert all((of["recorded"], of["answered"]) == (1, 1) for of in events(classroom).values())


def _solution():
    from tests.classes import cell_of

    return cell_of(sample("all-right-a"), HE).source


def _graders(watcher):
    """The processes that grade a submission now: those below the engine's two parents."""
    with contextlib.suppress(psutil.NoSuchProcess):
        parents = psutil.Process(watcher.process.pid).children()
        return [child for parent in parents for child in parent.children()]
    return []
