"""Pipes and sockets are memory of the kernel, which no process is charged with: they are counted.

Nothing of them is filled here; tests/system/attacks/resources/ does that, with small amounts. Where
there is a control group, the kernel itself holds a submission to its memory.
"""

import os

import pytest

from grading.isolation.control_groups import PREFIX, find_place, protection
from grading.isolation.limits import MEGABYTE, Limits
from grading.isolation.memory_group import remove_left
from tests.system.engine.asking import printed

PATIENT = Limits(cell_seconds=20, submission_seconds=60)
OPEN_IN_MANY = """if True:
    import os, time
    for _ in range(PROCESSES):
        if os.fork() == 0:
            pipes = [os.pipe() for _ in range(110)]
            time.sleep(60)
    time.sleep(SECONDS)
    print("done")
"""
QUEUED = """if True:
    import os, socket, time
    waiting = socket.socket(socket.AF_UNIX)
    waiting.bind("/tmp/waiting")
    waiting.listen(1000)
    for _ in range(CONNECTIONS):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect("/tmp/waiting")
    time.sleep(SECONDS)
    print("done")
"""
PAIRS = """if True:
    import os, socket, time
    def pairs(number):
        return [socket.socketpair() for _ in range(number)]
    kept = [pairs(110)]
    if os.fork() == 0:
        kept.clear()  # they stay open in the first process
        kept.append(pairs(OTHERS))
        time.sleep(60)
    time.sleep(SECONDS)
    print("done")
"""


def filled(source, **numbers):
    for name, number in numbers.items():
        source = source.replace(name, str(number))
    return source


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            filled(OPEN_IN_MANY, PROCESSES=6, SECONDS=60),
            "It had more than 1000 files, pipes and sockets open",
        ),
        (filled(QUEUED, CONNECTIONS=300, SECONDS=60), "It made more than 256 sockets"),
        (
            filled(PAIRS, OTHERS=30, SECONDS=60),
            "It made more than 256 sockets",
        ),
    ],
    ids=["pipes of many processes", "sockets that nobody accepts", "sockets of many processes"],
)
def test_more_than_is_allowed_ends_the_process(make, source, reason):
    assert make(PATIENT).run(source).error == f"It was stopped. {reason}."


@pytest.mark.parametrize(
    "source",
    [
        filled(OPEN_IN_MANY, PROCESSES=3, SECONDS=0.5),
        filled(QUEUED, CONNECTIONS=200, SECONDS=0.5),
        filled(PAIRS, OTHERS=10, SECONDS=0.5),
    ],
    ids=["pipes", "queue", "pairs"],
)
def test_what_is_allowed_is_left_alone(make, source):
    finished = make(PATIENT).run(source)
    assert finished.error == ""
    assert finished.outputs[-1]["text"] == "done\n"


# 300 MB with what the kernel may take; its folders hold more.
SMALL = Limits(cell_seconds=20, submission_seconds=60, memory=100 * MEGABYTE, disk=500 * MEGABYTE)
FILES = """if True:
    for number in range(6):
        with open(f"/tmp/{number}", "wb") as file:
            file.write(bytes(60_000_000))
    print("held")
"""


@pytest.fixture
def _no_watch(monkeypatch):
    """Nobody looks while a cell runs."""
    monkeypatch.setattr("grading.isolation.request.POLL_SECONDS", 60)


@pytest.mark.usefixtures("_no_watch")
@pytest.mark.skipif(find_place() is None, reason=protection())
def test_the_kernel_ends_who_is_quicker_than_the_watch(make):
    student = make(SMALL)
    assert student.run(FILES).error == "It was stopped. It used more than 0.1 GB of memory."
    assert student.run("print('goes on')").error == ""


@pytest.mark.usefixtures("_no_watch")
def test_without_a_control_group_only_the_watch_sees_it_here_at_the_end(make, monkeypatch):
    monkeypatch.setattr("grading.isolation.memory_group.find_place", lambda: None)
    finished = make(SMALL).run(FILES)
    assert finished.error == "It was stopped. It used more than 0.1 GB of memory."
    assert printed(finished) == "held\n"


@pytest.mark.skipif(find_place() is None, reason=protection())
def test_each_process_has_a_group_and_nothing_is_left_of_it(make):
    mine = f"{PREFIX}{os.getpid()}-*"
    before = set(find_place().folder.glob(mine))
    student = make(PATIENT)
    first = printed(student.run("print(open('/proc/self/cgroup').read())"))
    (group,) = set(find_place().folder.glob(mine)) - before
    assert group.name in first
    assert student.run("import os\nos._exit(0)").error
    second = printed(student.run("print(open('/proc/self/cgroup').read())"))
    assert group.name not in second
    student.close()
    remove_left()
    assert set(find_place().folder.glob(mine)) <= before
