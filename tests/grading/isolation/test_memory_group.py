"""A control group bounds what no process is charged with. Each filling is tried without one, too.

A filling takes 300 MB and no more, with or without a group.
"""

import contextlib
import os
import subprocess
import sys
import textwrap

import pytest

from grading.isolation import memory_group
from grading.isolation.control_groups import (
    PREFIX,
    SERVERS,
    VERSION_2,
    Place,
    find_place,
    own_places,
    protection,
)
from grading.isolation.limits import Limits
from grading.isolation.memory_group import MemoryGroup, remove_left
from tests.harness import ROOT

NO_MORE = Limits(memory=0)  # so that a group has MEMORY_BESIDES, 200 MB
FILLINGS = {
    "sockets": """
        import contextlib, socket
        for _ in range(750):
            for end in socket.socketpair():
                held.append(end)
                end.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    while True:
                        end.send(bytes(100_000))
    """,
    "pipes": """
        import fcntl
        for _ in range(300):
            reading, writing = os.pipe()
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)
            os.write(writing, bytes(1 << 20))
    """,
    "files without a name": """
        for number in range(10):
            held.append(os.memfd_create(str(number)))
            os.write(held[-1], bytes(30_000_000))
    """,
    "its own memory": "held += [bytearray(b'x') * 30_000_000 for _ in range(10)]",
}
PROGRAM = """
import os, resource, sys
from grading.isolation.memory_group import join
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
for entrance in sys.argv[1:]:
    join(int(entrance))
held = []
FILLING
print("HELD")
"""


@pytest.fixture
def place():
    if find_place() is None:
        pytest.skip(protection())
    return find_place()


@pytest.fixture
def make_group(place):
    made = []

    def make(limits=NO_MORE):
        made.append(MemoryGroup.start(limits))
        return made[-1]

    yield make
    for group in made:
        group.remove()
    remove_left()
    assert not any(group.folder.exists() for group in made)


def run(filling, *entrances):
    """Status and output of a process that is in a group, if its entrance is given."""
    program = PROGRAM.replace("FILLING", textwrap.dedent(filling))
    command = [sys.executable, "-c", program, *map(str, entrances)]
    done = subprocess.run(command, cwd=ROOT, pass_fds=entrances, capture_output=True, text=True)
    return done.returncode, done.stdout.strip(), done.stderr


@pytest.mark.parametrize("kind", FILLINGS)
def test_the_kernel_ends_who_has_too_much(make_group, kind):
    if kind == "pipes" and os.geteuid() != 0:
        pytest.skip("the kernel bounds a user's pipes by itself")
    group = make_group()
    assert not group.has_killed
    assert run(FILLINGS[kind], group.entrance)[:2] == (-9, "")
    assert group.has_killed


def test_a_group_knows_its_processes_and_all_that_they_start(make_group):
    group = make_group(Limits())
    assert group.processes() == []
    filling = "os.fork()\nos.write(1, b'%d\\n' % os.getpid())\ninput()"
    program = PROGRAM.replace("FILLING", filling)
    command = [sys.executable, "-c", program, str(group.entrance)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[group.entrance], **pipes)
    try:
        pids = {int(process.stdout.readline()) for _ in range(2)}
        assert process.pid in pids
        assert set(group.processes()) == pids
    finally:
        process.communicate("\n\n")


@pytest.mark.parametrize("kind", FILLINGS)
def test_without_a_group_it_is_held(kind):
    if kind == "pipes" and os.geteuid() != 0:
        pytest.skip("the kernel bounds a user's pipes by itself")
    assert run(FILLINGS[kind]) == (0, "HELD", "")


def test_who_has_less_is_left_alone(make_group):
    group = make_group(Limits(memory=300_000_000))
    assert run(FILLINGS["its own memory"], group.entrance) == (0, "HELD", "")
    assert not group.has_killed


