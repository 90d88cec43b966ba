"""A real PostgreSQL server in a temporary folder, for tests and benchmarks of the gradebook."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

MISSING = (
    "no PostgreSQL server here; install Debian's package `postgresql` (apt install postgresql)"
)
USER, PASSWORD = "course", "not: a/secret@"
UNPRIVILEGED = ("postgres", "nobody")  # users to run the server, which refuses to run as root
SECONDS = 60  # to wait for the server to start or to stop


def binaries() -> Path | None:
    """The folder of initdb and postgres: on the PATH, else Debian's newest; None without one."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name)
    )
    return next((folder for folder in folders if (folder / "postgres").is_file()), None)


@dataclass
class Server:
    """A server that was started here.

    programs: the folder of its programs; folder: its files
    port: on 127.0.0.1, free when it was chosen
    durable: whether a commit waits for the disk
    """

    programs: Path
    folder: Path
    port: int
    durable: bool = False
    process: subprocess.Popen | None = None
    databases: list[str] = field(default_factory=list)

    def url(self, database: str, password: str = "not%3A%20a%2Fsecret%40") -> str:
        """What c.CourseDirectory.db_url is set to."""
        return f"postgresql+psycopg://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def create(self, like: str = "") -> str:
        """Make a database and return its url.

        like: the url of a database to copy, to which nobody may be connected; "" for an empty one
        """
        self.databases.append(f"gradebook_{len(self.databases)}")
        template = like.rpartition("/")[2] or "template1"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {self.databases[-1]} TEMPLATE {template}")
        return self.url(self.databases[-1])

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            dbname=database,
            autocommit=True,
        )

    def start(self) -> None:
        """Start it, and wait until it answers.

        Its time zone is far from UTC, so that a test fails if anything depends on the time zone.
        """
        options = ["-D", "data", "-p", f"{self.port}", "-k", "", "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", "timezone=Pacific/Auckland"]
        options += ["-c", f"fsync={'on' if self.durable else 'off'}"]
        with (self.folder / "log").open("ab") as log:
            command = [*_unprivileged_prefix(), self.programs / "postgres", *options]
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                return self.connect("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.1)

    def stop(self) -> None:
        """Stop it at once, as a machine does that is shut down; all connections are closed."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(SECONDS)
            self.process = None


@contextlib.contextmanager
def postgresql(durable: bool = False) -> Iterator[Server]:
    """A server for the length of a with block.

    It asks for a password and sorts text by the rules of English.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError(MISSING)
    with tempfile.TemporaryDirectory(prefix="postgresql-") as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, _unprivileged_user())
        _initdb(programs, folder)
        server = Server(programs, folder, _free_port(), durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _initdb(programs: Path, folder: Path) -> None:
    command = [*_unprivileged_prefix(), programs / "initdb", "-D", "data", "-U", USER]
    command += ["--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
    usage = subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True).stdout
    if "--icu-locale" in usage:  # since PostgreSQL 15
        command += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"initdb: {done.stdout}{done.stderr}")


def _unprivileged_user() -> str:
    names = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def _unprivileged_prefix() -> list[str]:
    """What to put before a command that root may not run; empty for other users."""
    if os.geteuid() != 0:
        return []
    user = _unprivileged_user()
    group = pwd.getpwnam(user).pw_gid
    return ["setpriv", f"--reuid={user}", "--clear-groups", f"--regid={group}"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
