"""One zip file of all feedback pages, with the names by which Canvas and Moodle find students."""

import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest

from course_utils.submit import submit
from grading.cli import main
from grading.course import Course
from grading.returns.feedback.upload import pack_pages
from tests.classes import NAME, sample

CANVAS = "onestudent_LATE_123_4567_"
MOODLE = "Student One_123_assignsubmission_file"
TIME = "20251125T172100Z"


@pytest.fixture
def course(tmp_path):
    """A folder with a page for three students; no notebook, no gradebook."""
    for student in ("student1", "student2", "u@uni.edu"):
        page = tmp_path / "feedback" / student / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"the page of {student}")
    return Course(tmp_path)


def download(course, *names):
    """Files as zip_collect has unpacked them."""
    for name in names:
        path = course.root / "downloaded" / NAME / "extracted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")


def file_of(student, time=TIME, name=NAME):
    return f"handin_{student}_attempt_{time}_{name}.ipynb"


def packed(course, platform):
    """{name in the zip file: its text}, and what was left out."""
    path, left_out = pack_pages(course, NAME, platform)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}, left_out


def test_canvas_finds_a_student_by_the_two_numbers_that_it_put_before_the_name(course):
    download(course, f"{CANVAS}{file_of('student1')}", f"two_5_66_{file_of('u@uni.edu')}")
    pages, left_out = packed(course, "canvas")
    assert pages == {
        f"{CANVAS}handin_student1_attempt_{TIME}_{NAME}.html": "the page of student1",
        f"two_5_66_handin_u@uni.edu_attempt_{TIME}_{NAME}.html": "the page of u@uni.edu",
    }
    (line,) = left_out
    assert line.startswith(
        "feedback/student2/initialization: downloaded/initialization/extracted holds"
    )


@pytest.mark.parametrize("between", ["_/", "/", "_"], ids=["folder", "folder of 4.1", "file"])
def test_moodle_finds_a_student_by_the_number_in_the_name_of_the_folder_or_file(course, between):
    download(course, f"all/{MOODLE}{between}{file_of('student1')}")
    pages, left_out = packed(course, "moodle")
    assert pages == {f"{MOODLE}_{NAME}.html": "the page of student1"}
    assert len(left_out) == 2


def test_the_newest_attempt_is_the_one_that_is_answered(course):
    older, newer = file_of("student1", "20251124T000000Z"), file_of("student1", "20251126T000000Z")
    download(course, f"one_1_30_{newer}", f"one_1_20_{older}", f"._one_1_40_{file_of('student1')}")
    download(course, f"one_1_50_{file_of('student1', '20251127T000000Z', 'regularization')}")
    assert list(packed(course, "canvas")[0]) == [f"one_1_30_{newer[:-6]}.html"]


def test_a_page_is_given_to_nobody_when_two_users_claim_the_id(course):
    download(course, f"one_1_20_{file_of('student1')}", f"two_2_30_{file_of('student1')}")
    pages, left_out = packed(course, "canvas")
    assert pages == {}
    assert "2 users of Canvas handed in under this id (numbers 1, 2)" in left_out[0]


def test_a_student_cannot_put_another_s_number_into_the_name(course):
    download(course, f"one_1_20_x_2_30_{file_of('student1')}")
    download(course, f"{MOODLE}_/Student2_9_assignsubmission_file_{file_of('student1')}")
    (name,) = packed(course, "canvas")[0]
    assert name.startswith("one_1_20_")
    (name,) = packed(course, "moodle")[0]
    assert name == f"{MOODLE}_{NAME}.html"


def test_a_file_without_the_platform_s_numbers_is_said(course):
    download(course, file_of("student1"), f"1_{file_of('student2')}")
    for platform, title in (("canvas", "Canvas"), ("moodle", "Moodle")):
        pages, left_out = packed(course, platform)
        assert pages == {}
        assert len(left_out) == 3
        assert all(f"with a name that {title} gave" in line for line in left_out)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_from_the_download_to_the_file_to_upload(own_released_course, tmp_path, capsys):
    root = own_released_course.root
    nbformat.write(sample("he-bias"), tmp_path / f"{NAME}.ipynb")
    archive = root / "downloaded" / NAME / "archive"
    archive.mkdir(parents=True)
    handed_in = submit(NAME, "student1@uni.edu", tmp_path)
    shutil.copy(handed_in, archive / f"{CANVAS}{handed_in.name}")
    command = [sys.executable, "-m", "nbgrader", "zip_collect", NAME]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert main(["--root", str(root), "grade", NAME]) == 0
    assert main(["--root", str(root), "feedback", NAME, "--for", "canvas"]) == 0
    assert "initialization: exports/initialization-feedback-canvas.zip" in capsys.readouterr().out
    with zipfile.ZipFile(root / "exports" / f"{NAME}-feedback-canvas.zip") as pages:
        page = pages.read(f"{CANVAS}{handed_in.stem}.html").decode()
    assert page == (root / "feedback" / "student1@uni.edu" / NAME / f"{NAME}.html").read_text()
    assert "84</strong> of 100 points" in page
