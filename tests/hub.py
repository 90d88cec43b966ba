"""A real JupyterHub on loopback: a server for each user, who as root's guest is a user of its own.

It needs jupyterhub and configurable-http-proxy, a program of npm.
"""

import contextlib
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

PROXY = "configurable-http-proxy"
HOW = (
    f"there is no jupyterhub or no {PROXY}. Install Node.js with npm "
    "(Debian, Ubuntu: apt install nodejs npm), then: make hub"
)
FIRST_UID = 20_000  # users of the hub; none of them needs an entry in /etc/passwd
INSTRUCTOR = "instructor"
CONFIG = """
import os
from jupyterhub.spawner import SimpleLocalProcessSpawner

ABOUT = {about!r}

class OwnUserSpawner(SimpleLocalProcessSpawner):
    def make_preexec_fn(self, name):
        uid, home = ABOUT["uids"].get(name), self.home_dir

        def become():
            if uid:
                os.setgroups([])
                os.setgid(uid)
                os.setuid(uid)
            os.chdir(home)

        return become

def to_course(spawner):
    if spawner.user.name == ABOUT["instructor"]:
        spawner.notebook_dir = ABOUT["course"]

c = get_config()
c.JupyterHub.bind_url = ABOUT["url"]
c.JupyterHub.hub_port = ABOUT["hub_port"]
c.JupyterHub.db_url = "sqlite:///" + ABOUT["folder"] + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = ABOUT["folder"] + "/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = ABOUT["password"]
c.Authenticator.allowed_users = set(ABOUT["users"])
c.JupyterHub.spawner_class = OwnUserSpawner
c.SimpleLocalProcessSpawner.home_dir_template = ABOUT["homes"] + "/{{username}}"
c.Spawner.pre_spawn_hook = to_course
c.Spawner.default_url = "/lab"
c.Spawner.args = ["--allow-root", "--LabApp.expose_app_in_browser=True"]
c.Spawner.environment = ABOUT["environment"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.ConfigurableHTTPProxy.api_url = ABOUT["proxy_url"]
c.ConfigurableHTTPProxy.pid_file = ABOUT["folder"] + "/proxy.pid"
c.ConfigurableHTTPProxy.command = [ABOUT["proxy"]]
"""
NBGRADER = """
import os
c = get_config()
c.CourseDirectory.course_id = {course_id!r}
c.Exchange.root = {exchange!r}
if os.environ["JUPYTERHUB_USER"] != {instructor!r}:
    c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
"""
# Of the instructor, wherever the server was started.
TO_COURSE = """
load_subconfig("nbgrader_config.py", path={course!r})
c = get_config()
c.CourseDirectory.root = {course!r}
"""
# The interpreter may lie in a home folder that only root can enter. In a mount namespace of its own
# the hub sees nothing of that folder but the interpreter.
OPEN_UP = """set -e
inner=$(mktemp -d)
mount --bind "$1" "$inner"
mount -t tmpfs -o mode=755 none "$2"
mkdir -p "$1"
mount --bind "$inner" "$1"
shift 2
exec "$@"
"""


@dataclass(frozen=True)
class Hub:
    """url: without a slash at the end; homes: the folder of all home folders"""

    url: str
    password: str
    homes: Path
    users: dict = field(default_factory=dict)

    def log_in(self, page, user):
        """Log in, and wait for JupyterLab."""
        page.goto(f"{self.url}/hub/login")
        page.locator("#username_input").fill(user)
        page.locator("#password_input").fill(self.password)
        page.locator("#login_submit").click()
        page.wait_for_url(f"**/user/{user}/lab**", timeout=120_000)

    def page(self, user, path):
        """The address of a page of a user's server."""
        return f"{self.url}/user/{user}{path}"


def is_there():
    """Whether what a hub needs is installed."""
    return bool(importlib.util.find_spec("jupyterhub") and shutil.which(PROXY))


def is_own_user_possible():
    """Whether each user of the hub can be a user of the machine: not unless root starts it."""
    return os.geteuid() == 0


@contextlib.contextmanager
def jupyterhub(folder, course, course_id, exchange, students):
    """A hub for some students and an instructor, for the length of a with block.

    folder: an empty one; course: the instructor's folder; exchange: its root
    """
    uids = {user: FIRST_UID + number for number, user in enumerate(students)}
    uids = uids if is_own_user_possible() else {}
    homes = folder / "homes"
    for user in (*students, INSTRUCTOR):
        (homes / user).mkdir(parents=True)
        if user in uids:
            os.chown(homes / user, uids[user], uids[user])
        (homes / user).chmod(0o700)
    (folder / "etc").mkdir()
    about = {"course_id": course_id, "exchange": str(exchange), "instructor": INSTRUCTOR}
    (folder / "etc" / "nbgrader_config.py").write_text(NBGRADER.format(**about))
    settings = homes / INSTRUCTOR / ".jupyter" / "nbgrader_config.py"
    settings.parent.mkdir()
    settings.write_text(TO_COURSE.format(course=str(course)))
    hub, config = _settings(folder, course, uids, [*students, INSTRUCTOR])
    with (folder / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            _reachable([sys.executable, "-m", "jupyterhub", "-f", str(config)]),
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"{hub.url}/hub/api", process, folder / "hub.log")
            yield hub
        finally:
            process.send_signal(signal.SIGTERM)  # the hub ends its servers and its proxy
            process.wait(timeout=60)


def _settings(folder, course, uids, users):
    """The hub, and the path of its configuration."""
    port, hub_port, proxy_port = (_free_port() for _ in range(3))
    hub = Hub(f"http://127.0.0.1:{port}", secrets.token_hex(8), folder / "homes", uids)
    about = {
        "folder": str(folder),
        "course": str(course),
        "instructor": INSTRUCTOR,
        "users": users,
        "uids": uids,
        "homes": str(hub.homes),
        "url": hub.url,
        "hub_port": hub_port,
        "password": hub.password,
        "proxy_url": f"http://127.0.0.1:{proxy_port}",
        "proxy": shutil.which(PROXY),
        "environment": {
            "JUPYTER_CONFIG_PATH": str(folder / "etc"),
            "OPENBLAS_NUM_THREADS": "1",
            "PATH": os.environ["PATH"],
        },
    }
    config = folder / "jupyterhub_config.py"
    config.write_text(CONFIG.format(about=about))
    return hub, config


def _reachable(command):
    """A command whose interpreter every user can run."""
    base = Path(sys.base_prefix)
    closed = [path for path in base.parents if not path.stat().st_mode & stat.S_IXOTH]
    if not closed or not is_own_user_possible():
        return command
    unshare = ["unshare", "--mount", "--propagation", "private", "sh", "-c", OPEN_UP, "sh"]
    return [*unshare, str(base), str(closed[-1]), *command]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url, process, log, seconds=90):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.3)
