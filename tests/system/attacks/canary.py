"""What an attack must not touch: a stand-in for the course's folder, and marks on the real one."""

import contextlib
import os
import shutil
import signal
import sysconfig
import time
import uuid
from pathlib import Path

import course_utils
from tests.harness import ROOT

SITE = Path(sysconfig.get_path("purelib"))
UTILS = Path(course_utils.__file__).parent
ATTACKED = "initialization"  # of the assignments, all attacks on files want this one's
GUARDED = (ROOT / "source", ROOT / "release", ROOT / "grading" / "assignments", UTILS)


class Canary:
    """A folder with everything that is worth attacking, each file holding a secret.

    mark: the name that processes started by an attack give themselves, so that they are found again
    """

    def __init__(self, root: Path):
        self.root = root
        self.secret = f"canary-{uuid.uuid4().hex}"
        self.mark = f"atk{uuid.uuid4().hex[:10]}"
        self._before: dict[str, object] = {}

    def places(self, protected: bool) -> dict[str, str]:
        """Where the attack's {PLACES} are: the real ones only where the sandbox protects them."""
        inside = {
            "COURSE": "course",
            "SITE": "site-packages",
            "UTILS": "course_utils",
            "TMP": "tmp",
            "SHM": "shm",
            "DEV": "dev",
        }
        real = {
            "COURSE": ROOT,
            "SITE": SITE,
            "UTILS": UTILS,
            "TMP": Path("/tmp"),
            "SHM": Path("/dev/shm"),
            "DEV": Path("/dev"),
        }
        places = (
            real if protected else {name: self.root / folder for name, folder in inside.items()}
        )
        return {name: str(path) for name, path in places.items()} | {
            "CANARY": str(self.root),
            "MARK": self.mark,
        }

    def renew(self) -> None:
        """Make the folder as it should be, and remember how the machine looks."""
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in (SITE, UTILS, UTILS / "__pycache__"):
            for stray in folder.glob(f"{self.mark}*"):
                stray.unlink()
        for name in (
            "site-packages",
            "tmp",
            "shm",
            "home/.ipython/profile_default/startup",
            "work",
        ):
            (self.root / name).mkdir(parents=True)
        for name in (
            "gradebook.db",
            "submitted/another-student/initialization/initialization.ipynb",
            "results/initialization/another-student.json",
            "home/.bashrc",
            "course_utils/checks.py",
            "dev/full",
        ):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.secret)
        for name in ("source", "release", "grading/assignments"):
            ours = Path(name, ATTACKED)
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / ours, self.root / "course" / ours, ignore=ignore)
        self._before = self._state()

    def changes(self) -> list[str]:
        """What is no longer as it was."""
        now = self._state()
        return sorted(
            name for name in now.keys() | self._before if now.get(name) != self._before.get(name)
        )

    def survivors(self, patience: float) -> list[int]:
        """Numbers of the attack's processes that are still there, which are then ended."""
        deadline = time.monotonic() + patience
        while (found := self._marked() or self._marked()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in found:
            self._end(pid)
        while left := self._marked():  # those that were forked while we looked
            self._end(*left)
        return found

    def _end(self, *pids: int) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _marked(self) -> list[int]:
        found = []
        for path in Path("/proc").glob("[0-9]*/comm"):
            with contextlib.suppress(OSError):
                if path.read_text().strip() == self.mark:
                    found.append(int(path.parent.name))
        return found

    def _state(self) -> dict[str, object]:
        """The canary's files, size and time of the real ones, and what site-packages holds."""
        own = {path: path.stat() for path in self.root.rglob("*") if "work" not in path.parts}
        state: dict[str, object] = {
            str(path): (about.st_mode, path.read_bytes() if path.is_file() else b"")
            for path, about in own.items()
        }
        for folder in GUARDED:
            for path in folder.rglob("*"):
                if path.is_file() and (self.mark in path.name or "__pycache__" not in path.parts):
                    state[str(path)] = (
                        path.stat().st_size,
                        path.stat().st_mtime_ns,
                        path.stat().st_mode,
                    )
        state |= {str(path): "there" for path in SITE.iterdir() if path.name != "__pycache__"}
        return state | {"/dev/full": os.stat("/dev/full").st_ctime_ns}
