"""Handing in through nbgrader's exchange, and the answer in the notebook: without a watcher."""

import json
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from nbgrader.exchange.default import Exchange
from traitlets.config import Config

import course_utils.submit.answer as answering
from course_utils.environment import WHILE_GRADED
from course_utils.submit import submit
from course_utils.submit.answer import show_answer
from course_utils.submit.exchange import DEFAULT_ROOT, HandedIn, find_exchange
from course_utils.submit.validate_submission import Refused
from tests.harness import COURSE

NAME = "initialization"
TIME = "2030-01-15 15:00:00.123456 UTC"
FINDING = {
    "kind": "value",
    "code": "value.scale",
    "tried": "layers_dims = [2, 4, 1]",
    "line": None,
    "expected": "an array of shape (4, 2)",
    "got": "another one",
    "found": "All weights are too large.",
    "question": "Which number stands under the root?",
    "example": "",
}
TEST = {"id": "f-1", "idea": "Other sizes work.", "visible": False, "said": "wrong shape"}
FEEDBACK = {
    "score": 84.5,
    "max_score": 100,
    "late_penalty": 2,
    "attention": "",
    "functions": [
        {"name": "f", "score": 10, "max_score": 10, "tests": [], "finding": None, "more": 0}
        | {"comment": "Well done."},
        {"name": "g", "score": 4, "max_score": 9, "tests": [], "finding": FINDING, "more": 1}
        | {"comment": ""},
        {"name": "h", "score": 0, "max_score": 5, "finding": None, "more": 0, "comment": ""}
        | {"tests": [TEST | {"score": 0, "max_score": 5}]},
    ],
}


@pytest.fixture
def exchange(tmp_path, monkeypatch):
    """An exchange that has released the notebook, and a student's folder with it."""
    root = tmp_path / "exchange"
    for name in ("inbound", f"outbound/{NAME}"):
        (root / "course" / name).mkdir(parents=True)
    root.chmod(0o777)
    released = COURSE.release(NAME).read_bytes()
    (root / "course" / "outbound" / NAME / f"{NAME}.ipynb").write_bytes(released)
    folder = tmp_path / "home" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(released)
    settings = (
        f"c = get_config()\nc.Exchange.root = {str(root)!r}\n"
        f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n"
        "c.CourseDirectory.student_id = 'student1'\n"
    )
    (folder.parent / "nbgrader_config.py").write_text(settings)
    monkeypatch.setattr(answering, "WAIT_SECONDS", 0.1)
    return SimpleNamespace(root=root, folder=folder, inbound=root / "course" / "inbound")


def test_the_work_is_handed_in_as_nbgrader_does_it(exchange):
    (exchange.folder / "data.csv").write_text("1")
    handed_in = find_exchange(NAME, exchange.folder).hand_in()
    (folder,) = exchange.inbound.iterdir()
    assert folder.name.startswith(f"student1+{NAME}+{handed_in.time}+")
    assert sorted(path.name for path in folder.iterdir()) == [
        "data.csv",
        f"{NAME}.ipynb",
        "submission_secret.txt",
        "timestamp.txt",
    ]
    assert handed_in.answer.parent == exchange.root / "course" / "feedback"


def test_a_folder_with_another_name_will_do(exchange):
    other = exchange.folder.rename(exchange.folder.with_name("week 1"))
    find_exchange(NAME, other).hand_in()
    (folder,) = exchange.inbound.iterdir()
    assert (folder / f"{NAME}.ipynb").is_file()


@pytest.mark.parametrize("gone", ["inbound", f"outbound/{NAME}"])
def test_where_nothing_is_released_there_is_no_exchange(exchange, gone):
    place = exchange.root / "course" / gone
    place.rename(place.with_name("away"))
    assert find_exchange(NAME, exchange.folder) is None
    with pytest.raises(Refused, match="This course takes files"):
        submit(NAME, folder=exchange.folder)


def test_what_nbgrader_does_not_take_is_refused_with_its_words(exchange):
    exchange.root.chmod(0o755)
    config = exchange.folder.parent / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.CourseDirectory.student_id = 'a+b'\n")
    with pytest.raises(Refused, match=r"not handed in.*student ID should contain no"):
        submit(NAME, folder=exchange.folder)


def test_without_a_watcher_it_says_that_the_answer_comes_later(exchange, capsys):
    assert submit(NAME, folder=exchange.folder) is None
    said = capsys.readouterr().out
    assert "Waiting for the answer" in said
    assert said.rstrip().endswith("fetch the feedback.")
    assert len(list(exchange.inbound.iterdir())) == 1


