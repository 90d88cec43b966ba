"""The warm parents: `python -m grading.engine.parents KIND STUDENTS [TESTS ASK]`, open sockets by number.

KIND is `demos` where demonstrations will be run too, else `plain`.

One process imports what notebooks import. Where there are tests to run it then splits in two: the parent of student
processes, which has seen nothing else, and the parent of test processes, which goes on to import the hidden tests.
"""

import contextlib
import os
import signal
import socket
import sys
import tempfile

from grading.engine import student
from grading.engine.linux import die_with_parent
from grading.engine.shell import Shell


def main() -> None:
    kind, *numbers = sys.argv[1:]
    students, *others = (socket.socket(fileno=int(number)) for number in numbers)
    with tempfile.TemporaryDirectory() as home:  # for what IPython and matplotlib want to keep
        os.environ["HOME"] = home
        shell = Shell()
        student.warm_up(shell, kind == "demos")
    if others and os.fork() == 0:
        from grading.engine import tester  # not before: student processes must not inherit it

        die_with_parent(signal.SIGKILL)
        students.close()
        tests, ask = others
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # nobody needs it any more
            tester.serve(tests, ask)
        os._exit(0)
    for other in others:
        other.close()
    student.serve(students, shell)


if __name__ == "__main__":
    main()
