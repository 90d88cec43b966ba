"""Attacks on the grader itself: through the file, what it shows, and its own channel."""

import pytest

from tests.system.attacks.attack import every_second_in_ci, load_all, without_protection

ATTACKS = load_all("format", "injection", "channel")


@pytest.mark.parametrize("attack", every_second_in_ci(ATTACKS), ids=repr)
def test_the_engine_holds(harness, attack):
    assert harness.run(attack, protected=True) == []


@pytest.mark.long
@pytest.mark.parametrize("attack", without_protection(ATTACKS), ids=repr)
def test_it_wins_without_protection(harness, attack):
    assert harness.run(attack, protected=False)
