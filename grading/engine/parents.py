"""The warm parents: `python -m grading.engine.parents STUDENTS [TESTS ASK]`, open sockets by number.

One process imports what notebooks import. Where there are tests to run it then splits in two: the parent of student
processes, which has seen nothing else, and the parent of test processes, which goes on to import the hidden tests.
"""

import os
import socket
import sys

from grading.engine import student
from grading.engine.shell import Shell


def main() -> None:
    students, *others = (socket.socket(fileno=int(word)) for word in sys.argv[1:])
    shell = Shell()
    student.warm_up(shell)
    if others and os.fork() == 0:
        from grading.engine import run  # not before: student processes must not inherit it

        students.close()
        tests, ask = others
        run.serve(tests, ask, shell)
        os._exit(0)
    for other in others:
        other.close()
    student.serve(students, shell)


if __name__ == "__main__":
    main()
