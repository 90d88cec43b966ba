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
    queue = queue_of(
        arrival(1, "student1"),
        arrival(2, "student1"),
        arrival(3, "student1"),
        arrival(4, "student2"),
    )
    assert ids(queue.take(always)) == [1, 2, 3]  # the last one counts
    assert ids(queue.take(always)) == [4]
    assert queue.take(always) == []


def test_students_take_turns():
    queue = queue_of(
        arrival(1, "student1", "initialization"),
        arrival(2, "student1", "optimization"),
        arrival(3, "student1", "convolution"),
        arrival(4, "student2"),
        arrival(5, "student3"),
    )
    assert [ids(queue.take(always)) for _ in range(5)] == [[1], [4], [5], [2], [3]]


def test_who_is_busy_is_passed_over_and_keeps_the_place():
    queue = queue_of(arrival(1, "student1"), arrival(2, "student2"))
    assert ids(queue.take(lambda student, assignment: student != "student1")) == [2]
    assert ids(queue.take(always)) == [1]


def test_what_is_held_waits_until_something_newer_comes():
    queue = queue_of(arrival(1, "student1"))
    queue.hold(queue.take(always), 1000)
    assert queue.take(always) == []
    queue.add(arrival(2, "student1"))
    assert ids(queue.take(always)) == [1, 2]


def test_what_is_put_back_stands_before_what_came_later():
    queue = queue_of(arrival(1, "student1"))
    taken = queue.take(always)
    queue.add(arrival(2, "student1"))
    queue.hold(taken, 0)
    assert ids(queue.take(always)) == [1, 2]
    queue.hold([], 0)
    assert len(queue) == 0
