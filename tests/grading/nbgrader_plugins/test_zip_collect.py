"""The file that a student hands in is collected by nbgrader's zip_collect, and graded."""

import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from course_utils.submit import FILE_NAME, submit
from grading.cli import main
from tests.classes import NAME, sample, scores


@pytest.fixture
def collected(own_released_course, tmp_path):
    """The course after `nbgrader zip_collect`: of a file, of two attempts, and of an archive."""
    course = own_released_course
    archive = course.root / "downloaded" / NAME / "archive"
    archive.mkdir(parents=True)
    one = hand_in(tmp_path / "one", "sample-one", "all-right-a")
    # a learning platform puts something of its own before the name
    shutil.copy(one, archive / f"onesample_17_{one.name}")
    two = hand_in(tmp_path / "two", "sample.two", "he-bias")
    shutil.copy(two, archive)
    timestamp = two.name.split("_")[3]
    (archive / two.name.replace(timestamp, "20200101T000000Z")).write_text("an earlier attempt")
    three = hand_in(tmp_path / "three", "sample-three", "blank")
    with zipfile.ZipFile(archive / "upload.zip", "w") as file:
        file.write(three, three.name)
    command = [sys.executable, "-m", "nbgrader", "zip_collect", NAME]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    return course


def hand_in(folder, student, label):
    folder.mkdir()
    nbformat.write(sample(label), folder / f"{NAME}.ipynb")
    return submit(NAME, student, folder)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_files_and_archives_are_collected_under_the_student_s_id_and_graded(collected):
    assert collected.submissions(NAME) == ["sample-one", "sample-three", "sample.two"]
    text = collected.submitted("sample-one", NAME).with_name("timestamp.txt").read_text()
    timestamp = datetime.fromisoformat(text.strip()[:19]).replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - timestamp) < timedelta(minutes=5)
    assert main(["--root", str(collected.root), "grade", NAME]) == 0
    assert scores(collected) == {"sample-one": 100, "sample.two": 84, "sample-three": 0}


def test_the_course_tells_nbgrader_how_the_files_are_called(course):
    assert course.config.FileNameCollectorPlugin.named_regexp == FILE_NAME
