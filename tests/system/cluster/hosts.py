"""Hosts for the tests of a cluster: network namespaces joined by a bridge, or plain loopback.

A host of the first kind has its own address, its own process table and its own view of the files,
in which a folder can be hidden. What runs there shares with the other hosts only this installation
and the network.
"""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PROGRAMS = ("ip", "unshare", "mount")
NETWORK = "10.77.0"
_numbers = itertools.count(1)


@dataclass
class Host:
    """Somewhere to run programs. namespace: "" on loopback; hides: a folder that is empty there"""

    address: str
    namespace: str = ""
    hides: Path | None = None
    processes: list[subprocess.Popen] = field(default_factory=list)

    def command(self, *words: str) -> list[str]:
        """The words, to be run on this host."""
        if not self.namespace:
            return [*words]
        command = ["ip", "netns", "exec", self.namespace]
        if self.hides:
            apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
            command += [
                *apart,
                "sh",
                "-c",
                'mount -t tmpfs none "$0" && exec "$@"',
                f"{self.hides}",
            ]
        return [*command, *words]

    def start(
        self, log: Path, *words: str, environment: dict[str, str] | None = None
    ) -> subprocess.Popen:
        """A program in the background, what it says going to a file."""
        with log.open("ab") as file:
            process = subprocess.Popen(
                self.command(*words), stdout=file, stderr=file, env=os.environ | (environment or {})
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            for one in family(process):
                with contextlib.suppress(psutil.Error):
                    one.kill()
            process.wait()
        self.processes.clear()


class Network:
    """Hosts that can reach one another. why: the reason where all are loopback, else "" """

    def __init__(self) -> None:
        self.why = _why_not()
        self.hosts: list[Host] = []
        self._name = f"course-{os.getpid()}-{next(_numbers)}"
        if not self.why:
            _ip("netns", "add", self._name)
            _ip("-n", self._name, "link", "add", "bridge", "type", "bridge")
            _ip("-n", self._name, "link", "set", "bridge", "up")

    def host(self, hides: Path | None = None) -> Host:
        """One more host."""
        number = len(self.hosts) + 1
        host = Host("127.0.0.1")
        if not self.why:
            host = Host(f"{NETWORK}.{number}", f"{self._name}-{number}", hides)
            _ip("netns", "add", host.namespace)
            _ip(
                "link",
                "add",
                "eth0",
                "netns",
                host.namespace,
                "type",
                "veth",
                "peer",
                "name",
                f"port{number}",
                "netns",
                self._name,
            )
            _ip("-n", self._name, "link", "set", f"port{number}", "master", "bridge", "up")
            _ip("-n", host.namespace, "addr", "add", f"{host.address}/24", "dev", "eth0")
            for link in ("eth0", "lo"):
                _ip("-n", host.namespace, "link", "set", link, "up")
        self.hosts.append(host)
        return host

    def close(self) -> None:
        for host in self.hosts:
            host.stop()
        if not self.why:
            for name in [*(host.namespace for host in self.hosts), self._name]:
                _ip("netns", "del", name)


def family(process: subprocess.Popen) -> list[psutil.Process]:
    """A process and all that it started, the youngest first."""
    with contextlib.suppress(psutil.Error):
        root = psutil.Process(process.pid)
        return [*reversed(root.children(recursive=True)), root]
    return []


def _why_not() -> str:
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        return f"there is no {', '.join(missing)} (Debian: iproute2, util-linux)"
    name = f"course-try-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if made.returncode:
        return made.stderr.strip()
    subprocess.run(["ip", "netns", "del", name], check=True)
    return ""


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr}")


def dask(*words: str) -> list[str]:
    """The `dask` of this environment."""
    return [str(Path(sys.executable).with_name("dask")), *words]
