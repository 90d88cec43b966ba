"""What beginners write, right and wrong, that the catalogue of known mistakes was not made from."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from grading.diagnosis.catalogue import Version
from tests.harness import assignment_of, cells_of

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class OddSubmission:
    """A version of a graded function. The fields are explained in the file."""

    function: str
    what: str
    edits: tuple[tuple[str, str], ...]
    right: bool = False
    mistake: str = ""

    @property
    def version(self) -> Version:
        """The reference solution with the edits."""
        code = solution_of(self.function)
        for old, new in self.edits:
            assert old in code, f"{self.function}, {self.what}: {old}"
            code = code.replace(old, new)
        return Version(self.function, f"odd: {self.what}", code, self.what)


@functools.cache
def odd_submissions() -> tuple[OddSubmission, ...]:
    """All of them, in the order of the file."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["submission"]
    return tuple(
        OddSubmission(**table | {"edits": tuple(map(tuple, table["edits"]))}) for table in tables
    )


def solution_of(function: str) -> str:
    """The solution cell of a function."""
    cells = cells_of(assignment_of(function))
    return next(cell.source for cell in cells if cell.solution and cell.function == function)
