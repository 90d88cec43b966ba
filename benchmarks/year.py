"""What does an instructor wait for at the end of a year: three assignments, 10,000 students, all of it graded?

Makes the year in a temporary folder (10,000 students: half an hour at most), then takes the time of formgrader's pages and
of the commands that only read, and of a `course grade` that finds nothing to do. Formgrader runs in a real Jupyter server;
a page's time is that of the requests that it waits for, without what the browser then makes of the answer (--browser
adds that, with Chromium). Memory is the largest process's, in MB (10^6 bytes); of a
command it is never less than what this process has itself, about 160 MB.

    python -m benchmarks.year [--students 10000] [--templates 100] [--folder FOLDER] [--browser] [--exchange]
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from tabulate import tabulate

from benchmarks.year_class import id_of, make_year
from grading.course import Course
from tests.server import Server, jupyter_lab

NAME = "initialization"
PATIENCE = 1800  # seconds after which a page counts as never coming
CLEAR_PEAK = "5"  # what Linux wants written to /proc/PID/clear_refs


class Wait(NamedTuple):
    """What an instructor waited for. processor: seconds of all cores, less than the others where a disk was waited for

    peak: MB of the largest process; size: MB of what came
    """

    what: str
    seconds: float
    processor: float
    peak: float
    size: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=10_000)
    parser.add_argument(
        "--templates", type=int, default=100, help="submissions graded for real, for each notebook"
    )
    parser.add_argument("--folder", type=Path, help="where the year is, or is to be made and kept")
    parser.add_argument("--browser", action="store_true", help="also open the pages in Chromium")
    parser.add_argument(
        "--exchange", action="store_true", help="with an exchange, which formgrader then trusts"
    )
    parser.add_argument("--only", choices=("formgrader", "commands"))
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    made = options.folder and (options.folder / "gradebook.db").is_file()
    course = (
        Course.at(options.folder)
        if made
        else make_year(options.students, options.templates, options.folder)
    )
    try:
        describe(course)
        if options.exchange:
            open_exchange(course)
        waits = [*(commands(course) if options.only != "formgrader" else ())]
        waits += formgrader(course, options.browser) if options.only != "commands" else ()
    finally:
        if not options.folder:
            shutil.rmtree(course.root)
    rows = [(what, *(f"{number:.1f}" for number in numbers)) for what, *numbers in waits]
    head = ("what", "seconds", "of processor", "peak MB", "MB that came")
    print(tabulate(rows, head, disable_numparse=True, colalign=("left", *["right"] * 4)))


def describe(course: Course) -> None:
    """How large the year is on disk."""
    for name in ("submitted", "autograded", ".results", "gradebook.db"):
        said = subprocess.run(
            ["du", "-s", "--apparent-size", "-B1", name],
            cwd=course.root,
            capture_output=True,
            text=True,
        )
        print(f"{name}: {int(said.stdout.split()[0]) / 1e6:,.0f} MB")
    print(f"{len(course.submissions(NAME))} students\n", flush=True)


def open_exchange(course: Course) -> None:
    folder = course.root / "exchange"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"c.Exchange.root = {str(folder)!r}\n")


def commands(course: Course) -> Iterator[Wait]:
    """The commands that read a graded class, and the grading that has nothing to do."""
    yield _command(course, "course", "grade", NAME)
    yield _command(course, "course", "table", NAME)
    yield _command(course, "course", "export", NAME, out=f"exports/{NAME}-csv.csv")
    yield _command(course, "course", "report", NAME, out=f"reports/{NAME}.html")
    yield _command(course, "nbgrader", "generate_feedback", NAME, "--student", id_of(1), "--force")


def _command(course: Course, *words: str, out: str = "") -> Wait:
    """One command in a process of its own; `wait4` tells its memory, and that of the processes it waited for."""
    with open(course.root / "said.txt", "w") as said:
        start = time.perf_counter()
        process = subprocess.Popen(words, cwd=course.root, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: some need a person
        sys.exit(f"{words}: {(course.root / 'said.txt').read_text()[-2000:]}")
    size = (course.root / (out or "said.txt")).stat().st_size
    return _tell(
        Wait(
            " ".join(words),
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6,
            size / 1e6,
        )
    )


def formgrader(course: Course, browser: bool) -> Iterator[Wait]:
    """The pages of formgrader, each with what it asks the server for."""
    with jupyter_lab(course.root) as server:
        process = next(
            one for one in psutil.Process().children() if "jupyter-lab" in " ".join(one.cmdline())
        )
        _requests(
            server, "/formgrader/manage_assignments"
        )  # what is imported once is no page's time
        some = json.loads(_requests(server, f"/formgrader/api/submitted_notebooks/{NAME}/{NAME}"))
        for what, page, paths in _pages(some[len(some) // 2]["id"]):
            yield _timed(what, process, partial(_requests, server, page, *paths))
        if browser:
            yield from _in_chromium(server, process)


def _pages(submission: str) -> list[tuple[str, str, list[str]]]:
    """(what it is, its address, what it then asks for). submission: the id of one"""
    api, student = "/formgrader/api", id_of(1)
    return [
        ("manage assignments", "/formgrader/manage_assignments", [f"{api}/assignments"]),
        ("manage submissions", f"/formgrader/manage_submissions/{NAME}", [f"{api}/submissions/{NAME}"]),
        ("gradebook: one assignment", f"/formgrader/gradebook/{NAME}", [f"{api}/notebooks/{NAME}"]),
        ("gradebook: its submissions", f"/formgrader/gradebook/{NAME}/{NAME}", [f"{api}/submitted_notebooks/{NAME}/{NAME}"]),
        ("manage students", "/formgrader/manage_students", [f"{api}/students"]),
        ("one student", f"/formgrader/manage_students/{student}", [f"{api}/student_submissions/{student}"]),
        ("one submission", f"/formgrader/submissions/{submission}/",
         [f"{api}/grades?submission_id={submission}", f"{api}/comments?submission_id={submission}"]),
        ("the next submission", f"/formgrader/submissions/{submission}/next", []),
        ("the next with a failed test", f"/formgrader/submissions/{submission}/next_incorrect", []),
    ]  # fmt: skip


def _requests(server: Server, *paths: str) -> str:
    """The body of the last answer."""
    return [server.ask("GET", path, PATIENCE)[0] for path in paths][-1]


def _in_chromium(server: Server, process: psutil.Process) -> Iterator[Wait]:
    """From the address to the last row of the table on the screen."""
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--disable-gpu", *root]
        )
        context = chromium.new_context(
            extra_http_headers={"Authorization": f"token {server.token}"}
        )
        for what, page, _ in _pages("")[:5]:
            tab = context.new_page()
            tab.set_default_timeout(PATIENCE * 1000)
            yield _timed(f"{what}, in a browser", process, partial(_opened, tab, server.url + page))
            tab.close()
        chromium.close()


def _opened(tab: Any, url: str) -> str:
    tab.goto(url)
    tab.wait_for_function("models !== undefined && models.loaded")
    return ""


def _timed(what: str, process: psutil.Process, work: Callable[[], str]) -> Wait:
    Path(f"/proc/{process.pid}/clear_refs").write_text(CLEAR_PEAK)
    start, before = time.perf_counter(), process.cpu_times()
    answer = work()
    seconds, after = time.perf_counter() - start, process.cpu_times()
    processor = after.user + after.system - before.user - before.system
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(line for line in status.split("\n") if line.startswith("VmHWM")).split()[1]
    return _tell(
        Wait(f"formgrader: {what}", seconds, processor, int(peak) * 1024 / 1e6, len(answer) / 1e6)
    )


def _tell(wait: Wait) -> Wait:
    print(
        f"{wait.what}: {wait.seconds:.1f} s, {wait.processor:.1f} s of processor, {wait.peak:.0f} MB",
        file=sys.stderr,
        flush=True,
    )
    return wait


if __name__ == "__main__":
    main()
