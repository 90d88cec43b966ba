"""What the benchmarks share: the machine's description, and the course's commands on the PATH."""

import os
import platform
import sys
from pathlib import Path


def description() -> str:
    """The machine and the Python that figures belong to."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def put_commands_on_path() -> None:
    """Let `course` and `nbgrader` be found beside this Python.

    They lie there also in an environment that nobody activated.
    """
    folders = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    os.environ["PATH"] = os.pathsep.join(folders)
