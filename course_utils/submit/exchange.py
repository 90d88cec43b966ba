"""Hand in through nbgrader's exchange, as `nbgrader submit` does.

nbgrader is imported only to hand in: not every student has it, and it takes seconds.
"""

import contextlib
import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from course_utils.environment import leave_out_grammar
from course_utils.messages import message
from course_utils.submit.validate_submission import Refused

CONFIG = "nbgrader_config"
DEFAULT_ROOT = "/usr/local/share/nbgrader/exchange"  # nbgrader's own


class HandedIn(NamedTuple):
    """What was handed in.

    time: in words, as nbgrader writes it
    page, answer: where the feedback and the answer of a watcher will lie
    """

    assignment: str
    time: str
    page: Path
    answer: Path


class Exchange(NamedTuple):
    """A course's exchange. config: of nbgrader; course: the course's id; folder: the notebook's"""

    config: object
    root: Path
    course: str
    assignment: str
    folder: Path

    def hand_in(self):
        """Hand in the notebook's folder; a `HandedIn`. `Refused` where nbgrader does not take it"""
        leave_out_grammar()
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeError, ExchangeFactory

        config = self.config
        about = {"course_id": self.course, "assignment_id": self.assignment}
        submitting = ExchangeFactory(config=config).Submit(
            coursedir=CourseDirectory(config=config, **about),
            authenticator=Authenticator(config=config),
            config=config,
        )
        try:
            with self._parent(submitting.path_includes_course) as parent:
                submitting.assignment_dir = str(parent)
                submitting.start()
        except ExchangeError as error:
            raise Refused(message("submit.exchange_error", error=str(error))) from None
        return self._handed_in(submitting)

    def _handed_in(self, submitting):
        from nbgrader.utils import notebook_hash

        folder = Path(submitting.inbound_path, submitting.assignment_filename)
        secret = (folder / "submission_secret.txt").read_text()
        name = notebook_hash(secret=secret, notebook_id=self.assignment)
        feedback = self.root / self.course / "feedback"
        page, answer = feedback / f"{name}.html", feedback / f"{name}.json"
        return HandedIn(self.assignment, submitting.timestamp, page, answer)

    @contextlib.contextmanager
    def _parent(self, path_includes_course):
        """A folder in which the assignment lies as nbgrader wants it.

        That is the notebook's own place if the folder bears the assignment's name, else a copy.
        """
        folder = self.folder.resolve()
        if folder.name == self.assignment and not path_includes_course:
            yield folder.parent
            return
        with tempfile.TemporaryDirectory() as temporary:
            inner = Path(self.course if path_includes_course else "", self.assignment)
            (Path(temporary) / inner).mkdir(parents=True)
            shutil.copy(folder / f"{self.assignment}.ipynb", Path(temporary) / inner)
            yield Path(temporary)


def find_exchange(assignment, folder):
    """The `Exchange` that has released an assignment; None where there is none.

    folder: where the notebook lies
    """
    if importlib.util.find_spec("nbgrader") is None:
        return None
    config = _nbgrader_config(folder)
    root = Path(config.Exchange.get("root", DEFAULT_ROOT))
    course = config.CourseDirectory.get("course_id", "").strip()
    courses = [
        path.parents[1].name
        for path in root.glob(f"{course or '*'}/outbound/{assignment}")
        if (path.parents[1] / "inbound").is_dir()
    ]
    if len(courses) != 1:  # with several nobody knows which one is meant
        return None
    return Exchange(config, root, courses[0], assignment, folder)


def _nbgrader_config(folder):
    """nbgrader's settings as its list of assignments finds them, and those beside the notebook."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Config
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    config = Config()
    folder = folder.resolve()
    for path in [*reversed(jupyter_config_path()), folder.parent, folder]:
        for loader, end in ((JSONFileConfigLoader, "json"), (PyFileConfigLoader, "py")):
            if (Path(path) / f"{CONFIG}.{end}").is_file():
                config.merge(loader(f"{CONFIG}.{end}", path=str(path)).load_config())
    return config
