"""Feedback pages for a learning platform: one zip file that Canvas or Moodle hands out itself.

Both find the student by the name that they gave to the file which was handed in. So the page of a
student takes the name under which the newest file of that student was downloaded.
"""

import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course_utils.environment import FILE_NAME
from grading.course import Course
from grading.errors import printable

# Canvas takes the first two numbers between underscores: the user, and the file handed in.
CANVAS_NUMBERS = re.compile(r"(?:^|_)(\d+)_(?:.*_)?(\d+)_")
# Moodle names the folder of a student, or begins each file's name: FULL NAME_NUMBER_PLUGIN.
MOODLE_FOLDER = re.compile(r"([^_]+_(\d+)_assignsubmission_file)(?:_|$)")


@dataclass(frozen=True)
class Download:
    """A file that was downloaded from a platform.

    time: when it was handed in, as its name says; user: the platform's number of who did
    target: the name under which the platform takes a page for that user
    """

    time: str
    user: str
    target: str


Target = Callable[[Path, str], tuple[str, str] | None]


def pack_pages(course: Course, name: str, platform: str) -> tuple[Path, list[str]]:
    """Write exports/NAME-feedback-PLATFORM.zip from the feedback pages of an assignment.

    platform: one of PLATFORMS
    Returns its path, and one line for each page that could not be put into it.
    """
    folder = course.root / "downloaded" / name / "extracted"
    downloads = _downloads(folder, name, PLATFORMS[platform])
    path = course.root / "exports" / f"{name}-feedback-{platform}.zip"
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    failures = []
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in sorted((course.root / "feedback").glob(f"*/{name}/{name}.html")):
            student = page.parent.parent.name
            files = downloads.get(student, [])
            if why := _why_not(files, platform, folder.relative_to(course.root)):
                failures.append(f"feedback/{printable(student)}/{name}: {why}")
            else:
                archive.write(page, max(files, key=lambda file: file.time).target)
    os.replace(part, path)
    return path, failures


def _downloads(folder: Path, name: str, target: Target) -> dict[str, list[Download]]:
    """The files of an assignment that a platform named, by the student's id in the file's name."""
    found = defaultdict(list)
    for path in sorted(folder.rglob("*.ipynb")):
        handed_in = re.match(FILE_NAME, path.name)
        if not handed_in or handed_in["file_id"] != name or path.name.startswith("."):
            continue
        if named := target(path.relative_to(folder), name):
            file = Download(handed_in["timestamp"], *named)
            found[handed_in["student_id"]].append(file)
    return found


def _why_not(files: list[Download], platform: str, folder: Path) -> str:
    """Why no page can be returned for these files of one student, or ""."""
    users = sorted({file.user for file in files})
    if not users:
        return (
            f"{folder} holds no file of this student with a name that {platform.title()} gave. "
            "Return this page by hand, or collect the download as it came"
        )
    if len(users) > 1:
        return (
            f"{len(users)} users of {platform.title()} handed in under this id "
            f"(numbers {', '.join(users)}). Find out whose it is, and return this page by hand"
        )
    return ""


def _canvas_target(path: Path, name: str) -> tuple[str, str] | None:
    """(user, name of the page) of a file such as `onestudent_123_4567_handin_...ipynb`."""
    before = path.name.partition("handin_")[0]
    numbers = CANVAS_NUMBERS.search(before)
    return (numbers[1], f"{path.stem}.html") if numbers else None


def _moodle_target(path: Path, name: str) -> tuple[str, str] | None:
    """(user, name of the page) of a file in or with `Student One_123_assignsubmission_file`."""
    for part in path.parts:
        if named := MOODLE_FOLDER.match(part):
            return named[2], f"{named[1]}_{name}.html"
    return None


PLATFORMS: dict[str, Target] = {"canvas": _canvas_target, "moodle": _moodle_target}
