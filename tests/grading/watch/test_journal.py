"""The journal: a hand-in is in it once, and nothing is ever taken out."""

import sqlite3

import pytest

from grading.watch import journal as kinds
from grading.watch.arrival import Arrival
from grading.watch.journal import Journal


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path)
    yield journal
    journal.close()


def arrival(key, student="student1"):
    return Arrival("exchange", key, student, "initialization", "2030-01-15 15:00:00 UTC")


def test_a_hand_in_that_is_seen_twice_is_there_once(journal):
    journal.add([arrival("a"), arrival("b")])
    journal.add([arrival("b"), arrival("c")])
    assert [(one.id, one.key) for one in journal.unfinished()] == [(1, "a"), (2, "b"), (3, "c")]
    assert journal.known("exchange") == {"a", "b", "c"}
    assert journal.known("folder") == set()


@pytest.mark.parametrize("kind", kinds.LAST_WORDS)
def test_what_has_its_last_word_is_finished(journal, kind):
    journal.add([arrival("a"), arrival("b")])
    first, second = journal.unfinished()
    journal.note(first, kinds.STARTED)
    assert journal.unfinished() == [first, second]
    journal.note(first, kind)
    assert journal.unfinished() == [second]
    assert (journal.has_last_word(first), journal.has_last_word(second)) == (True, False)


def test_another_process_finds_what_was_written(journal, tmp_path):
    journal.add([arrival("a")])
    (one,) = journal.unfinished()
    journal.note(one, kinds.STARTED, "x")
    other = Journal(tmp_path)
    assert other.unfinished() == [one]
    assert [(event.kind, event.text) for event in other.events(one)] == [("started", "x")]
    other.close()


def test_a_later_hand_in_that_was_taken_in_overtakes(journal):
    journal.add([arrival("a"), arrival("b"), arrival("c", "student2")])
    first, second, _ = journal.unfinished()
    assert not journal.is_overtaken(first)
    journal.note(second, kinds.HELD)
    assert journal.is_overtaken(first)
    assert not journal.is_overtaken(second)


def test_answers_of_a_student_are_counted_without_the_one_in_question(journal):
    journal.add([arrival("a"), arrival("b"), arrival("c", "student2")])
    first, second, third = journal.unfinished()
    for one in (first, first, second):  # recorded twice is one answer
        journal.note(one, kinds.RECORDED)
    assert len(journal.answer_times(first)) == 1
    assert (
        len(journal.answer_times(Arrival("exchange", "d", "student1", "initialization", "", 4)))
        == 2
    )
    assert journal.answer_times(third) == []


def test_the_last_answer_of_each_student_and_what_it_showed(journal):
    journal.add([arrival("a"), arrival("b"), arrival("c", "student2")])
    first, second, third = journal.unfinished()
    journal.note(first, kinds.ANSWERED, "score")
    journal.note(second, kinds.ANSWERED, "score")
    journal.note(second, kinds.ANSWERED, "all")
    journal.note(third, kinds.REFUSED)
    assert list(journal.last_answers()) == [(second, "all")]


@pytest.mark.parametrize("change", ["DELETE FROM event", "UPDATE event SET text = ''"])
def test_nothing_is_taken_out(journal, change):
    journal.note(None, kinds.TROUBLE, "x")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        journal._db.execute(change)