def test_with_an_id_a_file_is_made_as_ever(exchange, capsys):
    assert submit(NAME, "student1", exchange.folder).name.startswith("handin_student1_attempt_")
    assert list(exchange.inbound.iterdir()) == []


def test_while_the_notebook_is_graded_nothing_happens(exchange, monkeypatch, capsys):
    monkeypatch.setenv(WHILE_GRADED, "1")
    assert submit(NAME, folder=exchange.folder) is None
    assert submit(NAME, "student1", exchange.folder) is None
    assert list(exchange.inbound.iterdir()) == []
    assert "it does nothing" in capsys.readouterr().out


def handed_in(tmp_path, answer):
    """A hand-in whose answer lies there."""
    page, file = tmp_path / "x.html", tmp_path / "x.json"
    page.write_text("<p>page</p>")
    file.write_text(json.dumps(answer))
    return HandedIn(NAME, TIME, page, file)


def test_points_findings_and_the_page_are_shown(tmp_path, capsys):
    answer = {"schema_version": 1, "state": "graded", "said": "Attempt 1.", "feedback": FEEDBACK}
    show_answer(handed_in(tmp_path, answer), tmp_path)
    said = capsys.readouterr().out
    assert "84.5 of 100 points\nHanding in late cost 2 points." in said
    assert "Attempt 1." in said
    assert "f: 10 of 10 points\nWell done." in said
    assert "  found: All weights are too large." in said
    assert "  think: Which number stands under the root?" in said
    assert "  found: Other sizes work. wrong shape" in said
    page = tmp_path / "feedback" / TIME / f"{NAME}.html"
    assert page.read_text() == "<p>page</p>"


def test_in_a_notebook_the_card_escapes_what_came_and_links_the_page(tmp_path):
    evil = FEEDBACK | {"functions": [FEEDBACK["functions"][0] | {"comment": "<script>"}]}
    answer = {"schema_version": 1, "state": "graded", "said": "<b>", "feedback": evil}
    card = answering._card(answer, f"feedback/{TIME}/{NAME}.html")
    assert "<script>" not in card.html
    assert "<b>" not in card.html
    assert 'href="feedback/2030-01-15%2015%3A00%3A00.123456%20UTC/initialization.html"' in card.html


def test_an_answer_without_points_is_shown_in_words(tmp_path, capsys):
    answer = {"schema_version": 1, "state": "waiting", "said": "Tomorrow.", "feedback": None}
    show_answer(handed_in(tmp_path, answer), tmp_path)
    assert capsys.readouterr().out.endswith("Handed in.\nTomorrow.\n")


def test_an_answer_that_comes_in_time_is_waited_for(tmp_path, capsys):
    answer = {"schema_version": 1, "state": "waiting", "said": "Tomorrow.", "feedback": None}
    coming = handed_in(tmp_path, answer)
    later = coming.answer.rename(tmp_path / "later")
    timer = threading.Timer(0.5, lambda: later.rename(coming.answer))
    timer.start()
    show_answer(coming, tmp_path, seconds=60)
    timer.join()
    assert "Tomorrow." in capsys.readouterr().out


def test_an_interrupt_ends_the_waiting(tmp_path, capsys, monkeypatch):
    def interrupt(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(answering.time, "sleep", interrupt)
    show_answer(HandedIn(NAME, TIME, tmp_path / "x", tmp_path / "y"), tmp_path, seconds=60)
    assert "The answer comes later" in capsys.readouterr().out


def run(code, *arguments):
    """What a new Python prints."""
    command = [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_nbgrader_is_imported_only_for_an_exchange(tmp_path):
    code = """
import sys
from pathlib import Path
from course_utils.submit.exchange import find_exchange
print(find_exchange("initialization", Path(sys.argv[1])), "nbgrader" in sys.modules)
"""
    assert run(code, tmp_path) == ["None", "False"]


def test_handing_in_compiles_no_grammar(exchange):
    code = """
import sys
from pathlib import Path
from course_utils.submit.exchange import find_exchange
find_exchange("initialization", Path(sys.argv[1])).hand_in()
print("jsonschema" in sys.modules, "lark" in sys.modules)
"""
    assert run(code, exchange.folder) == ["True", "False"]


def test_the_exchange_that_no_setting_names_is_nbgrader_s():
    assert Exchange(config=Config()).root == DEFAULT_ROOT
