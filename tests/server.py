"""A real Jupyter server in a folder, for tests of what people see and click."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass

OWN_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)


@dataclass(frozen=True)
class Server:
    """url: "http://127.0.0.1:PORT", without a slash at the end."""

    url: str
    token: str

    def page(self, path):
        """The address of a page, for a browser."""
        return f"{self.url}{path}?token={self.token}"

    def ask(self, method, path, seconds=60):
        """(body as text, its content type) of a request to the server's interface; waits at most so many seconds."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.url}{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.read().decode(), answer.headers["Content-Type"]


@contextlib.contextmanager
def jupyter_lab(folder, *options):
    """JupyterLab with `folder` as its root, for the length of a with block; yields a `Server`.

    Settings and workspaces of whoever runs the tests are neither used nor touched.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    root = ["--allow-root"] if os.geteuid() == 0 else []
    own = tempfile.TemporaryDirectory()
    process = subprocess.Popen(
        ["jupyter", "lab", "--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={token}", *root, *options],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | {name: f"{own.name}/{name}" for name in OWN_FOLDERS},
    )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", token)
    try:
        _wait_for(lambda: server.ask("GET", "/api/status"))
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        own.cleanup()


def _wait_for(attempt, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
