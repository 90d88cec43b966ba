"""`course watch --scheduler`: the workers of a Dask scheduler grade what arrives."""

import pytest

from benchmarks.process_group import new_group
from benchmarks.runs import cluster
from tests.classes import NAME, sample, scores, stored_results
from tests.watching import Class, answer_to, watching


@pytest.mark.long
def test_the_workers_of_a_scheduler_grade_what_arrives(own_released_course, tmp_path):
    classroom = Class.make(own_released_course, tmp_path, pause=0)
    with (
        new_group() as group,
        cluster(group, 1) as address,
        watching(classroom.course, "--scheduler", address) as watcher,
    ):
        student1 = classroom.hand_in("student1", sample("he-bias"))
        assert answer_to(student1, 120)["feedback"]["score"] == 84
        again = classroom.hand_in("student1", sample("all-right-a"))
        assert answer_to(again, 120)["feedback"]["score"] == 100
    assert scores(classroom.course) == {"student1": 100}
    assert len(stored_results(classroom.course)) == 2
    assert NAME in watcher.said()
