"""A timer raises SystemExit again and again, also while no cell of the student's is running.

It stands in the last function: a later cell of the same student's would rightly die with its own
process.
"""

OFF = "one process"
CODE = """
import signal


{WRONG}


def leave(number, frame):
    names = set()
    while frame:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    if not names & {"run_cell", "initialize_parameters_he"}:
        raise SystemExit


signal.signal(signal.SIGALRM, leave)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.0002)
"""
