"""What a student is told, in words and for the notebook."""

import json
from datetime import UTC, datetime

import pytest

from grading.messages import message
from grading.watch.answer import Answer, attempts_left, graded, held
from grading.watch.policy import Attempts, Hold
from grading.watch.settings import Settings

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC).timestamp()
FEEDBACK = {"score": 84.25, "max_score": 100.0, "functions": [{"name": "f"}]}


def test_all_is_the_feedback_as_it_is():
    assert graded("all", FEEDBACK, "") == ("graded", None, FEEDBACK)


@pytest.mark.parametrize(("until", "end"), [("", "points."), ("noon", "the deadline, noon.")])
def test_the_points_alone_hold_no_function(until, end):
    state, sentence, content = graded("score", FEEDBACK, until)
    assert (state, content["functions"], content["score"]) == ("graded", [], 84.25)
    assert str(sentence).startswith("You have 84.25 of 100 points.")
    assert str(sentence).endswith(end)


def test_that_it_was_received_says_no_points():
    state, sentence, content = graded("received", FEEDBACK, "noon")
    assert (state, content) == ("received", None)
    assert "84" not in str(sentence)


@pytest.mark.parametrize(
    ("most", "times", "said"),
    [
        (5, 2, "This was attempt 2 of 5 today."),
        (2, 2, "This was the last of 2 answers today."),
        (1, 1, "This was your one answer today."),
        (0, 9, "None"),
    ],
)
def test_each_answer_says_which_attempt_it_was(most, times, said):
    attempts = Attempts(Settings(attempts_a_day=most, pause=0), [NOON] * times, UTC)
    assert str(attempts_left(attempts, NOON, UTC)).startswith(said)


def test_why_an_answer_waits():
    assert "You had 5 answers today" in str(held(Hold(True, NOON), 5, UTC))
    assert "2030-01-15 12:00 UTC" in str(held(Hold(False, NOON), 5, UTC))


def test_page_and_answer_speak_the_notebook_s_language_and_escape():
    answer = Answer("init", "<student1>", "superseded", (message("watch.superseded"),), "zh_CN")
    page, content = answer.as_page(), json.loads(answer.as_json())
    assert content["said"] == "在评分之前你又提交了一次。以新的为准。"
    assert content["said"] in page
    assert '<html lang="zh-CN">' in page
    assert "<student1>" not in page
    assert "script" not in page
