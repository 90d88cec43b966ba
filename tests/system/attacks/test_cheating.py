"""Attacks on the comparison: whatever it does in its own process, a wrong answer stays wrong."""

import pytest

from tests.system.attacks.attack import (
    NO_SANDBOX,
    ONE_PROCESS,
    Attack,
    every_second_in_ci,
    load_all,
    without_protection,
)

ATTACKS = load_all("patching", "objects", "ipython", "forged", "leaked", "counting")


@pytest.mark.parametrize("off", [ONE_PROCESS, NO_SANDBOX])
@pytest.mark.parametrize("protected", [True, False])
def test_a_wrong_answer_alone_wins_nowhere(harness, off, protected):
    assert harness.run(Attack("plain", off), protected) == []


@pytest.mark.parametrize("attack", every_second_in_ci(ATTACKS), ids=repr)
def test_the_engine_holds(harness, attack):
    assert harness.run(attack, protected=True) == []


@pytest.mark.long
@pytest.mark.parametrize("attack", without_protection(ATTACKS), ids=repr)
def test_it_wins_without_protection(harness, attack):
    assert harness.run(attack, protected=False)
