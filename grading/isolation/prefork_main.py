"""The prefork servers: `python -m grading.isolation.prefork_main KIND MODULE STUDENT [CALLER ASK]`.

KIND      `demos` where demonstrations will be run too, else `plain`
MODULE    has a function `serve`, the server of the caller's processes; - for none
STUDENT   number of the open socket on which student processes are asked for
CALLER    the same for the caller's processes
ASK       the other end of STUDENT, for the caller's processes to use

One process imports what notebooks import. Where there is a MODULE it then splits in two: the server
of student processes, which has seen nothing else, and the server of the caller's processes, which
goes on to import MODULE and, with it, what students must not see.
"""

import contextlib
import gc
import importlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

from grading.isolation import student
from grading.isolation.linux import die_with_parent
from grading.isolation.shell import Shell


def main() -> None:
    # What is imported stays: to look through it is time lost. Student processes collect again.
    gc.disable()
    kind, module, *numbers = sys.argv[1:]
    control, *callers = (socket.socket(fileno=int(number)) for number in numbers)
    with tempfile.TemporaryDirectory() as home:  # for what IPython and matplotlib want to keep
        lists, own = (folder / ".cache" / "matplotlib" for folder in (Path(home), Path.home()))
        _copy_font_lists(own, lists)
        os.environ["HOME"] = home
        shell = Shell()
        student.warm_up(shell, kind == "demos")
        _copy_font_lists(lists, own)
    if callers and os.fork() == 0:
        die_with_parent(signal.SIGKILL)
        control.close()
        _serve_callers(module, *callers)
        os._exit(0)
    for caller in callers:
        caller.close()
    with _until_nobody_asks():
        student.serve(control, shell)


def _copy_font_lists(origin: Path, folder: Path) -> None:
    """Copy matplotlib's list of this machine's fonts where there is none: it takes half a second.

    No code of a student has run when a list is copied to the home of whoever grades. With
    XDG_CACHE_HOME matplotlib looks elsewhere, and finds its list by itself.
    """
    with contextlib.suppress(OSError):  # a home that may not be written to has no list
        for path in origin.glob("fontlist-*.json"):
            if not (folder / path.name).exists():
                folder.mkdir(parents=True, exist_ok=True)
                part = shutil.copy(path, folder / f"{path.name}.{os.getpid()}")
                os.replace(part, folder / path.name)


def _serve_callers(module: str, control: socket.socket, ask: socket.socket) -> None:
    with _until_nobody_asks():
        # Not imported earlier: student processes must not inherit it.
        importlib.import_module(module).serve(control, ask)


def _until_nobody_asks() -> contextlib.suppress:
    """For a server that may be needed by nobody once it is ready: it ends without a word."""
    return contextlib.suppress(BrokenPipeError, ConnectionResetError)


if __name__ == "__main__":
    main()
