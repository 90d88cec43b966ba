"""A timer raises SystemExit again and again, also while no cell of the student's is running.

It stands in the last function: a later cell of the same student's would rightly die with its own process.
"""

OFF = "one process"
CODE = """
import signal


def leave(number, frame):
    raise SystemExit


signal.signal(signal.SIGALRM, leave)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.001)
{WRONG}
"""
