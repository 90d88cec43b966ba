"""A class graded in parallel.

It is recorded once and completely, a stopped run goes on, and the scores are the same at any number
of jobs and under stock nbgrader.
"""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

from grading.authoring.sample_class import make_sample_class, samples_of
from grading.course import Course
from grading.errors import CannotRecord, GradebookRefuses
from grading.gradebook.connection import open_gradebook
from grading.isolation.sandbox import bubblewrap
from grading.pipeline.grade import Options, grade
from grading.returns.run_summary_text import format_summaries
from tests.classes import (
    HE,
    NAME,
    SKIP_DEMOS,
    STOCK,
    all_rows,
    hand_in,
    read_gradebook,
    sample,
    scores,
    stored_results,
    with_code,
)
from tests.harness import COURSE


@pytest.fixture
def course(own_released_course):
    """The sample class of one assignment, handed in."""
    make_sample_class(own_released_course, NAME)
    return own_released_course


@pytest.fixture
def small_class(own_released_course):
    """Two submissions of the assignment, handed in."""
    for label in ("all-right-a", "wrong-1"):
        hand_in(own_released_course, f"sample-{label}", sample(label))
    return own_released_course


def start(course, *options):
    return subprocess.Popen(
        ["course", "grade", NAME, *options],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.long
def test_scores_do_not_depend_on_the_number_of_jobs(course):
    found = []
    for jobs in (1, 4, 2):
        summary = grade(course, NAME, Options(jobs=jobs, fresh=True))
        assert summary.ran + summary.reused == len(course.submissions(NAME))
        found.append(read_gradebook(course))
    assert all(other == found[0] for other in found[1:])
    assert len(set(scores(course).values())) > 4


def test_what_has_not_changed_is_neither_run_nor_recorded_again(course):
    first = grade(course, NAME)
    second = grade(course, NAME)
    assert (second.ran, second.recorded) == (0, 0)
    assert second.reused == first.ran + first.reused
    third = grade(course, NAME, Options(fresh=True))
    assert third.ran >= first.ran > 0
    assert third.recorded == 0


def test_an_assignment_is_read_from_the_disk_once_for_the_whole_class(course, monkeypatch):
    read_bytes, read = Path.read_bytes, []

    def counted(path):
        read.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    grade(course, NAME)
    assert read.count(course.source(NAME)) == read.count(course.release(NAME)) == 1
    stamp = course.submitted("sample-late", NAME).with_name("timestamp.txt")
    assert read.count(stamp) == 2  # to look into the cache, and to run it
    grade(course, NAME)
    assert read.count(stamp) == 3


def test_a_folder_whose_name_cannot_be_an_id_is_neither_read_nor_run(course):
    students = course.submissions(NAME)
    long = "x" * 129
    hand_in(course, long, with_code(HE, "only_in_this_submission = 1"))
    summary = grade(course, NAME)
    assert list(summary.attention) == [long]
    assert "nbgrader keeps 128" in summary.attention[long]
    assert summary.ran + summary.reused == len(students)
    assert set(scores(course)) == set(students)


def test_a_worse_resubmission_counts(course):
    hand_in(course, "again", sample("all-right-a"))
    grade(course, NAME)
    assert scores(course)["again"] == 100
    hand_in(course, "again", b"broken")
    summary = grade(course, NAME)
    assert (summary.ran, summary.recorded) == (1, 1)
    assert scores(course)["again"] == 0
    hand_in(course, "again", with_code(HE, "def nothing(): pass"))
    grade(course, NAME)
    assert 0 < scores(course)["again"] < 100


def test_a_score_that_someone_else_wrote_is_put_right(course):
    grade(course, NAME)
    before = read_gradebook(course)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-blank").auto_score = 17
        gradebook.db.commit()
    course.autograded("sample-late", NAME).unlink()
    assert grade(course, NAME).recorded == 2
    assert read_gradebook(course) == before
    assert course.autograded("sample-late", NAME).is_file()


def test_a_grade_given_by_hand_stays_and_is_shown_for_review(course):
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-blank").manual_score = 5
        gradebook.db.commit()
    hand_in(course, "sample-blank", sample("wrong-1"))
    grade(course, NAME)
    grades = read_gradebook(course)["sample-blank"]["grades"]
    (weights,) = [recorded for recorded in grades if recorded[0] == f"{HE}-weights"]
    assert weights[2:] == (5, True)


def test_killed_at_any_moment_the_same_command_goes_on(course):
    """The run is killed three times, then the same command is given again.

    Nothing is lost, half written or run twice.
    """
    kept = 0
    for _ in range(3):
        process = start(course, "--jobs", "2")
        while len(stored_results(course)) < min(kept + 3, 11) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = len(stored_results(course))
    assert kept >= 3
    summary = grade(course, NAME)
    assert summary.reused >= kept
    assert summary.ran + kept <= len(course.submissions(NAME))
    found = read_gradebook(course)
    clean = Course.at(shutil.copytree(course.root, course.root.parent / "clean"))
    for made in (clean.root / ".results", clean.root / "autograded"):
        shutil.rmtree(made)
    grade(clean, NAME, Options(fresh=True))
    assert read_gradebook(clean) == found
    assert {student: entry["score"] for student, entry in found.items()} == scores(clean)
    leftovers = [path for path in course.root.rglob("*") if ".part" in path.name]
    assert leftovers == []


def test_processes_end_with_the_command_that_is_killed(course):
    process = start(course)
    while not stored_results(course) and process.poll() is None:
        time.sleep(0.01)
    family = _descendants(process.pid)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(family) >= 2  # the prefork servers; between two submissions there is nobody else
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []


def _descendants(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = [int(word) for word in children.read_text().split()] if children.exists() else []
    return found + [grandchild for child in found for grandchild in _descendants(child)]


def test_two_runs_at_once_wait_for_each_other(course):
    first, second = start(course), start(course)
    said = [process.communicate() for process in (first, second)]
    assert first.returncode == second.returncode == 0, said
    assert sum("another run is grading" in err for _, err in said) == 1
    summaries = [
        line for out, _ in said for line in out.split("\n") if line.startswith(f"{NAME}: ")
    ]
    ran = sorted(int(line.split()[1]) for line in summaries)
    assert ran[0] == 0
    assert len(scores(course)) == len(course.submissions(NAME))


def test_a_locked_gradebook_stops_with_a_word_and_what_ran_is_kept(course):
    grade(course, NAME)
    hand_in(course, "one-more", sample("all-right-a"))
    holder = sqlite3.connect(course.root / "gradebook.db")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        said = rf"sqlite:///{course.root}/gradebook.db could .* \(database is locked\)"
        with pytest.raises(GradebookRefuses, match=said):
            grade(course, NAME)
    finally:
        holder.rollback()
        holder.close()
    assert grade(course, NAME).recorded == 1
    assert scores(course)["one-more"] == 100


def test_a_full_disk_stops_with_a_word_and_the_same_command_goes_on(small_class):
    """No file may grow beyond 120 kB: the gradebook already has, so nothing can be added to it."""
    size = 120_000
    assert (small_class.root / "gradebook.db").stat().st_size > size

    def limit_file_size():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    done = subprocess.run(
        ["course", "grade", NAME],
        cwd=small_class.root,
        capture_output=True,
        text=True,
        preexec_fn=limit_file_size,
    )
    assert done.returncode == 2
    assert "Grading stopped: " in done.stderr
    assert "Nothing is half recorded" in done.stderr
    assert "Traceback" not in done.stderr
    assert scores(small_class) == {}
    summary = grade(small_class, NAME)
    assert summary.reused > 0
    assert len(scores(small_class)) == len(small_class.submissions(NAME))


def test_a_folder_that_cannot_be_written_stops_with_its_name(course):
    (course.root / "autograded").write_text("in the way")
    with pytest.raises(CannotRecord, match="autograded"):
        grade(course, NAME)
    (course.root / "autograded").unlink()
    assert grade(course, NAME).recorded == len(course.submissions(NAME))


def test_late_penalties_are_those_of_nbgrader_s_plugin(course):
    course.config.merge(Config({"LateSubmissionPlugin": {"penalty_method": "zero"}}))
    grade(course, NAME)
    found = read_gradebook(course)
    assert found["sample-late"]["late"] > 0
    assert found["sample-late"]["penalty"] == 100
    assert found["sample-all-right-a"]["penalty"] is None


# nbgrader warns when it makes a submission
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_nbgrader_s_own_command_writes_the_same_rows(course):
    """Two gradebooks, one filled by each command, are the same in every table.

    They are so after grading, and after grading again.
    """
    students = [
        "sample-blank",
        "sample-late",
        "sample-wrong-3",
        "sample-helper-cells",
        "sample-syntax-error",
    ]
    for student in set(course.submissions(NAME)) - set(students):
        shutil.rmtree(course.submitted(student, NAME).parent)
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    ours = Course.at(course.root)
    theirs = Course.at(shutil.copytree(course.root, course.root.parent / "theirs"))
    grade(ours, NAME)
    _autograde(theirs, students)
    assert all_rows(ours) == all_rows(theirs)
    assert read_gradebook(ours)["sample-late"]["penalty"] == 100
    for student in students:
        one, two = (course.autograded(student, NAME).read_text() for course in (ours, theirs))
        assert _cells(one) == _cells(two)
    for course in (ours, theirs):
        _by_hand(course)
        hand_in(course, "sample-blank", sample("wrong-3"))
        course.submitted("sample-wrong-3", NAME).with_name("timestamp.txt").write_text(
            "2030-01-15 15:00:00 UTC"
        )
    assert grade(ours, NAME).recorded == 2
    _autograde(theirs, students)
    assert all_rows(ours) == all_rows(theirs)
    assert read_gradebook(ours)["sample-wrong-3"]["penalty"] == scores(ours)["sample-wrong-3"] > 0


def _autograde(course, students):
    for student in students:
        result = course.api.autograde(NAME, student, force=True, create=True)
        assert result["success"], result["log"]


def _by_hand(course):
    """What a person gives in formgrader: a score, extra credit, a comment, a flag."""
    with open_gradebook(course) as gradebook:
        for student in ("sample-blank", "sample-wrong-3"):
            grade = gradebook.find_grade(f"{HE}-weights", NAME, NAME, student)
            grade.manual_score, grade.extra_credit = 5, 0.5
            grade.needs_manual_grade = student == "sample-wrong-3"
            gradebook.find_comment(HE, NAME, NAME, student).manual_comment = "see me"
            gradebook.find_submission_notebook(NAME, NAME, student).flagged = True
        gradebook.db.commit()


def _cells(page):
    cells = nbformat.reads(page, as_version=4).cells
    return [
        (cell.cell_type, cell.source, cell.get("outputs"), cell.metadata.get("nbgrader"))
        for cell in cells
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    "students",
    [["sample-he-bias"], ["sample-all-right-a", "sample-wrong-1", "sample-helper-cells"]],
)
def test_honest_work_scores_the_same_under_stock_nbgrader(course, students):
    """The same source notebook, run by nbgrader's own Execute in one kernel."""
    stock = Course.at(shutil.copytree(course.root, course.root.parent / "stock"))
    with (stock.root / "nbgrader_config.py").open("a") as settings:
        settings.write(STOCK + SKIP_DEMOS)
    for student in students:
        command = ["nbgrader", "autograde", NAME, "--student", student, "--force"]
        done = subprocess.run(command, cwd=stock.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert not (stock.root / ".results").exists()  # it was Execute that ran
    grade(course, NAME)
    ours, theirs = read_gradebook(course), read_gradebook(stock)
    assert {one: ours[one]["grades"] for one in students} == {
        one: theirs[one]["grades"] for one in students
    }


@pytest.mark.long
def test_demos_run_when_asked_for_and_change_no_score(course):
    name = "gradient_checking"  # its demonstrations are the quickest
    make_one(course, name, "wrong-2")
    grade(course, name)
    before, quiet = (
        read_gradebook(course, name),
        course.autograded("sample-wrong-2", name).read_text(),
    )
    grade(course, name, Options(run_demos=True))
    shown = course.autograded("sample-wrong-2", name).read_text()
    assert read_gradebook(course, name) == before
    assert "image/png" not in quiet
    assert shown.count("image/png") >= 3


def make_one(course, name, label):
    (chosen,) = [one for one in samples_of(COURSE, name, 0) if one.student == f"sample-{label}"]
    hand_in(course, chosen.student, chosen.notebook, name)


def test_without_a_sandbox_to_be_had_grading_refuses_and_says_how_to_go_on(small_class):
    environment = os.environ | {"BWRAP": "/nonexistent/bwrap"}
    done = subprocess.run(
        ["course", "grade", NAME],
        cwd=small_class.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "apt install bubblewrap" in done.stderr
    assert "--no-sandbox" in done.stderr
    assert scores(small_class) == {}
    done = subprocess.run(
        ["course", "grade", NAME, "--no-sandbox"],
        cwd=small_class.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "WITHOUT A SANDBOX" in done.stdout
    assert scores(small_class)["sample-all-right-a"] == 100


def test_the_bubblewrap_that_is_named_is_the_one_that_is_used(small_class, tmp_path):
    used, named = tmp_path / "used", tmp_path / "my-bwrap"
    named.write_text(f'#!/bin/sh\necho once >> {used}\nexec {bubblewrap()} "$@"\n')
    named.chmod(0o755)
    environment = os.environ | {"BWRAP": str(named)}
    subprocess.run(
        ["course", "grade", NAME],
        cwd=small_class.root,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert len(used.read_text().split()) >= len(stored_results(small_class))


def test_the_summary_says_what_was_done_and_what_to_look_at(course):
    hand_in(course, "bad", b"{\x1b[31m")
    summary = grade(course, NAME)
    said = format_summaries({NAME: summary}, Options())
    assert "1 need attention" in said
    assert "needs attention: bad: The notebook is not JSON" in said
    assert "\x1b" not in said
