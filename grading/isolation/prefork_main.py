"""The warm parents: `python -m grading.isolation.prefork_main KIND MODULE STUDENTS [TESTS ASK]`, open sockets by number.

KIND is `demos` where demonstrations will be run too, else `plain`. MODULE has a function `serve`, which is the parent of test processes; - for none.

One process imports what notebooks import. Where there are tests to run it then splits in two: the parent of student
processes, which has seen nothing else, and the parent of test processes, which goes on to import MODULE and with it the hidden tests.
"""

import contextlib
import importlib
import os
import signal
import socket
import sys
import tempfile

from grading.isolation import student
from grading.isolation.linux import die_with_parent
from grading.isolation.shell import Shell


def main() -> None:
    kind, module, *numbers = sys.argv[1:]
    students, *others = (socket.socket(fileno=int(number)) for number in numbers)
    with tempfile.TemporaryDirectory() as home:  # for what IPython and matplotlib want to keep
        os.environ["HOME"] = home
        shell = Shell()
        student.warm_up(shell, kind == "demos")
    if others and os.fork() == 0:
        die_with_parent(signal.SIGKILL)
        students.close()
        tests, ask = others
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # nobody needs it any more
            importlib.import_module(module).serve(
                tests, ask
            )  # not before: student processes must not inherit it
        os._exit(0)
    for other in others:
        other.close()
    student.serve(students, shell)


if __name__ == "__main__":
    main()
