"""Attacks as data: one file each, read and never imported for more than its definitions.

A file tells in its docstring what it tries and why that would win, and sets some of these names:

    FUNCTIONS   the functions that it answers wrongly; all others are answered rightly
    CODE        the text of the first one's solution cell; {WRONG} in it is a plainly wrong answer
    PLAIN       the same text without the attack, where it is not {WRONG}
    EXTRA       a cell of the student's own before everything else;  LAST: one after everything else
    AFTER       a cell of the next student's, who prints LEFT BEHIND when there is something to find
    submit      (notebook) -> notebook or bytes, for tricks with the file itself
    ASSIGNMENT, LIMITS   another assignment; other limits than the harness's
    CONCEDED    ids of tests that it may pass, with the reason beside it
    won         (outcome) -> why it won, or "", beside the reasons in outcome.py
    OFF         how it is run without protection, where it has to win:
                "one process": student and tests in one IPython shell, the file taken as it comes
                "no sandbox": the engine, outside the sandbox
                "not run: REASON": it would endanger the machine
    PATIENCE    seconds after which a run without protection has failed

Code may name places: {CANARY} {COURSE} {SITE} {UTILS} {TMP} {SHM} {DEV}, and {MARK}, a name for
processes. Without protection all places lie inside the canary.
"""

import runpy
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
ONE_PROCESS, NO_SANDBOX, NOT_RUN = "one process", "no sandbox", "not run: "


@dataclass(frozen=True)
class Attack:
    """One technique; see the module for what the fields mean."""

    name: str
    off: str
    code: str = "{WRONG}"
    functions: tuple[str, ...] = ("initialize_parameters_he",)
    plain: str = "{WRONG}"
    extra: str = ""
    last: str = ""
    after: str = ""
    submit: Callable | None = None
    assignment: str = "initialization"
    limits: dict[str, Any] = field(default_factory=dict)
    conceded: tuple[str, ...] = ()
    won: Callable | None = None
    patience: float = 30

    def __repr__(self) -> str:
        return self.name


def load(path: Path) -> Attack:
    """The attack in one file."""
    names = runpy.run_path(str(path))
    if not (names["__doc__"] or "").strip():
        raise ValueError(f"{path} does not say what it tries")
    wanted = {
        field.name: names[found]
        for field in fields(Attack)
        if (found := _spelt(field.name)) in names
    }
    for name in ("functions", "conceded"):
        wanted |= {name: tuple(wanted[name])} if name in wanted else {}
    return Attack(name=f"{path.parent.name}/{path.stem}", **wanted)


def _spelt(name: str) -> str:
    """Data in capitals, functions not."""
    return name if name in ("submit", "won") else name.upper()


def load_all(*folders: str) -> list[Attack]:
    """The attacks in some folders, in the order of their names."""
    return [load(path) for folder in folders for path in sorted((FOLDER / folder).glob("[!_]*.py"))]


def every_second_in_ci(attacks: list[Attack]) -> list[Any]:
    """All of them as parameters, every second one marked long: CI has some of each folder."""
    return [
        pytest.param(attack, marks=[pytest.mark.long] * (number % 2))
        for number, attack in enumerate(attacks)
    ]


def without_protection(attacks: list[Attack]) -> list[Attack]:
    """Those that may be run with the protection off."""
    return [attack for attack in attacks if not attack.off.startswith(NOT_RUN)]
