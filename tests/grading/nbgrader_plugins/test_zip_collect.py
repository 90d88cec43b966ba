"""The file that a student hands in is collected by nbgrader's zip_collect, and graded."""

import gzip
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from traitlets.utils.importstring import import_item

from course_utils.submit import FILE_NAME, submit
from grading.cli import main
from grading.gradebook.connection import open_gradebook
from grading.nbgrader_plugins.hand_in_collector import HandInCollector
from grading.nbgrader_plugins.hand_in_extractor import HandInExtractor
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
    assert import_item(course.config.ZipCollectApp.extractor_plugin) is HandInExtractor
    assert import_item(course.config.ZipCollectApp.collector_plugin) is HandInCollector


def collect(course, *options):
    """What `nbgrader zip_collect` prints."""
    command = [sys.executable, "-m", "nbgrader", "zip_collect", NAME, *options]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture
def archive(own_released_course):
    folder = own_released_course.root / "downloaded" / NAME / "archive"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.long
def test_what_a_system_makes_for_itself_replaces_no_one(own_released_course, archive, tmp_path):
    """A class that macOS zipped again, with what Windows and Jupyter leave in folders."""
    files = [
        hand_in(tmp_path / student, student, "he-bias")
        for student in ("student1", "student2", "student3@uni.edu")
    ]
    with zipfile.ZipFile(archive / "class.zip", "w") as class_file:
        for file in files:
            class_file.write(file, f"class/{file.name}")
            class_file.writestr(f"__MACOSX/class/._{file.name}", "Mac OS X")
            class_file.writestr(f"class/._{file.name}", "Mac OS X")
            class_file.writestr(f"class/.ipynb_checkpoints/{file.name}", "{}")
        for junk in ("Thumbs.db", ".DS_Store", "desktop.ini"):
            class_file.writestr(f"class/{junk}", "junk")
    printed = collect(own_released_course)
    assert "12 files that a system made for itself were left out" in printed
    assert "could not be used" not in printed
    assert own_released_course.submissions(NAME) == ["student1", "student2", "student3@uni.edu"]
    for file, student in zip(files, own_released_course.submissions(NAME)):
        handed_in = own_released_course.submitted(student, NAME)
        assert handed_in.read_bytes() == file.read_bytes()


@pytest.mark.long
def test_a_notebook_that_was_saved_as_text_is_a_notebook(own_released_course, archive, tmp_path):
    for student, ending in (("student1", ".ipynb.txt"), ("student2", ".ipynb.json")):
        file = hand_in(tmp_path / student, student, "blank")
        shutil.copy(file, archive / f"{file.stem}{ending}")
    assert "could not be used" not in collect(own_released_course)
    assert own_released_course.submissions(NAME) == ["student1", "student2"]
    assert own_released_course.submitted("student2", NAME).is_file()


@pytest.mark.long
def test_what_could_not_be_used_and_who_has_not_handed_in_are_told(
    own_released_course, archive, tmp_path
):
    with open_gradebook(own_released_course) as gradebook:
        for student in ("student1", "student2", "student3"):
            gradebook.add_student(student)
    shutil.copy(hand_in(tmp_path / "student1", "student1", "blank"), archive)
    (archive / "damaged.zip").write_bytes(b"PK no archive")
    (archive / "report.pdf").write_text("x")
    (archive / f"{NAME}.ipynb").write_text("{}")
    with zipfile.ZipFile(archive / "outer.zip", "w") as outer:
        outer.writestr("inner.zip", b"PK no archive either")
    lines = collect(own_released_course).splitlines()
    at = lines.index("4 files could not be used:")
    assert [line.partition(": ")[0].strip() for line in lines[at + 1 : at + 5]] == [
        "damaged.zip",
        "initialization.ipynb",
        "inner.zip",
        "report.pdf",
    ]
    assert "cannot be unpacked" in lines[at + 1]
    assert "its name does not say whose it is" in lines[at + 2]
    assert "it ends in .pdf" in lines[at + 4]
    assert lines[at + 5 :] == [
        "2 of the gradebook have not handed in initialization:",
        "  student2",
        "  student3",
    ]


def test_an_archive_that_grows_without_bound_is_not_unpacked(archive, tmp_path):
    bomb = archive / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        for part in range(6):
            with file.open(f"{part}", "w") as member:
                for _ in range(100):
                    member.write(bytes(1_000_000))
    shutil.copy(bomb, tmp_path / "0.zip")
    for depth in range(4):
        with zipfile.ZipFile(tmp_path / f"{depth + 1}.zip", "w") as outer:
            outer.write(tmp_path / f"{depth}.zip", f"{depth}.zip")
    shutil.copy(tmp_path / "4.zip", archive / "deep.zip")
    extractor = HandInExtractor()
    extractor.extract(str(archive), str(tmp_path / "extracted"))
    assert (
        "would become more than 500,000,000 bytes; look at it by hand, or ask"
        in extractor.unused["bomb.zip"]
    )
    assert "it lies in 3 other archives" in extractor.unused["1.zip"]
    assert not list((tmp_path / "extracted").rglob("0"))


