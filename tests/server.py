"""A real Jupyter server in a folder, for tests of what people see and click on."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

CONFIG_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)
NOTIFICATIONS = "JUPYTERLAB_SETTINGS_DIR/@jupyterlab/apputils-extension/notification"
# A notification that pops up while a menu is open closes the menu: on a busy machine, whenever.
SILENT = {"checkForUpdates": False, "doNotDisturbMode": True, "fetchNews": "false"}


@dataclass(frozen=True)
class Server:
    """url: "http://127.0.0.1:PORT", without a slash at the end."""

    url: str
    token: str

    def page(self, path):
        """The address of a page, for a browser."""
        return f"{self.url}{path}?token={self.token}"

    def ask(self, method, path, seconds=60):
        """Send a request to the server's interface; returns (body as text, its content type).

        seconds: how long to wait for the answer
        """
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.url}{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.read().decode(), answer.headers["Content-Type"]


@contextlib.contextmanager
def jupyter_lab(folder, *options):
    """JupyterLab with `folder` as its root, for the length of a with block; yields a `Server`.

    It neither uses nor changes the settings and workspaces of the user who runs the tests.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    as_root = ["--allow-root"] if os.geteuid() == 0 else []
    command = ["jupyter", "lab", "--no-browser", f"--ServerApp.port={port}"]
    command += [f"--IdentityProvider.token={token}", *as_root, *options]
    config = tempfile.TemporaryDirectory()
    settings = Path(config.name, f"{NOTIFICATIONS}.jupyterlab-settings")
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SILENT))
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {name: f"{config.name}/{name}" for name in CONFIG_FOLDERS},
    )
    server = Server(f"http://127.0.0.1:{port}", token)
    try:
        _wait_for(lambda: server.ask("GET", "/api/status"))
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        config.cleanup()


def _wait_for(attempt, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
