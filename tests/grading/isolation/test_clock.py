"""The clock of a student process: by hand, with numbers of every kind, and on real processes."""

import os
import time
from types import SimpleNamespace

import pytest

from grading.isolation import clock as module
from grading.isolation.activity import Activity
from grading.isolation.clock import DISK_SHARE, Clock, open_schedstat


def idle():
    return Activity(running=False, on_disk=False, least_seconds=0, most_seconds=0)


def busy():
    return Activity(running=True, on_disk=False, least_seconds=0, most_seconds=0)


def on_disk():
    return Activity(running=False, on_disk=True, least_seconds=0, most_seconds=0)


def used(seconds, uncertain=0.0):
    return lambda: Activity(True, False, least_seconds=seconds, most_seconds=seconds + uncertain)


def look(clock, see, kept_waiting=False):
    clock.look(see, lambda: kept_waiting)


class Machine:
    """What the kernel tells of a student process and of this side, as a test sets it."""

    def __init__(self, folder):
        self._files = [(folder / name).open("wb+", 0) for name in ("student", "here")]
        self.schedstat, self.own_schedstat = (file.fileno() for file in self._files)
        self.now = {"wall": 50.0, "running": 0.0, "waiting": 100.0, "here": 1.0, "here_waiting": 0}
        self.passes()

    def passes(self, **seconds):
        """Let time pass: on the wall, and as much of it as is said on the two sides."""
        for name, spent in seconds.items():
            self.now[name] += spent
        student = self.now["running"], self.now["waiting"]
        for file, (running, waiting) in zip(self._files, (student, (0, self.now["here_waiting"]))):
            numbers = f"{round(running * 1e9):020} {round(waiting * 1e9):020} 45\n"
            os.pwrite(file.fileno(), numbers.encode(), 0)

    def close(self):
        for file in self._files:
            file.close()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    machine = Machine(tmp_path)
    source = SimpleNamespace(
        monotonic=lambda: machine.now["wall"], thread_time=lambda: machine.now["here"]
    )
    monkeypatch.setattr(module, "time", source)
    yield machine
    machine.close()


@pytest.fixture
def clock(machine):
    return Clock(machine.schedstat, machine.own_schedstat)


def seconds(number):
    return pytest.approx(number, abs=1e-6)


# --- one thread


def test_running_and_sleeping_count(machine, clock):
    machine.passes(wall=3, running=2)
    assert clock.elapsed() == seconds(3)


def test_waiting_for_a_processor_does_not_count(machine, clock):
    machine.passes(wall=100, running=2, waiting=97)
    assert clock.elapsed() == seconds(3)


def test_what_this_side_does_and_waits_for_does_not_count(machine, clock):
    machine.passes(wall=10, here=4, here_waiting=5)
    assert clock.elapsed() == seconds(1)


def test_this_side_s_time_counts_where_nobody_was_kept_waiting(machine, clock):
    machine.passes(wall=10, here=4, here_waiting=5)
    clock.lap(kept_waiting=False)
    assert clock.elapsed() == seconds(10)


def test_both_sides_at_once_are_not_taken_off_twice(machine, clock):
    machine.passes(wall=10, running=8, here=8)
    clock.lap(kept_waiting=True)
    machine.passes(wall=3)
    assert clock.elapsed() == seconds(11)


def test_waiting_that_becomes_known_only_later_is_taken_off_all_the_same(machine, clock):
    """The kernel adds a wait to its statistics when it is over."""
    for _ in range(30):
        machine.passes(wall=0.1)
        clock.lap(kept_waiting=False)
        look(clock, busy)
        assert clock.elapsed() == seconds(0)
    machine.passes(waiting=3, wall=0.2, running=0.1)
    clock.lap(kept_waiting=True)
    assert clock.elapsed() == seconds(0.1)


