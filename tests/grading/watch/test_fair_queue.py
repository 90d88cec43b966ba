"""Every student has the same share of the queue."""

from grading.watch.arrival import Arrival
from grading.watch.fair_queue import FairQueue


def arrival(number, student, assignment="initialization"):
    return Arrival("exchange", str(number), student, assignment, "", number)


def queue_of(*arrivals):
    queue = FairQueue()
    for one in arrivals:
        queue.add(one)
    return queue


def always(student, assignment):
    return True


def ids(arrivals):
    return [one.id for one in arrivals]


def test_one_who_hands_in_often_gets_one_place():
    queue = queue_of(arrival(1, "ada"), arrival(2, "ada"), arrival(3, "ada"), arrival(4, "bob"))
    assert ids(queue.take(always)) == [1, 2, 3]  # the last one counts
    assert ids(queue.take(always)) == [4]
    assert queue.take(always) == []


def test_students_take_turns():
    queue = queue_of(
        arrival(1, "ada", "initialization"),
        arrival(2, "ada", "optimization"),
        arrival(3, "ada", "convolution"),
        arrival(4, "bob"),
        arrival(5, "cyd"),
    )
    assert [ids(queue.take(always)) for _ in range(5)] == [[1], [4], [5], [2], [3]]


def test_who_is_busy_is_passed_over_and_keeps_the_place():
    queue = queue_of(arrival(1, "ada"), arrival(2, "bob"))
    assert ids(queue.take(lambda student, assignment: student != "ada")) == [2]
    assert ids(queue.take(always)) == [1]


def test_what_is_held_waits_until_something_newer_comes():
    queue = queue_of(arrival(1, "ada"))
    queue.hold(queue.take(always), 1000)
    assert queue.take(always) == []
    queue.add(arrival(2, "ada"))
    assert ids(queue.take(always)) == [1, 2]


def test_what_is_put_back_stands_before_what_came_later():
    queue = queue_of(arrival(1, "ada"))
    taken = queue.take(always)
    queue.add(arrival(2, "ada"))
    queue.hold(taken, 0)
    assert ids(queue.take(always)) == [1, 2]
    queue.hold([], 0)
    assert len(queue) == 0
