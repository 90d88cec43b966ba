"""The gate: so many at a time, or one alone."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from grading.cluster.gate import Gate


class Visitors:
    """Counts who is inside."""

    def __init__(self, gate):
        self.gate, self.inside, self.seen, self.lock = gate, 0, [], threading.Lock()

    def visit(self, alone=False):
        with self.gate.enter(alone):
            with self.lock:
                self.inside += 1
                self.seen.append((alone, self.inside))
            time.sleep(0.005)
            with self.lock:
                self.inside -= 1


def test_there_are_never_more_inside_than_there_is_room_for():
    gate = Gate()
    gate.make_room(3)
    visitors = Visitors(gate)
    with ThreadPoolExecutor(12) as pool:
        wait([pool.submit(visitors.visit) for _ in range(60)])
    assert len(visitors.seen) == 60
    assert max(number for _, number in visitors.seen) == 3


def test_who_is_alone_is_alone():
    gate = Gate()
    gate.make_room(4)
    visitors = Visitors(gate)
    with ThreadPoolExecutor(12) as pool:
        wait([pool.submit(visitors.visit, number % 5 == 0) for number in range(60)])
    assert len(visitors.seen) == 60
    assert {number for alone, number in visitors.seen if alone} == {1}
    assert max(number for alone, number in visitors.seen if not alone) > 1


def test_without_room_everybody_waits_until_it_is_closed():
    gate = Gate()
    visitors = Visitors(gate)
    with ThreadPoolExecutor(4) as pool:
        visits = [pool.submit(visitors.visit, number == 0) for number in range(4)]
        assert wait(visits, timeout=0.1).not_done == set(visits)
        gate.close(ValueError("no one is there"))
        for visit in visits:
            with pytest.raises(ValueError, match="no one is there"):
                visit.result(timeout=5)
    assert visitors.seen == []


def test_room_that_is_made_later_is_used_and_an_error_inside_gives_it_back():
    gate = Gate()
    visitors = Visitors(gate)
    with ThreadPoolExecutor(4) as pool:
        visits = [pool.submit(visitors.visit) for _ in range(4)]
        gate.make_room(1)
        wait(visits, timeout=5)
    with pytest.raises(KeyError), gate.enter():
        raise KeyError
    visitors.visit()
    assert [number for _, number in visitors.seen] == [1] * 5