def test_times_are_read_at_once_or_again(machine, clock, monkeypatch):
    """This side may have to wait for a processor while it reads."""
    walls = iter([60.0, 65.0, 70.0, 70.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(walls))
    assert clock.elapsed() == seconds(20)


def test_a_clock_is_never_below_zero(machine, clock):
    machine.passes(waiting=5000, here_waiting=5000)
    assert clock.elapsed() == 0


def test_while_paused_only_running_counts(machine, clock):
    with clock.paused():
        machine.passes(wall=10, running=1)
    machine.passes(wall=1)
    assert clock.elapsed() == seconds(2)


# --- several threads and processes


def test_time_in_which_others_want_a_processor_is_not_idle(machine, clock):
    """The first thread sleeps, since it waits for the others."""
    for _ in range(10):
        machine.passes(wall=1)
        clock.lap(kept_waiting=False)
        look(clock, busy)
    assert clock.elapsed() == seconds(0)


def test_processor_time_of_others_counts_from_the_first_look_on(machine, clock):
    for spent in (20, 21, 25):
        machine.passes(wall=10, running=0.5)
        clock.lap(kept_waiting=False)
        look(clock, used(machine.now["running"] + spent))
    assert clock.others == seconds(5)
    assert clock.elapsed() == seconds(6.5)


def test_of_processor_time_that_is_not_sure_nothing_counts(machine, clock):
    look(clock, used(20, uncertain=0.04))

    def runs_meanwhile():
        machine.passes(wall=1, running=1)
        return used(20.04)()

    look(clock, runs_meanwhile)
    assert (clock.others, clock.elapsed()) == (0, seconds(1))
    look(clock, used(22.04))
    assert clock.others == seconds(1)


def test_time_in_which_nobody_wants_a_processor_is_idle(machine, clock):
    for _ in range(10):
        machine.passes(wall=1)
        clock.lap(kept_waiting=False)
        look(clock, idle)
    assert clock.elapsed() == seconds(10)


def test_time_in_which_it_waits_for_this_side_is_not_idle(machine, clock):
    """Its answer may lie there while this side waits for a processor."""
    machine.passes(wall=10)
    clock.lap(kept_waiting=False)
    look(clock, idle, kept_waiting=True)
    assert clock.elapsed() == seconds(0)


def test_what_came_after_the_last_look_was_idle_as_far_as_what_was_seen(machine, clock):
    for see in (idle, busy, busy, busy):
        machine.passes(wall=1)
        clock.lap(kept_waiting=False)
        look(clock, see)
    machine.passes(wall=4)
    assert clock.elapsed() == seconds(2)


def test_of_waiting_for_a_disk_a_small_part_counts(machine, clock):
    machine.passes(wall=80)
    clock.lap(kept_waiting=False)
    look(clock, on_disk)
    assert clock.elapsed() == seconds(80 * DISK_SHARE)


# --- what the kernel does not tell


@pytest.mark.parametrize("content", [b"", b"1\n", b"no numbers here\n"])
def test_without_numbers_of_use_looks_say_what_was_idle_and_what_ran(machine, tmp_path, content):
    path = tmp_path / "schedstat"
    path.write_bytes(content)
    with path.open("rb") as file:
        clock = Clock(file.fileno(), machine.own_schedstat)
        for spent in (1, 2, 3):
            machine.passes(wall=10)
            clock.lap(kept_waiting=False)
            look(clock, used(spent))
        assert clock.elapsed() == seconds(2)
        machine.passes(wall=10)
        clock.lap(kept_waiting=False)
        look(clock, idle)
        assert clock.elapsed() >= 10


def test_a_process_that_is_not_there_has_no_statistics():
    assert open_schedstat(2**22 + 1) is None  # past the largest process number


# --- real processes


def test_sleeping_counts_on_this_machine_too():
    file = open_schedstat(os.getpid())
    start = time.monotonic()  # before the clock's own start
    clock = Clock(file)
    time.sleep(0.1)
    assert 0.05 < clock.elapsed() <= time.monotonic() - start
    if file is not None:
        os.close(file)
