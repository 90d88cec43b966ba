"""`course watch`: one process that grades what students hand in, when they hand it in."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from dateutil import tz
from filelock import FileLock, Timeout

from grading.course import Course
from grading.engine.engine import make_ready
from grading.errors import AlreadyWatching, NothingToWatch
from grading.pipeline.options import Options
from grading.watch.arrival import Inbox
from grading.watch.desk import Desk
from grading.watch.exchange_inbox import ExchangeInbox
from grading.watch.folder_inbox import FolderInbox
from grading.watch.journal import FOLDER, Journal
from grading.watch.loop import Watcher
from grading.watch.replies import Replies
from grading.watch.settings import Settings
from grading.watch.trouble import Troubles

LOCK = "lock"
# Hand-ins under way for each that may run at a time: one that runs into its time limit, or two,
# keep nobody waiting.
WIDER = 2


def watch(course: Course, names: list[str], options: Options) -> None:
    """Grade what arrives until SIGTERM or Ctrl-C; what is under way then is finished.

    AlreadyWatching where another watcher runs, NothingToWatch where there is no place to watch.
    """
    settings = Settings.read(course.config.Watch)
    inboxes = open_inboxes(course, names, settings)
    with _only_one(course.root):
        if not options.scheduler:
            make_ready(options.sandboxed, options.run_demos)
        journal = Journal(course.root)
        troubles = Troubles(journal)
        remarks = partial(troubles.tell, lasting=False)  # of a cluster, in threads of its own
        zone = tz.gettz(course.api.exchange.Collect(parent=course.api).timezone) or tz.UTC
        watcher = Watcher(
            journal=journal,
            inboxes=inboxes,
            desks={name: Desk(course, name, options, remarks) for name in names},
            settings=settings,
            replies=Replies(journal, inboxes, settings, zone),
            troubles=troubles,
            width=WIDER * options.width,
        )
        _stop_on_signals(watcher)
        places = ", ".join(str(inbox.folder) for inbox in inboxes.values())
        print(f"watching {places} for {', '.join(names)}", file=sys.stderr, flush=True)
        watcher.run()
        journal.close()


def open_inboxes(course: Course, names: list[str], settings: Settings) -> dict[str, Inbox]:
    """The places to watch, by name: the course's exchange, and the folder of the settings."""
    inboxes: dict[str, Inbox] = {}
    exchange = ExchangeInbox(course, names)
    if "root" in course.config.Exchange or exchange.folder.is_dir():
        inboxes[exchange.place] = exchange
    if settings.incoming:
        folder = FolderInbox(course.root / Path(settings.incoming).expanduser(), names)
        inboxes[folder.place] = folder
    if not inboxes:
        raise NothingToWatch(exchange.folder)
    return inboxes


def is_watched(root: Path) -> bool:
    """Whether a watcher runs for a course. root: its folder"""
    if not (root / FOLDER / LOCK).exists():
        return False
    try:
        with FileLock(root / FOLDER / LOCK, blocking=False, fallback_to_soft=False):
            return False
    except Timeout:
        return True


@contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Keep a second watcher out. The system lets go of the lock however this process ends."""
    (root / FOLDER).mkdir(exist_ok=True)
    try:
        with FileLock(root / FOLDER / LOCK, blocking=False, fallback_to_soft=False):
            yield
    except Timeout:
        raise AlreadyWatching(root) from None


def _stop_on_signals(watcher: Watcher) -> None:
    """Let the first signal end it after what is under way, and a second Ctrl-C at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        watcher.stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
