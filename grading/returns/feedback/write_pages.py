"""`course feedback`: the feedback pages of all graded submissions, and files to upload them."""

import errno
import glob
import os
import shutil
import sys
from pathlib import Path

from nbconvert.writers import FilesWriter
from nbgrader.converters import GenerateFeedback
from tqdm import tqdm

from grading.course import Course
from grading.errors import printable, reason_in_log
from grading.returns.feedback.upload import pack_pages

OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")  # release_feedback reads them here


def return_feedback(course: Course, names: list[str], platform: str = "") -> list[str]:
    """Write the feedback of these assignments; for a platform, also the file to upload there.

    platform: "canvas", "moodle" or ""
    Returns one line for each page that could not be written or packed.
    """
    failures = []
    for name in names:
        failures += write_feedback(course, name)
        if platform:
            path, left_out = pack_pages(course, name, platform)
            print(f"{name}: {path.relative_to(course.root)}")
            failures += left_out
    return failures


def write_feedback(course: Course, name: str) -> list[str]:
    """Write feedback/STUDENT/NAME/NAME.html and feedback.json beside it, for every student.

    Returns one line for each page that could not be written. OSError where none could.
    """
    _require_writable(course.root / "feedback")
    graded = sorted(path.parent.name for path in (course.root / "autograded").glob(f"*/{name}"))
    failures = []
    for student in tqdm(graded, desc=f"feedback {name}", unit=" pages", file=sys.stdout, ncols=90):
        write = _write_by_nbgrader if _is_plain(student) else _try_to_write
        if reason := write(course, name, student):
            failures.append(f"feedback/{printable(student)}/{name}: {reason}")
    return failures


def _require_writable(folder: Path) -> None:
    """OSError where nothing can be written into a folder, which is made if need be."""
    folder.mkdir(exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _is_plain(student: str) -> bool:
    """Whether nbgrader's generate_feedback finds the folder of a student.

    It takes an id for a pattern, strips it, and expects it on one line.
    """
    return student == glob.escape(student) and student == student.strip() and student.isprintable()


def _write_by_nbgrader(course: Course, name: str, student: str) -> str:
    """Run nbgrader's generate_feedback; why there is no page, or ""."""
    result = course.api.generate_feedback(name, student, force=True)
    command = f"nbgrader generate_feedback {name} --student {student} --force"
    return "" if result["success"] else reason_in_log(result, command)


def _try_to_write(course: Course, name: str, student: str) -> str:
    """Write the page of a student whom generate_feedback does not find; why not, or ""."""
    try:
        write_page(course, name, student)
    except Exception as error:  # as nbgrader does: the next page is made all the same
        return printable(f"{type(error).__name__}: {error}")
    return ""


def write_page(course: Course, name: str, student: str) -> Path:
    """Do what generate_feedback does for one student, whatever the id; returns the folder."""
    api = course.api
    converter = GenerateFeedback(coursedir=api.coursedir, parent=api)
    exporter = converter.exporter_class(parent=converter, config=converter.config)
    for preprocessor in converter.preprocessors:
        exporter.register_preprocessor(preprocessor)
    about = {"student": student, "assignment": name, "notebook": name, "db_url": course.db_url}
    resources = {"unique_key": name, "output_files_dir": f"{name}_files", "nbgrader": about}
    folder = course.root / "feedback" / student / name
    source = course.autograded(student, name)
    page, resources = exporter.from_filename(str(source), resources)
    FilesWriter(build_directory=str(folder)).write(page, resources, notebook_name=name)
    for file in filter(Path.is_file, map(source.with_name, OF_THE_EXCHANGE)):
        shutil.copyfile(file, folder / file.name)
    return folder
