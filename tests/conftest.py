"""What all tests share: markers by folder, the choice of tests, copies of the course's folder.

Nothing is imported here that takes long: `make test-fast` must not wait for nbgrader.
"""

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import warnings
from pathlib import Path

# Products of small matrices lose more by threads than they win, up to 60 times on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported, as next below

import matplotlib
import pytest

matplotlib.use("agg")  # not by $MPLBACKEND, which the kernels that tests start would inherit
# nbgrader starts `alembic` by its bare name, and make does not activate the environment.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
# A shell has programs in its background ignore Ctrl-C, and so would all that tests start there.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

TESTS = Path(__file__).parent
# What makes tests slow, by file or folder. All others are fast: `make test-fast` runs just these.
MARKERS = {
    "course_utils/test_animation.py": ("drawing",),
    "course_utils/test_explorers.py": ("drawing",),
    "course_utils/test_submit_exchange.py": ("nbgrader",),
    "grading/authoring": ("nbgrader",),
    "grading/diagnosis/test_agreement.py": ("catalogue",),
    "grading/diagnosis/test_catalogue.py": ("catalogue",),
    "grading/diagnosis/test_chance.py": ("catalogue",),
    "grading/diagnosis/test_mutants.py": ("catalogue",),
    "grading/diagnosis/test_answer_table.py": ("catalogue",),
    "grading/diagnosis/test_questions.py": ("catalogue",),
    "grading/gradebook": ("sandbox", "nbgrader"),
    "grading/isolation/test_bounds.py": ("sandbox",),
    "grading/isolation/test_memory_group.py": ("sandbox",),
    "grading/isolation/test_under_seccomp.py": ("sandbox",),
    "grading/nbgrader_plugins": ("sandbox", "nbgrader"),
    "grading/pipeline": ("sandbox", "nbgrader"),
    "grading/returns": ("sandbox", "nbgrader"),
    "grading/test_cli.py": ("sandbox", "nbgrader"),
    "grading/test_quick_nbgrader.py": ("nbgrader",),
    "grading/test_trial.py": ("catalogue",),
    "grading/watch": ("nbgrader",),
    "notebooks": ("kernel",),
    "system/attacks": ("attack", "sandbox"),
    "system/browser": ("browser", "sandbox"),
    "system/cluster": ("cluster", "sandbox"),
    "system/engine": ("engine", "sandbox"),
    "system/load": ("load", "sandbox"),
    "system/nbgrader_suite": ("sandbox", "nbgrader"),
    "system/postgresql": ("postgres", "sandbox"),
    "system/pseudo_language": ("sandbox", "nbgrader"),
    "system/watch": ("sandbox", "nbgrader"),
    "test_import_rules.py": ("lint",),
}

# Files that take minutes come first, so that no worker is left alone with one of them at the end.
LONGEST_FIRST = (
    "cluster",
    "browser",
    "engine",
    "postgres",
    "nbgrader",
    "attack",
    "kernel",
    "catalogue",
)


@functools.cache
def markers_of(path):
    """The markers of a test file: those of the first entry of MARKERS that it lies under."""
    relative = path.relative_to(TESTS)
    homes = [home for home in MARKERS if relative.is_relative_to(home)]
    return MARKERS[homes[0]] if homes else ()


def pytest_addoption(parser):
    parser.addoption("--fast", action="store_true", help="leave out whatever has a marker")
    parser.addoption("--assignment", metavar="NAME", help="only what is about one assignment")
    parser.addoption(
        "--pictures",
        type=Path,
        help="a folder for the pictures that the docs show; without it none is made",
    )


def pytest_ignore_collect(collection_path, config):
    """Do not even import the slow tests when only the fast ones are wanted."""
    is_ours = collection_path.is_relative_to(TESTS)
    return True if config.getoption("fast") and is_ours and markers_of(collection_path) else None


def pytest_collection_modifyitems(config, items):
    for item in items:
        for name in markers_of(item.path):
            item.add_marker(name)
    items.sort(key=lambda item: _rank(markers_of(item.path)))
    if name := config.getoption("assignment"):
        wanted = re.compile(rf"(?<![a-z_])({'|'.join(_names_of(name))})(?![a-z_])")
        left_out = [item for item in items if not wanted.search(item.name)]
        items[:] = [item for item in items if wanted.search(item.name)]
        config.hook.pytest_deselected(items=left_out)


def _rank(markers):
    ranks = [at for at, name in enumerate(LONGEST_FIRST) if name in markers]
    return min(ranks, default=len(LONGEST_FIRST))


def _names_of(assignment):
    """The name of an assignment and those of its graded functions: parametrized tests bear them."""
    from course_utils.assignments import points_of

    try:
        return [assignment, *points_of(assignment)]
    except ValueError as error:
        raise pytest.UsageError(f"--assignment: {error}") from None


def pytest_sessionfinish(session):
    """Keep the results of the catalogue's versions, where all of an assignment were run anew."""
    results = sys.modules.get("tests.grading.diagnosis.catalogue_results")
    if results and session.testscollected:
        results.write_new_results()


@pytest.fixture
def course(tmp_path):
    """A fresh copy of the course."""
    from tests.harness import copy_course

    return copy_course(tmp_path)


@pytest.fixture(scope="session")
def released_course(tmp_path_factory):
    """A copy of the course with all assignments in its gradebook; tests must not change it.

    pytest-xdist's workers, whose folders lie side by side, share one: the first to come makes it.
    """
    from filelock import FileLock

    from grading.authoring.build import build_release
    from grading.course import Course
    from tests.harness import copy_course

    folder = _shared(tmp_path_factory) / "released"
    done = folder / ".done"
    with FileLock(f"{folder}.lock"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own
        if not done.exists():
            folder.mkdir()
            course = copy_course(folder)
            for name in course.assignments:
                build_release(course, name)
            done.touch()
    return Course.at(folder)


def _shared(tmp_path_factory):
    """The folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def graded_class(released_course, tmp_path_factory, request):
    """What `make grade` does, on a copy of the course: the course, and what the command printed.

    Of all assignments, or the chosen one, with feedback; all workers of this run share it, and
    tests must not change it.
    """
    from filelock import FileLock

    from grading.authoring.sample_class import make_sample_class
    from grading.course import Course

    folder = _shared(tmp_path_factory) / "graded"
    printed = folder.with_suffix(".json")
    with FileLock(f"{folder}.lock"):
        if not printed.exists():
            course = Course.at(shutil.copytree(released_course.root, folder))
            name = request.config.getoption("assignment")
            chosen = [name] if name else []
            for name in chosen or course.assignments:
                make_sample_class(course, name)
            command = ["course", "grade", *chosen, "--feedback"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            printed.write_text(json.dumps([done.returncode, done.stdout, done.stderr]))
    command, said = ["course", "grade"], json.loads(printed.read_text())
    return Course.at(folder), subprocess.CompletedProcess(command, *said)


@pytest.fixture
def own_released_course(released_course, tmp_path):
    """A copy of the released course, gradebook and all, that a test may change."""
    from grading.course import Course

    return Course.at(shutil.copytree(released_course.root, tmp_path / "course"))
