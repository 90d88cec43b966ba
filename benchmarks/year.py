"""What does an instructor wait for at the end of a year: three assignments, 10,000 students?

    python -m benchmarks.year [--students 10000] [--templates 100] [--folder FOLDER]
                              [--browser] [--exchange]

Makes a year in which all is graded, in a temporary folder (10,000 students: half an hour at most).
Then it measures formgrader's pages, the commands that only read, and a `course grade` that finds
nothing to do. Formgrader runs in a real Jupyter server; a page's time is that of the requests that
it waits for, without what the browser then makes of the answer (--browser adds that, with
Chromium). Memory is the largest process's, in MB (10^6 bytes); of a command it is never less than
what this process has itself, about 160 MB.
"""

import argparse
import json
import os
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

from benchmarks.machine import description, put_commands_on_path
from benchmarks.year_class import id_of, make_year
from grading.course import Course
from tests.server import Server, jupyter_lab

NAME = "initialization"
API = "/formgrader/api"
PATIENCE = 1800  # seconds after which a page counts as never coming
OUTPUT = "output.txt"  # what the last command printed
CLEAR_PEAK = "5"  # what Linux wants written to /proc/PID/clear_refs


class Wait(NamedTuple):
    """What an instructor waited for.

    seconds: from the request to the answer
    processor: seconds of all cores; less than `seconds` where a disk was waited for
    peak: MB of the largest process
    size: MB of the answer
    """

    what: str
    seconds: float
    processor: float
    peak: float
    size: float


def main() -> None:
    options = parse_arguments()
    put_commands_on_path()
    print(f"{description()}\n")
    if options.folder and (options.folder / "gradebook.db").is_file():
        course = Course.at(options.folder)
    else:
        course = make_year(options.students, options.templates, options.folder)
    waits: list[Wait] = []
    try:
        describe(course)
        if options.exchange:
            open_exchange(course)
        if options.only != "formgrader":
            waits += commands(course)
        if options.only != "commands":
            waits += formgrader(course, options.browser)
    finally:
        if not options.folder:
            shutil.rmtree(course.root)
    rows = [(what, *(f"{number:.1f}" for number in numbers)) for what, *numbers in waits]
    head = ("what", "seconds", "of processor", "peak MB", "MB that came")
    print(tabulate(rows, head, disable_numparse=True, colalign=("left", *["right"] * 4)))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--students", type=int, default=10_000)
    add("--templates", type=int, default=100, help="graded for real, for each notebook")
    add("--folder", type=Path, help="where the year is, or is to be made and kept")
    add("--browser", action="store_true", help="also open the pages in Chromium")
    add("--exchange", action="store_true", help="with an exchange, which formgrader then trusts")
    add("--only", choices=("formgrader", "commands"))
    return parser.parse_args()


def describe(course: Course) -> None:
    """How large the year is on disk."""
    for name in ("submitted", "autograded", ".results", "gradebook.db"):
        command = ["du", "-s", "--apparent-size", "-B1", name]
        done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
        print(f"{name}: {int(done.stdout.split()[0]) / 1e6:,.0f} MB")
    print(f"{len(course.submissions(NAME))} students\n", flush=True)


def open_exchange(course: Course) -> None:
    """Give the course an exchange that everyone may write to."""
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


def _command(course: Course, *arguments: str, out: str = OUTPUT) -> Wait:
    """Run one command. out: the file that it makes, where that is not what it prints

    `wait4` gives its memory, and that of the processes it waited for.
    """
    path = course.root / OUTPUT
    with path.open("w") as output:
        start = time.perf_counter()
        process = subprocess.Popen(arguments, cwd=course.root, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: some submissions need a person
        sys.exit(f"{arguments}: {path.read_text()[-2000:]}")
    return _reported(
        Wait(
            what=" ".join(arguments),
            seconds=seconds,
            processor=usage.ru_utime + usage.ru_stime,
            peak=usage.ru_maxrss * 1024 / 1e6,
            size=(course.root / out).stat().st_size / 1e6,
        )
    )


def formgrader(course: Course, browser: bool) -> Iterator[Wait]:
    """The pages of formgrader, each with what it asks the server for."""
    with jupyter_lab(course.root) as server:
        children = psutil.Process().children()
        process = next(child for child in children if "jupyter-lab" in " ".join(child.cmdline()))
        # what the server imports at the first request is no page's time
        _requests(server, "/formgrader/manage_assignments")
        answer = _requests(server, f"{API}/submitted_notebooks/{NAME}/{NAME}")
        submissions = json.loads(answer)
        for what, page, requests in _pages(submissions[len(submissions) // 2]["id"]):
            yield _timed(what, process, partial(_requests, server, page, *requests))
        if browser:
            yield from _in_chromium(server, process)


def _pages(submission: str) -> list[tuple[str, str, list[str]]]:
    """(what it is, its address, what it then asks for). submission: the id of one"""
    student, root = id_of(1), "/formgrader"
    one = f"{root}/submissions/{submission}"
    of_one = [f"{API}/{what}?submission_id={submission}" for what in ("grades", "comments")]
    assignment, notebooks = f"{root}/gradebook/{NAME}", f"{root}/gradebook/{NAME}/{NAME}"
    submitted = f"{API}/submitted_notebooks/{NAME}/{NAME}"
    one_student, submissions = f"{root}/manage_students/{student}", f"{API}/submissions/{NAME}"
    return [
        ("manage assignments", f"{root}/manage_assignments", [f"{API}/assignments"]),
        ("manage submissions", f"{root}/manage_submissions/{NAME}", [submissions]),
        ("gradebook: one assignment", assignment, [f"{API}/notebooks/{NAME}"]),
        ("gradebook: its submissions", notebooks, [submitted]),
        ("manage students", f"{root}/manage_students", [f"{API}/students"]),
        ("one student", one_student, [f"{API}/student_submissions/{student}"]),
        ("one submission", f"{one}/", of_one),
        ("the next submission", f"{one}/next", []),
        ("the next with a failed test", f"{one}/next_incorrect", []),
    ]


def _requests(server: Server, *paths: str) -> str:
    """Ask for each path in turn; the body of the last answer."""
    return [server.ask("GET", path, PATIENCE)[0] for path in paths][-1]


def _in_chromium(server: Server, process: psutil.Process) -> Iterator[Wait]:
    """From the address to the last row of the table on the screen."""
    from playwright.sync_api import sync_playwright

    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    program, token = shutil.which("chromium"), {"Authorization": f"token {server.token}"}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        context = chromium.new_context(extra_http_headers=token)
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
    """What some work took the server; `work` returns its last answer."""
    Path(f"/proc/{process.pid}/clear_refs").write_text(CLEAR_PEAK)
    start, before = time.perf_counter(), process.cpu_times()
    answer = work()
    seconds, after = time.perf_counter() - start, process.cpu_times()
    processor = after.user + after.system - before.user - before.system
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(line for line in status.split("\n") if line.startswith("VmHWM")).split()[1]
    return _reported(
        Wait(
            what=f"formgrader: {what}",
            seconds=seconds,
            processor=processor,
            peak=int(peak) * 1024 / 1e6,
            size=len(answer) / 1e6,
        )
    )


def _reported(wait: Wait) -> Wait:
    """The same, printed at once, because the table comes at the end."""
    print(
        f"{wait.what}: {wait.seconds:.1f} s, {wait.processor:.1f} s of processor, "
        f"{wait.peak:.0f} MB",
        file=sys.stderr,
        flush=True,
    )
    return wait


if __name__ == "__main__":
    main()
