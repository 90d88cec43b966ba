"""`make site`: python -m grading.authoring.build_site FOLDER

It runs every lesson, which takes minutes. A site that cannot be built leaves the former one.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from nbformat import NotebookNode

from grading.authoring.site_pages import lesson, write_pages
from grading.course import Course

STRICT = ("--quiet", "--fail-on-warning", "--keep-going")


def build_site(course: Course, lessons: dict[str, NotebookNode], site: Path) -> int:
    """Write the site; returns Sphinx's exit status. Every warning is an error."""
    with TemporaryDirectory() as scratch:
        pages, built = Path(scratch) / "pages", Path(scratch) / "html"
        write_pages(course, lessons, pages)
        command = [sys.executable, "-m", "sphinx", *STRICT, str(pages), str(built)]
        status = subprocess.run(command).returncode
        if not status:
            shutil.rmtree(site, ignore_errors=True)
            shutil.copytree(built, site, ignore=shutil.ignore_patterns(".doctrees", ".buildinfo"))
    return status


def main(folder: str) -> int:
    """Run all lessons of the course here and write the site."""
    course = Course.here()
    return build_site(
        course, {name: lesson(course, name) for name in course.assignments}, Path(folder)
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", help="where the site is written; what was there is replaced")
    sys.exit(main(options.parse_args().folder))
