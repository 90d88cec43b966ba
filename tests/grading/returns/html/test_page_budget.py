"""The budget of a page: what takes long or fails is plain text, and no clock is left behind."""

import signal
import time
import weakref

from grading.returns.html.page_budget import MAX_PAGE, MAX_TEXT, PIECE_SECONDS, PageBudget, shorten


def busy(text):
    """Work without end."""
    while True:
        time.process_time()


def swallowed(text):
    """Take every error for its own, as libraries do."""
    try:
        return busy(text)
    except Exception:
        return "swallowed"


def fails(text):
    raise KeyError(text)


def test_what_takes_long_or_fails_is_plain_text():
    budget = PageBudget()
    for make in (busy, swallowed, fails):
        assert budget.format("text", make, str.upper) == "TEXT"
    assert budget.format("text", str.title, str.upper) == "Text"


def test_the_time_of_a_page_is_used_up_once():
    budget, started = PageBudget(), time.process_time()
    for _ in range(20):
        assert budget.format("text", busy, str.upper) == "TEXT"
    assert time.process_time() - started < 2


def test_no_clock_is_left_behind():
    before = signal.getsignal(signal.SIGPROF)
    PageBudget().format("text", busy, str.upper)
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_text_keeps_its_ends():
    assert shorten("x" * 10, 10) == "x" * 10
    text = shorten("a" * 500 + "b" * 500, 100)
    assert text.startswith("a" * 50 + "\n[900 characters are left out here")
    assert text.endswith("b" * 50)


def test_a_page_has_room_for_so_much():
    budget = PageBudget()
    texts = [budget.shortened("x" * MAX_TEXT) for _ in range(100)]
    assert sum(map(len, texts)) < MAX_PAGE + 100 * 100
    assert "60,000 characters are left out" in texts[-1]


class TakesLong:
    """An object that is still busy when its text's time is up, where no exception is heard."""

    def __del__(self):
        spend(2 * PIECE_SECONDS)


def spend(seconds):
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass


def test_the_clock_stops_code_after_a_clean_up_that_took_all_the_time():
    def make(text):
        TakesLong()
        spend(10)
        return "made"

    started = time.process_time()
    assert PageBudget().format("text", make, str.upper) == "TEXT"
    assert time.process_time() - started < 5


def test_the_clock_stops_code_after_a_weak_reference_that_took_all_the_time():
    def make(text):
        key = Key()
        weakref.finalize(key, spend, 2 * PIECE_SECONDS)
        del key
        spend(10)
        return "made"

    started = time.process_time()
    assert PageBudget().format("text", make, str.upper) == "TEXT"
    assert time.process_time() - started < 5


class Key:
    """A thing that a weak reference can point at."""
