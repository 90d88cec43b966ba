"""A `course watch` that is killed at a chosen moment, as a power cut would: for tests.

python -m tests.system.watch.dying before recorded --root COURSE watch
"""

import os
import signal
import sys

from grading.cli import main
from grading.watch.journal import Journal


def die_at(when: str, kind: str) -> None:
    """End this process, by a signal that nobody can catch, at a line of the journal.

    when: "before" or "after" it is written; kind: of the line, or "add" for a hand-in
    """
    method = "add" if kind == "add" else "note"
    write = getattr(Journal, method)

    def dying(self, *arguments, **options):
        is_it = kind == "add" or arguments[1] == kind
        if is_it and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        write(self, *arguments, **options)
        if is_it:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(Journal, method, dying)


if __name__ == "__main__":
    die_at(*sys.argv[1:3])
    sys.exit(main(sys.argv[3:]))
