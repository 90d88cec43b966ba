"""The time in a timestamp.txt is read whoever wrote it; what cannot be read is said."""

import codecs
from datetime import datetime

import pytest

from grading.gradebook.connection import open_gradebook
from grading.pipeline.arrival_time import arrival_time_of, read_arrival_time
from grading.pipeline.grade import grade
from tests.classes import NAME, hand_in, read_gradebook, sample

THREE = datetime(2030, 1, 15, 15, 0)
PLAIN = "2030-01-15 15:00:00 UTC"
READABLE = {
    "nbgrader": (PLAIN.encode(), THREE),
    "microseconds": (b"2030-01-15 15:00:00.123456 UTC\n", THREE.replace(microsecond=123456)),
    "byte-order mark": (codecs.BOM_UTF8 + PLAIN.encode(), THREE),
    "UTF-16": (PLAIN.encode("utf-16"), THREE),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), THREE),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), THREE),
    "UTF-32": (PLAIN.encode("utf-32"), THREE),
    "Windows": (f"{PLAIN}\r\n\r\n".encode(), THREE),
    "hard blank": ("2030-01-15\xa015:00:00".encode(), THREE),
    "epoch": (b"1894719600", THREE),
    "epoch with a fraction": (b"1894719600.5\n", THREE.replace(microsecond=500000)),
    "epoch in milliseconds": (b"1894719600000", THREE),
    "epoch in microseconds": (b"1894719600000000", THREE),
    "ISO": (b"2030-01-15T15:00:00Z", THREE),
    "ISO with offset": (b"2030-01-15T16:00:00+01:00", THREE),
    "an offset in nbgrader's form": (b"2030-01-15 07:00:00 -0800", THREE),
    "a zone": (b"2030-01-15 16:00:00 CET", THREE),
    "summer time": (b"2030-07-15 17:00:00 CEST", THREE.replace(month=7)),
    "a place": (b"2030-01-15 16:00:00 Europe/Berlin", THREE),
    "words": (b"Tuesday, January 15th, 2030 at 3 pm", THREE),
    "mail": (b"Tue, 15 Jan 2030 16:00:00 +0100", THREE),
    "a day alone": (b"2030-01-15", THREE.replace(hour=0)),
    "digits": (b"20300115150000", THREE),
    "the day first": (b"15.01.2030 15:00", THREE),
    "no zone": (b"2030-01-15 15:00", THREE),
}


@pytest.mark.parametrize("what", READABLE)
def test_what_can_be_read_is_read_without_a_note(what):
    content, time = READABLE[what]
    arrival = arrival_time_of(content)
    assert (arrival.time, arrival.notes) == (time, ())
    assert arrival.files == {"timestamp.txt": content}


UNREADABLE = {
    "empty": (b"", "holds nothing"),
    "blank": (b" \n", "holds nothing"),
    "words": (b"gestern nach dem Essen", "holds 'gestern nach dem Essen'"),
    "an hour": (b"15:00", "its date is not complete"),
    "a weekday": (b"Tuesday 15:00", "its date is not complete"),
    "a day without a year": (b"January 15", "its date is not complete"),
    "no such day": (b"2030-02-30 15:00", "that is no time"),
    "no such place": (b"2030-01-15 15:00 Nowhere/Town", "there is no time zone Nowhere/Town"),
    "out of range": (b"9999-12-31 23:59:59 -1200", "out of range"),
    "bytes": (bytes(range(128, 256)), "that is no time"),
    "escapes": (b"\x1b[31m" * 5, "that is no time"),
    "numbers": (b"9" * 900, "that is no time"),
    "brackets": (b"(" * 500, "that is no time"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_said(what):
    content, said = UNREADABLE[what]
    arrival = arrival_time_of(content)
    assert arrival.time is None
    (note,) = arrival.notes
    assert said in note
    assert "Expected a time such as 2030-01-15 15:00:00 UTC" in note
    assert note.isprintable()
    assert len(note) < 300


@pytest.mark.parametrize(
    ("text", "time", "doubt"),
    [
        ("2030-01-15 15:00:00 XYZ", THREE, "time zone XYZ is not known"),
        ("2030-01-15 15:00:00 PST", THREE, "time zone PST is not known"),
        ("03/04/2030 15:00", datetime(2030, 3, 4, 15), "the month was taken to stand before"),
        ("3.4.2030", datetime(2030, 3, 4), "the month was taken to stand before"),
    ],
)
def test_what_is_doubtful_is_read_and_said(text, time, doubt):
    arrival = arrival_time_of(text.encode())
    assert arrival.time == time
    assert doubt in arrival.notes[0]


def test_a_file_that_is_no_plain_small_file_is_said(tmp_path):
    stamp = tmp_path / "timestamp.txt"
    assert read_arrival_time(tmp_path).notes == ()
    stamp.write_text(f"{PLAIN}\n" + " " * 2000)
    assert "more than 1000 bytes" in read_arrival_time(tmp_path).notes[0]
    stamp.unlink()
    stamp.mkdir()
    assert "no regular file" in read_arrival_time(tmp_path).notes[0]
    stamp.rmdir()
    (tmp_path / "other.txt").write_text(PLAIN)
    stamp.symlink_to(tmp_path / "other.txt")
    arrival = read_arrival_time(tmp_path)
    assert "no regular file" in arrival.notes[0]
    assert (arrival.time, arrival.files) == (None, {})


def test_grading_records_the_time_and_tells_what_it_could_not_read(own_released_course):
    course = own_released_course
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=datetime(2030, 1, 15, 12, 0))
    stamps = {
        "mark": codecs.BOM_UTF8 + PLAIN.encode(),
        "wide": PLAIN.encode("utf-16"),
        "epoch": b"1894719600",
        "words": b"after lunch",
    }
    for student, content in stamps.items():
        path = hand_in(course, student, sample("all-right-a"))
        path.with_name("timestamp.txt").write_bytes(content)
    summary = grade(course, NAME)
    found = read_gradebook(course)
    assert {student: found[student]["late"] for student in stamps} == {
        "mark": 3 * 3600,
        "wide": 3 * 3600,
        "epoch": 3 * 3600,
        "words": 0,
    }
    assert list(summary.notes) == ["words"]
    assert "after lunch" in summary.notes["words"][0]