def test_what_a_process_starts_is_in_its_group(make_group):
    group = make_group()
    child = 'import subprocess; print(open(f"/proc/{os.getpid()}/cgroup").read())'
    inner = f"subprocess.run([sys.executable, '-c', {'import os; ' + child!r}])"
    assert group.folder.name in run(f"import subprocess; {inner}", group.entrance)[1]


def test_a_group_in_use_is_removed_later(place):
    group = MemoryGroup.start(NO_MORE)
    program = PROGRAM.replace("FILLING", "print('in', flush=True); sys.stdin.read()")
    with subprocess.Popen(
        [sys.executable, "-c", program, str(group.entrance)],
        cwd=ROOT,
        pass_fds=[group.entrance],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"in\n"
        group.remove()
        assert group.folder.exists()
    remove_left()
    assert not group.folder.exists()


def test_what_a_killed_run_left_is_removed_and_nothing_else(place, make_group):
    own = make_group()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = place.folder / f"{PREFIX}{ended.pid}-0"
    left.mkdir()
    place.remove_old()
    assert not left.exists()
    assert own.folder.exists()


def test_groups_are_made_below_the_own_one(place, make_group):
    """Beside or above it they would be out of the bounds of whoever started this process."""
    assert place in list(own_places())
    assert make_group().folder.parent == place.folder


def test_a_place_that_cannot_be_written_to_is_none(tmp_path):
    assert not Place(tmp_path / "not there", VERSION_2).prepare()


# --- version 2 hands memory down only where the group is ours


@pytest.fixture
def files_of_version_2(tmp_path):
    (tmp_path / "cgroup.subtree_control").write_text("cpu pids\n")
    (tmp_path / "cgroup.procs").write_text("")
    return tmp_path


def test_a_group_that_nobody_gave_away_stays_as_it_is(files_of_version_2):
    assert not Place(files_of_version_2, VERSION_2).prepare()
    assert (files_of_version_2 / "cgroup.subtree_control").read_text() == "cpu pids\n"
    assert not (files_of_version_2 / SERVERS).exists()


def test_a_group_that_was_given_away_hands_memory_down(files_of_version_2):
    with contextlib.suppress(OSError):
        os.setxattr(files_of_version_2, "user.delegate", b"1")
    if not os.listxattr(files_of_version_2):
        pytest.skip("this file system keeps no attributes")
    Place(files_of_version_2, VERSION_2).prepare()
    assert (files_of_version_2 / "cgroup.subtree_control").read_text() == "+memory"


@pytest.mark.parametrize(
    ("answer", "handed_down"), [("yes", "+memory"), ("no", "cpu pids\n"), ("", "cpu pids\n")]
)
def test_a_user_s_own_systemd_is_asked(
    files_of_version_2, tmp_path_factory, monkeypatch, answer, handed_down
):
    """It does not mark what it gives away."""
    programs = tmp_path_factory.mktemp("programs")
    asked = programs / "asked"
    (programs / "systemctl").write_text(f'#!/bin/sh\necho "$@" > {asked}\necho {answer}\n')
    (programs / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    scope = files_of_version_2 / "user@1000.service" / "run-1.scope"
    scope.mkdir(parents=True)
    for name in ("cgroup.subtree_control", "cgroup.procs"):
        (files_of_version_2 / name).rename(scope / name)
    Place(scope, VERSION_2).prepare()
    assert (scope / "cgroup.subtree_control").read_text() == handed_down
    assert asked.read_text() == "--user show --property=Delegate --value run-1.scope\n"


def test_without_a_place_there_is_no_group_and_it_is_said(monkeypatch):
    monkeypatch.setattr("grading.isolation.control_groups.own_places", lambda: iter([]))
    find_place.cache_clear()
    try:
        assert memory_group.MemoryGroup.start(NO_MORE) is None
        assert "systemd-run --user --scope" in protection()
    finally:
        find_place.cache_clear()
