"""A penalty for lateness is the one that is due today, whatever it depends on has changed since."""

from datetime import datetime, timedelta

import pytest
from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float
from traitlets.config import Config

from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder
from grading.pipeline.grade import Options, grade
from tests.classes import HE, NAME, all_rows, hand_in, read_gradebook, sample

DUE = datetime(2030, 1, 15, 12, 0)
ZERO = Config({"LateSubmissionPlugin": {"penalty_method": "zero"}})


class Hourly(LateSubmissionPlugin):
    """Some points for each hour."""

    points = Float(1).tag(config=True)

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return self.points * total_seconds_late / 3600


def set_due(course, due):
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=due)


def penalties(course):
    return {student: found["penalty"] for student, found in read_gradebook(course).items()}


@pytest.fixture
def course(own_released_course):
    """One punctual submission and one that came three hours late, graded: it gets no points."""
    set_due(own_released_course, DUE)
    for student, hour in (("punctual", 11), ("late", 15)):
        path = hand_in(own_released_course, student, sample("all-right-a"))
        path.with_name("timestamp.txt").write_text(f"2030-01-15 {hour}:00:00 UTC")
    own_released_course.config.merge(ZERO)
    grade(own_released_course, NAME)
    assert penalties(own_released_course) == {"punctual": None, "late": 100}
    return own_released_course


def test_a_later_deadline_takes_the_penalty_back_and_an_earlier_one_gives_it(course):
    set_due(course, DUE + timedelta(hours=4))
    summary = grade(course, NAME)
    assert (summary.ran, summary.recorded) == (0, 1)
    assert penalties(course) == {"punctual": None, "late": None}
    set_due(course, DUE - timedelta(hours=4))
    assert grade(course, NAME).recorded == 2
    assert penalties(course) == {"punctual": 100, "late": 100}
    set_due(course, None)
    assert grade(course, NAME).recorded == 2
    assert penalties(course) == {"punctual": None, "late": None}
    assert grade(course, NAME).recorded == 0


def test_an_extension_takes_the_penalty_back(course):
    with open_gradebook(course) as gradebook:
        gradebook.find_submission(NAME, "late").extension = timedelta(hours=3)
        gradebook.db.commit()
    assert grade(course, NAME).recorded == 1
    assert penalties(course)["late"] is None
    with open_gradebook(course) as gradebook:
        gradebook.find_submission(NAME, "late").extension = timedelta(hours=2, minutes=59)
        gradebook.db.commit()
    assert grade(course, NAME).recorded == 1
    assert penalties(course)["late"] == 100


def test_another_plugin_and_other_settings_count_at_once(course):
    course.config.merge(Config({"AssignLatePenalties": {"plugin_class": Hourly}}))
    assert grade(course, NAME).recorded == 1
    assert penalties(course) == {"punctual": None, "late": 3}
    course.config.merge(Config({"Hourly": {"points": 2.5}}))
    assert grade(course, NAME, Options(fresh=True)).recorded == 1
    assert penalties(course) == {"punctual": None, "late": 7.5}
    course.config.merge(Config({"Hourly": {"points": 1000}}))
    assert grade(course, NAME).recorded == 1
    assert penalties(course) == {"punctual": None, "late": 100}
    assert grade(course, NAME).recorded == 0


def test_a_plugin_that_is_added_later_counts(own_released_course):
    course = own_released_course
    set_due(course, DUE)
    path = hand_in(course, "late", sample("all-right-a"))
    path.with_name("timestamp.txt").write_text("2030-01-15 15:00:00 UTC")
    grade(course, NAME)
    assert penalties(course) == {"late": None}
    course.config.merge(ZERO)
    assert grade(course, NAME).recorded == 1
    assert penalties(course) == {"late": 100}


def test_another_time_of_arrival_changes_the_penalty(course):
    stamp = course.submitted("late", NAME).with_name("timestamp.txt")
    stamp.write_text("2030-01-15 11:30:00 UTC")
    assert grade(course, NAME).recorded == 1
    assert penalties(course)["late"] is None


def test_points_by_hand_change_the_penalty_and_are_not_marked_for_review_again(course):
    with open_gradebook(course) as gradebook:
        mark = gradebook.find_grade(f"{HE}-weights", NAME, NAME, "late")
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = 10, 2, False
        gradebook.db.commit()
    before = all_rows(course)
    assert grade(course, NAME).recorded == 1
    assert penalties(course)["late"] == 96
    after = all_rows(course)
    assert after["grade"] != before["grade"]  # each row shows its submission, penalty and all
    with open_gradebook(course) as gradebook:
        mark = gradebook.find_grade(f"{HE}-weights", NAME, NAME, "late")
        assert (mark.manual_score, mark.extra_credit, mark.needs_manual_grade) == (10, 2, False)


def test_a_penalty_that_is_pending_is_not_recorded_twice_and_can_be_rolled_back(
    course, monkeypatch
):
    set_due(course, DUE + timedelta(hours=4))
    recorded, record = [], GradebookRecorder.record

    def record_twice(recorder, graded):
        first, second = record(recorder, graded), record(recorder, graded)
        if graded.student == "late":
            pending = recorder.pending
            recorder.rollback()
            recorded.append((first, second, pending, recorder.pending))
        return record(recorder, graded)

    monkeypatch.setattr(GradebookRecorder, "record", record_twice)
    assert grade(course, NAME).recorded == 1
    assert recorded == [(True, False, 1, 0)]
    assert penalties(course)["late"] is None
