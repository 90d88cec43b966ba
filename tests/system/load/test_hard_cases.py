"""Beside a load, everything about a submission is what it is without one.

Not among the tests of CI: a load of 20 processes would slow down whatever runs beside it.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from grading.engine.engine import grade_here
from grading.isolation.limits import Limits
from tests.busy import busy
from tests.system.engine.small_course import SOLUTION, Cell, job
from tests.system.engine.test_load import ENDLESS, ONES, SLOW, WORK, submission

LOAD = 20

TEST_WITH_CALL_BACKS = """
import time
from course_utils.explain import using_stubs

def helper(number):
    time.sleep(0.05)
    return number

with double.using_stubs({"helper": helper}):
    assert double(94) == 188
"""
CALLS_BACK = "def double(x):\n    return 2 * sum(helper(1) for _ in range(int(x)))\n"
TAKES_MOST = f"{WORK}\ndef double(x):\n    work(0.35)\n    return 2 * x\n"
PRINTS = """
def double(x):
    for number in range(20_000):
        print("a line", number)
    return 2 * x
"""
SLEEPS = "import time\ndef double(x):\n    time.sleep(0.2)\n    return 2 * x\n"
SLEEPS_LONG = "import time\ndef double(x):\n    time.sleep(1e9)\n"
NEVER_ENDS = "def double(x):\n    while True:\n        pass\n"
SOON = Limits(cell_seconds=1, submission_seconds=8)


def small(solution, *others):
    test = [Cell("test", TEST_WITH_CALL_BACKS)] if "helper" in solution else []
    tests = test or [Cell("test", "assert double(2.5) == 5 and double(-1) == -2")]
    cells = [Cell("solution", solution), *others, *tests]
    return job(cells, limits=SOON)


def hard_cases():
    """Submissions that a clock on the wall would judge otherwise beside a load."""
    name, code = ONES
    too_late = name, f"{WORK}\nwork(0.8)\n{code}"
    return {
        "right": small(SOLUTION),
        "calls back 94 times": small(CALLS_BACK),
        "takes most of its time": small(TAKES_MOST),
        "prints 20,000 lines a call": small(PRINTS),
        "sleeps": small(SLEEPS),
        "sleeps for ever": small(SLEEPS_LONG),
        "never ends": small(NEVER_ENDS),
        "a wrong function": submission(ONES),
        "not looked at": submission(too_late, submission_seconds=1.4),
        "endless, and without time": submission(ENDLESS, submission_seconds=1.8),
        "slow": submission(SLOW, cell_seconds=0.4),
    }


def graded(jobs, at_once):
    """All of the results but where the time went."""
    with ThreadPoolExecutor(at_once) as pool:
        results = pool.map(grade_here, jobs.values())
        return {name: replace(one, seconds={}) for name, one in zip(jobs, results)}


def test_hard_cases_are_graded_alike_alone_and_beside_a_load():
    jobs = hard_cases()
    alone = graded(jobs, 1)
    with busy(LOAD):
        loaded = graded(jobs, len(jobs))
    assert loaded == alone
    points = {name: result.scores.get("double-values") for name, result in alone.items()}
    assert [name for name, one in points.items() if one == 0] == ["sleeps for ever", "never ends"]
    assert alone["not looked at"].not_looked_at == [ONES[0]]
