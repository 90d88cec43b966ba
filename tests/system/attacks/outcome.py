"""What came of an attack, and the reasons for which it counts as won."""

import functools
import re
import warnings
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbgrader.utils import is_grade
from traitlets.config import Config

from grading.notebook.cells import tested_function
from tests.harness import COURSE
from tests.system.attacks.attack import Attack

PAYLOAD = "attackPayload"  # what the scripts of the injection attacks call
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HIDDEN = (
    "initialization/he/shallow",
    "four layers",
    "BEGIN HIDDEN TESTS",
)  # only in source/ and grading/


@dataclass
class Outcome:
    """One run.

    failed: why there is no result; after: what the next student saw
    protected: run as it is graded, and shown by our own pages
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    notebook: NotebookNode = field(default_factory=nbformat.v4.new_notebook)
    notes: list[str] = field(default_factory=list)
    attention: str = ""
    failed: str = ""
    seconds: float = 0
    most_seconds: float = 60
    changed: list[str] = field(default_factory=list)
    survivors: list[int] = field(default_factory=list)
    after: str = ""
    protected: bool = True

    @property
    def said(self) -> str:
        """All that the student's cells put out."""
        return "\n".join(_words(output) for output in self._outputs())

    @property
    def printed(self) -> str:
        """What the student's cells printed."""
        return "".join(output.get("text", "") for output in self._outputs())

    def _outputs(self) -> list[NotebookNode]:
        cells = [
            cell for cell in self.notebook.cells if cell.cell_type == "code" and not is_grade(cell)
        ]
        return [output for cell in cells for output in cell.outputs]


def reasons(
    attack: Attack,
    outcome: Outcome,
    plain: dict[str, float],
    full: dict[str, float],
    secrets: list[str],
) -> list[str]:
    """Why the attack won; empty when it did not.

    plain: scores of the same wrong answers without the attack; full: the points of each test
    """
    found = [
        f"the grading failed: {outcome.failed}" if outcome.failed else "",
        f"it took {outcome.seconds:.0f} s" if outcome.seconds > outcome.most_seconds else "",
        f"changed: {outcome.changed}" if outcome.changed else "",
        f"{len(outcome.survivors)} processes lived on" if outcome.survivors else "",
        "the next student found what it left" if "LEFT BEHIND" in outcome.after else "",
        *(f"it read {secret!r}" for secret in [*secrets, *HIDDEN] if secret in outcome.said),
        *_control_characters(outcome),
        _live_script(outcome.notebook, pages_of_the_course() if outcome.protected else None),
        attack.won(outcome) if attack.won else "",
    ]
    return [*filter(None, found), *_scores(attack, outcome.scores, plain, full)]


def _scores(
    attack: Attack, got: dict, plain: dict[str, float], full: dict[str, float]
) -> list[str]:
    """Tests of attacked functions that give more than they should, others that give less."""
    found = [f"unknown test {name}" for name in got.keys() - full.keys()]
    for name, most in full.items():
        score = got.get(name) or 0
        if tested_function(name) in attack.functions:
            if not score <= plain[name] and name not in attack.conceded:
                found.append(f"{name}: {score:g} instead of {plain[name]:g}")
        elif score != most:
            found.append(f"{name}: {score:g} of {most:g} for a right answer")
    return found


def _control_characters(outcome: Outcome) -> list[str]:
    words = [*outcome.notes, outcome.attention]
    return [f"control characters in {text!r}" for text in words if CONTROL.search(text)]


def _live_script(notebook: NotebookNode, config: Config | None) -> str:
    """Whether a page made from the notebook would run the payload."""
    text = nbformat.writes(notebook)
    if PAYLOAD not in text:
        return ""
    page = _Page()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of outputs that no page can show
        text = HTMLExporter(config=config).from_notebook_node(notebook, {"index": 0, "total": 1})[0]
    page.feed(text)
    return f"the page runs {page.found}" if page.found else ""


@functools.cache
def pages_of_the_course() -> Config:
    """How the course has formgrader's pages made; tests/system/browser has the student's own."""
    return COURSE.api.config


class _Page(HTMLParser):
    """Finds the payload where a browser would run it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag in ("script", "style")
        for name, value in attrs:
            active = (
                name.startswith("on")
                or name == "srcdoc"
                or (value or "").strip().startswith("javascript:")
            )
            if active and PAYLOAD in (value or ""):
                self.found = f"<{tag} {name}>"

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and PAYLOAD in data:
            self.found = "<script>"


def _words(output: NotebookNode) -> str:
    data = output.get("data", {})
    parts = [
        output.get("text", ""),
        output.get("evalue", ""),
        *output.get("traceback", []),
        *data.values(),
    ]
    return "\n".join(map(str, parts))
