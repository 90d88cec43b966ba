"""What an inbox takes for a hand-in, when it is complete, and to whom it answers."""

import hashlib
import os
import pwd

import pytest

from grading.watch import exchange_inbox as exchanging
from grading.watch import folder_inbox as watching_folder
from grading.watch.arrival import Arrival, TooLarge
from grading.watch.exchange_inbox import ExchangeInbox
from grading.watch.folder_inbox import FolderInbox
from tests.harness import copy_course

NAME = "initialization"
TIME = "2030-01-15 15:00:0{}.000000 UTC"


@pytest.fixture
def inbox(tmp_path):
    """The inbox of an exchange without a hand-in."""
    course = copy_course(tmp_path)
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n")
    inbox = ExchangeInbox(course, [NAME])
    inbox.folder.mkdir(parents=True)
    return inbox


def hand_in(inbox, student="student1", second=0, name=NAME, secret="a" * 128, mode=0o777):
    folder = inbox.folder / f"{student}+{name}+{TIME.format(second)}+Rand-om_"
    folder.mkdir()
    (folder / f"{name}.ipynb").write_text("{}")
    if secret:
        (folder / "submission_secret.txt").write_text(secret)
    folder.chmod(mode)
    return folder


def students(arrivals):
    return [arrival.student for arrival in arrivals]


def test_hand_ins_come_in_the_order_of_their_times(inbox):
    hand_in(inbox, "student2", 2)
    hand_in(inbox, "student1+b@uni.edu", 1)
    hand_in(inbox, "student3", 0, name="other")
    (inbox.folder / "notes").mkdir()
    found = inbox.look(set())
    assert students(found) == ["student1+b@uni.edu", "student2"]
    assert found[0].handed_in == TIME.format(1)
    assert inbox.look({arrival.key for arrival in found}) == []


def test_one_that_could_not_be_noted_is_found_again(inbox):
    hand_in(inbox)
    assert students(inbox.look(set())) == students(inbox.look(set())) == ["student1"]


@pytest.mark.parametrize("unfinished", [{"secret": ""}, {"mode": 0o755}, {"secret": "a" * 9}])
def test_a_hand_in_counts_when_nbgrader_has_written_all_of_it(inbox, unfinished, monkeypatch):
    folder = hand_in(inbox, **unfinished)
    assert inbox.look(set()) == []
    (folder / "submission_secret.txt").write_text("a" * 128)
    folder.chmod(0o777)
    assert students(inbox.look(set())) == ["student1"]


def test_one_without_a_secret_counts_when_it_has_been_quiet(inbox, monkeypatch):
    hand_in(inbox, secret="")
    assert inbox.look(set()) == []
    monkeypatch.setattr(exchanging, "QUIET_SECONDS", 0.0)
    assert students(inbox.look(set())) == ["student1"]


def test_the_owner_is_the_user_of_the_machine(inbox):
    hand_in(inbox)
    (arrival,) = inbox.look(set())
    assert inbox.owner(arrival) == pwd.getpwuid(os.getuid()).pw_name


def test_an_answer_lies_under_the_hash_of_the_secret(inbox):
    hand_in(inbox)
    (arrival,) = inbox.look(set())
    inbox.answer(arrival, "<p>page</p>", b"{}")
    name = hashlib.md5(b"a" * 128 + NAME.encode()).hexdigest()
    feedback = inbox.folder.parent / "feedback"
    assert (feedback / f"{name}.html").read_text() == "<p>page</p>"
    assert (feedback / f"{name}.json").read_bytes() == b"{}"


@pytest.mark.parametrize("secret", ["", "../" * 43, "A" * 128, "a" * 500])
def test_without_a_proper_secret_nobody_is_answered(inbox, secret):
    arrival = Arrival("exchange", hand_in(inbox, secret=secret).name, "student1", NAME, "")
    inbox.answer(arrival, "page", b"{}")
    assert not (inbox.folder.parent / "feedback").exists()


def file_in(folder, student="student1", text="{}", stamp="20300115T150000Z", before=""):
    path = folder / f"{before}handin_{student}_attempt_{stamp}_{NAME}.ipynb"
    path.write_text(text)
    return path


def test_a_file_counts_when_it_has_been_quiet_and_another_content_is_new(tmp_path, monkeypatch):
    inbox = FolderInbox(tmp_path, [NAME])
    path = file_in(tmp_path, before="One Student_12_")
    (tmp_path / "notes.ipynb").write_text("{}")
    assert inbox.look(set()) == []
    monkeypatch.setattr(watching_folder, "QUIET_SECONDS", 0.0)
    (first,) = inbox.look(set())
    assert (first.student, first.assignment) == ("student1", NAME)
    os.utime(path, (1, 1))
    assert inbox.look({first.key}) == []
    path.write_text("{ }")
    (second,) = inbox.look({first.key})
    assert second.key != first.key
    inbox.answer(second, "page", b"{}")
    assert path.with_suffix(".feedback.html").read_text() == "page"
    assert inbox.look({first.key, second.key}) == []


def test_a_file_is_copied_under_the_notebook_s_name_with_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(watching_folder, "QUIET_SECONDS", 0.0)
    folder, copy = tmp_path / "incoming", tmp_path / "copy"
    folder.mkdir()
    copy.mkdir()
    inbox = FolderInbox(folder, [NAME])
    path = file_in(folder)
    (arrival,) = inbox.look(set())
    inbox.copy(arrival, copy)
    assert (copy / f"{NAME}.ipynb").read_text() == "{}"
    assert (copy / "timestamp.txt").read_text() == "2030-01-15 15:00:00 UTC"
    monkeypatch.setattr(watching_folder, "MAX_NOTEBOOK_BYTES", 10)
    path.write_text("x" * 11)
    (arrival,) = inbox.look(set())
    with pytest.raises(TooLarge):
        inbox.copy(arrival, copy)
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert inbox.look(set()) == []