PACKED = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"]


def pack(path, **files):
    """A tar archive, packed as its ending says; of numbers, so many zeros."""
    kind = {"tgz": "gz", "tar": ""}.get(path.suffix[1:], path.suffix[1:])
    with tarfile.open(path, f"w:{kind}") as archive:
        for name, content in files.items():
            data = bytes(content) if isinstance(content, int) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def extracted(archive, tmp_path):
    """Why archives were not unpacked, and what came of the others."""
    extractor = HandInExtractor()
    extractor.extract(str(archive), str(tmp_path / "extracted"))
    files = (tmp_path / "extracted").rglob("*")
    return extractor.unused, {path.name: path.read_bytes() for path in files if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


@pytest.fixture
def _little_room(monkeypatch):
    monkeypatch.setattr("grading.nbgrader_plugins.archive_room.FREE_BYTES", 1_000_000)
    monkeypatch.setattr("grading.nbgrader_plugins.archive_room.MAX_RATIO", 1)


@pytest.mark.usefixtures("_little_room")
@pytest.mark.parametrize("ending", PACKED)
def test_archives_of_all_kinds_are_unpacked(folder, tmp_path, ending):
    pack(folder / f"class{ending}", one=b"1", two=900_000)
    assert extracted(folder, tmp_path) == ({}, {"one": b"1", "two": bytes(900_000)})


TOO_LARGE = (
    "it cannot be unpacked (it would become more than 1,000,000 bytes; "
    "look at it by hand, or ask for the notebook alone)"
)


@pytest.mark.usefixtures("_little_room")
@pytest.mark.parametrize("ending", PACKED[1:])
def test_a_packed_archive_that_grows_without_bound_is_not_unpacked(folder, tmp_path, ending):
    bomb = pack(folder / f"bomb{ending}", one=900_000, two=900_000)
    assert extracted(folder, tmp_path) == ({bomb.name: TOO_LARGE}, {})


@pytest.mark.usefixtures("_little_room")
def test_a_header_and_holes_count_as_well(folder, tmp_path):
    """`tarfile` keeps a header whole, and a file with holes becomes larger when it is copied."""
    with tarfile.open(folder / "header.tgz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("small")
        member.pax_headers = {"comment": "x" * 2_000_000}
        archive.addfile(member)
    holes = tmp_path / "holes"
    with holes.open("wb") as file:
        file.truncate(50_000_000)
    command = ["tar", "--sparse", "-czf", folder / "holes.tgz", "-C", tmp_path, "holes"]
    subprocess.run(command, check=True)
    assert extracted(folder, tmp_path) == (
        dict.fromkeys(["header.tgz", "holes.tgz"], TOO_LARGE),
        {},
    )


@pytest.mark.usefixtures("_little_room")
def test_archives_in_an_archive_share_its_room(folder, tmp_path):
    inner = [pack(tmp_path / f"{number}.tar.gz", **{f"n{number}": 400_000}) for number in range(3)]
    pack(folder / "outer.tar", **{path.name: path.read_bytes() for path in inner})
    unused, files = extracted(folder, tmp_path)
    assert unused == {"2.tar.gz": TOO_LARGE}
    assert {name for name, data in files.items() if len(data) == 400_000} == {"n0", "n1"}


@pytest.mark.parametrize("ending", [".zip", ".tar"])
def test_an_archive_of_very_many_files_is_not_unpacked(folder, tmp_path, ending, monkeypatch):
    monkeypatch.setattr("grading.nbgrader_plugins.archive_room.MAX_FILES", 3)
    for number in (3, 4):
        names = [f"n{number}" for number in range(number)]
        if ending == ".tar":
            pack(folder / f"{number}.tar", **dict.fromkeys(names, b""))
        else:
            with zipfile.ZipFile(folder / f"{number}.zip", "w") as archive:
                for name in names:
                    archive.writestr(name, "")
    unused, files = extracted(folder, tmp_path)
    assert list(unused) == [f"4{ending}"]
    assert "more than 3 files" in unused[f"4{ending}"]
    assert sorted(files) == ["n0", "n1", "n2"]


CONTENTS = {
    "empty": b"",
    "text": b"no archive",
    "gzip": gzip.compress(b"no archive"),
    "cut": b"BZh9",
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_is_no_archive_is_told(folder, tmp_path, content):
    (folder / "broken.gz").write_bytes(content)
    unused, files = extracted(folder, tmp_path)
    assert unused["broken.gz"].startswith("it cannot be unpacked (")
    assert files == {}
