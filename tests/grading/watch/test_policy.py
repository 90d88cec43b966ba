"""When a student may have the next answer, and how much of it is shown."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from grading.errors import BadSetting
from grading.watch.policy import Attempts, what_is_shown
from grading.watch.settings import Settings

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC).timestamp()
HOUR = 3600


def hold(times, now=NOON, zone=UTC, **settings):
    return Attempts(Settings(**settings), times, zone).hold(now)


def test_the_first_answers_come_at_once_and_the_sixth_after_midnight():
    times = [NOON - hours * HOUR for hours in (5, 4, 3, 2)]
    assert hold(times) is None
    reached = hold([*times, NOON - HOUR])
    assert reached.is_limit
    assert datetime.fromtimestamp(reached.until, UTC) == datetime(2030, 1, 16, tzinfo=UTC)


def test_answers_of_the_day_before_do_not_count():
    assert hold([NOON - 13 * HOUR] * 5) is None


def test_the_day_is_that_of_the_course():
    evening = datetime(2030, 1, 15, 23, 30, tzinfo=UTC).timestamp()  # in Tokyo it is the 16th
    assert hold([NOON] * 5, evening).is_limit
    assert hold([NOON] * 5, evening, ZoneInfo("Asia/Tokyo")) is None


def test_between_two_answers_there_is_a_pause():
    waiting = hold([NOON - 20], pause=60)
    assert (waiting.is_limit, waiting.until) == (False, NOON + 40)
    assert hold([NOON - 60], pause=60) is None


def test_a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_pause():
    assert hold([NOON + 48 * HOUR], pause=60).until == NOON + 60


def test_no_limit_and_no_pause():
    assert hold([NOON] * 50, attempts_a_day=0, pause=0) is None


@pytest.mark.parametrize(
    ("due", "shown"), [(None, "score"), ("2030-01-15 12:00", "score"), ("2030-01-15 11:00", "all")]
)
def test_what_is_shown_depends_on_the_deadline(due, shown):
    settings = Settings(show_before_deadline="score", show_after_deadline="all")
    due = due and datetime.fromisoformat(due)
    assert what_is_shown(settings, due, datetime(2030, 1, 15, 11, 30)) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("attempts_a_day", -1),
        ("attempts_a_day", 2.5),
        ("pause", "1 minute"),
        ("show_before_deadline", "nothing"),
        ("late", "refuse"),
        ("require_owner", 1),
        ("incoming", None),
        ("tries", 5),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(BadSetting, match=rf"c\.Watch\.{name} = "):
        Settings.read({name: value})
    assert Settings.read({"attempts_a_day": 3}).attempts_a_day == 3
