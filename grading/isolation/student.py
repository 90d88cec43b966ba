"""The student process: how it starts, and what it gives up. Its caller believes nothing it says.

A process forked from the prefork server joins the sandbox whose namespaces it is handed, gives up
every privilege, and serves requests on its channel until that closes.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
from pathlib import Path

import course_utils
from course_utils.messages import read_all
from grading.errors import NoSandbox
from grading.isolation.channel import Channel
from grading.isolation.limits import Limits
from grading.isolation.linux import (
    FIRST_DESCRIPTOR,
    close_files_but,
    die_with_parent,
    drop_privileges,
    load_filter,
    new_session_keyring,
)
from grading.isolation.memory_group import join as join_group
from grading.isolation.prefork import ENVIRONMENT, serve_forks
from grading.isolation.sandbox import HOME, NAMESPACES, join
from grading.isolation.seccomp import student_filter
from grading.isolation.shell import Shell
from grading.isolation.student_server import StudentServer

# Libraries that notebooks import. Importing them once in the server makes its processes quick.
LIBRARIES = (
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "scipy.special",
    "tqdm",
)
# Only demonstrations load data, and these make every process twice as slow to fork.
DEMO_LIBRARIES = ("sklearn.datasets", "scipy.io", "h5py")
WARM_UP_CELL = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.show()"
ERRORS = "1 / 0", "def f(:"  # the words of an error need modules of their own


def serve(control: socket.socket, shell: Shell) -> None:
    """Be the prefork server of student processes."""
    serve_forks(control, lambda payload, files: _start(shell, payload, files))


def warm_up(shell: Shell, with_demos: bool = False) -> None:
    """Do once, before the first fork, what every student process would have to do.

    Import what notebooks import, run a cell and draw a picture. with_demos: import too what only
    demonstrations need
    """
    for name in (*LIBRARIES, *_modules_of_course_utils(), *(DEMO_LIBRARIES if with_demos else ())):
        importlib.import_module(name)
    read_all()  # in the sandbox, the files of this package cannot be read
    if not shell.run(WARM_UP_CELL, lambda output: None).ok:
        raise RuntimeError("the warm-up cell failed")
    for cell in ERRORS:
        shell.run(cell, lambda output: None)
    gc.freeze()  # %reset looks through all that is not frozen, twice
    shell.run("plt.close('all')\n%reset -f", lambda output: None)
    shell.names.pop("_exit_code", None)
    with contextlib.suppress(NoSandbox):  # Sandbox.start says it to those who want a sandbox
        student_filter()


def _modules_of_course_utils() -> list[str]:
    """The modules and packages directly in course_utils: what a notebook may import."""
    return [f"course_utils.{module.name}" for module in pkgutil.iter_modules(course_utils.__path__)]


def _start(shell: Shell, payload: bytes, files: list[int]) -> None:
    """In the forked process: enter the sandbox, fork again so as to be in its process table, serve.

    files: the channel's, then the entrance of its control group if it has one
    """
    options = json.loads(payload)
    channel_file, *entrances = files
    _silence_standard_files()
    close_files_but(*files)
    die_with_parent(signal.SIGKILL)
    for entrance in entrances:
        join_group(entrance)
    sandboxed = options["folder"] is None
    if sandboxed:
        _enter_sandbox(channel_file)
    else:
        os.setsid()
        os.chdir(options["folder"])
    reading, writing = os.pipe()
    if pid := os.fork():
        # This process is still in our own process table, where alone the number is known.
        with socket.socket(fileno=channel_file) as told:
            Channel(told).send({"op": "born", "pid": pid})
        os.close(reading)
        os.close(writing)
        os.waitpid(pid, 0)
        return
    os.close(writing)
    os.read(reading, 1)  # returns once our process number has been told
    os.close(reading)
    limits = Limits(**options["limits"])
    gc.enable()
    _give_up_privileges(limits, sandboxed)
    StudentServer(shell, Channel(socket.socket(fileno=channel_file)), limits).serve()


def _silence_standard_files() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in range(FIRST_DESCRIPTOR):
        os.dup2(null, standard)


def _enter_sandbox(channel_file: int) -> None:
    """Join the namespaces whose descriptors come first of all on the channel."""
    with socket.socket(fileno=os.dup(channel_file)) as channel:
        _, namespaces, _, _ = socket.recv_fds(channel, 1, len(NAMESPACES))
    join(namespaces)
    for descriptor in namespaces:
        os.close(descriptor)


def _give_up_privileges(limits: Limits, sandboxed: bool) -> None:
    """The last steps before a stranger's code: the filter of system calls is the very last."""
    if sandboxed:
        os.chdir(HOME)
        new_session_keyring()
    else:
        die_with_parent(signal.SIGKILL)
    os.environ.clear()
    os.environ.update(ENVIRONMENT | {"HOME": str(Path.cwd())})
    limits.impose(count_processes=sandboxed)
    drop_privileges()
    program = student_filter() if sandboxed else b""
    own_package = __name__.partition(".")[0]
    for name in list(sys.modules):
        if name.partition(".")[0] == own_package:
            del sys.modules[name]
    if program:
        load_filter(program)
