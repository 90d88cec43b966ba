"""Where control groups that bound memory can be made; both versions of the kernel's interface.

Groups are made below this process's own one, never beside or above it: whatever bounds this process
goes on to bound the submissions. `python -m grading.isolation.control_groups` says whether they can
be made here.
"""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PREFIX = "course-student-"  # of a group's name; the number of the process that made it follows
SERVERS = "course-servers"  # the group of the processes that make groups, for version 2
DELEGATED = ("user.delegate", "trusted.delegate")  # attributes by which systemd gives a group away
USER_MANAGER = re.compile(r"user@\d+\.service")  # the group of a user's own systemd
SECONDS_TO_ANSWER = 10
NEEDED = (
    "Groups can be made by root, and in a group that systemd gives away: "
    "systemd-run --user --scope -p Delegate=yes make grade"
)


@dataclass(frozen=True)
class Version:
    """How a version of control groups names its files.

    entrance: a process that writes 0 into it is in the group from then on
    sizes: take the limit in bytes, the first one always, others where the kernel has them
    settings: what else is written, where the kernel has the file
    events: counts the processes that were killed for want of memory
    """

    file_system: str
    entrance: str
    sizes: tuple[str, ...]
    settings: dict[str, str]
    events: str


# In version 1 `tasks` moves one thread, which takes microseconds; `cgroup.procs` of either version
# makes the whole machine's processes wait for each other first, which takes some 10 ms.
VERSION_1 = Version(
    "cgroup",
    "tasks",
    ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
    {"memory.swappiness": "0"},
    "memory.oom_control",
)
VERSION_2 = Version(
    "cgroup2",
    "cgroup.procs",
    ("memory.max",),
    {"memory.swap.max": "0", "memory.oom.group": "1"},
    "memory.events",
)


@dataclass(frozen=True)
class Place:
    """A control group in which others can be made. is_top: the topmost that can be seen here"""

    folder: Path
    version: Version
    is_top: bool = False

    def prepare(self) -> bool:
        """Make it fit for groups that bound memory; whether it is."""
        if not os.access(self.folder, os.W_OK):
            return False
        try:
            if self.version is VERSION_2:
                self._hand_memory_down()
            trial = self.folder / f"{PREFIX}{os.getpid()}-trial"
            trial.mkdir()
            try:
                return (trial / self.version.sizes[0]).exists()
            finally:
                trial.rmdir()
        except OSError:
            return False

    def _hand_memory_down(self) -> None:
        """Let the groups below have limits on memory, if this group may be managed by us.

        Version 2 wants no process beside such groups, so that all move into one of their own.
        """
        handed_down = self.folder / "cgroup.subtree_control"
        if "memory" in handed_down.read_text().split() or not self._is_ours():
            return
        with contextlib.suppress(OSError):  # it needs no moving in the root of all groups
            handed_down.write_text("+memory")
            return
        servers = self.folder / SERVERS
        servers.mkdir(exist_ok=True)
        while pids := (self.folder / "cgroup.procs").read_text().split():
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    (servers / "cgroup.procs").write_text(pid)
        handed_down.write_text("+memory")

    def _is_ours(self) -> bool:
        """Whether systemd has given it away, or a container has it for its own."""
        is_marked = any(_attribute(self.folder, name) == b"1" for name in DELEGATED)
        return self.is_top or is_marked or _user_manager_gave_away(self.folder)

    def remove_old(self) -> None:
        """Remove the groups of processes that have ended, which were killed themselves."""
        for folder in self.folder.glob(f"{PREFIX}*"):
            pid = folder.name.removeprefix(PREFIX).partition("-")[0]
            if not Path(f"/proc/{pid}").exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


@cache
def find_place() -> Place | None:
    """Where groups can be made, if anywhere. Groups that a killed run left there are removed."""
    for place in own_places():
        if place.prepare():
            place.remove_old()
            return place
    return None


def own_places() -> Iterator[Place]:
    """The control groups that this process is in and that may account for memory."""
    groups = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
    own = {name: path for _, names, path in groups for name in names.split(",")}
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        mount, _, source = line.partition(" - ")
        _, _, _, root, point, *_ = mount.split()
        file_system, _, options = source.split(" ", 2)
        if file_system == VERSION_2.file_system:
            version, path = VERSION_2, own.get("")
        elif file_system == VERSION_1.file_system and "memory" in options.split(","):
            version, path = VERSION_1, own.get("memory")
        else:
            continue
        if path is not None and Path(path).is_relative_to(root):
            below = Path(path).relative_to(root)
            if below.name == SERVERS:
                below = below.parent
            yield Place(Path(point) / below, version, is_top=below == Path())


def _attribute(folder: Path, name: str) -> bytes:
    """An extended attribute; b"" where there is none."""
    with contextlib.suppress(OSError):
        return os.getxattr(folder, name)
    return b""


def _user_manager_gave_away(folder: Path) -> bool:
    """Whether a user's own systemd has. It sets no attributes, so it is asked."""
    if not any(USER_MANAGER.fullmatch(part) for part in folder.parts):
        return False
    question = ["systemctl", "--user", "show", "--property=Delegate", "--value", folder.name]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(question, capture_output=True, text=True, timeout=SECONDS_TO_ANSWER)
        return answer.stdout.strip() == "yes"
    return False


def protection() -> str:
    """What bounds the kernel's memory in submissions here, for a person."""
    if place := find_place():
        return f"All memory of a submission is bounded by a control group in {place.folder}."
    return f"No control group: pipes, sockets and open files are counted instead. {NEEDED}"


if __name__ == "__main__":
    print(protection())
