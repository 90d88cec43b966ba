"""What grading makes of every version in the catalogue: each is run once, and its result kept.

`kept/ASSIGNMENT.json` holds the results of an assignment under a hash of all that decides them.
They are good as long as that code is the same (comments and docstrings aside), for the numpy that
made them and for every Python. Otherwise the versions are run again, and the file is written anew
when all of them have been: commit it with the change. So a notebook costs its runs once, and not in
every run of the tests. One version in `AUDIT` is run all the same.
"""

import ast
import contextlib
import functools
import hashlib
import io
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from course_utils.check.visible_check import check_findings
from grading.assignments.registry import known_assignments
from grading.diagnosis import MistakeMatcher, diagnose
from grading.diagnosis.catalogue import Version, right_versions, wrong_versions
from grading.notebook.cells import definitions, run_cells
from tests.grading.diagnosis.agreement import disagreements
from tests.grading.diagnosis.odd_submissions import odd_submissions
from tests.harness import COURSE, ROOT, assignment_of, cells_of, lost_cells

FOLDER = Path(__file__).with_name("kept")
EMPTY = (None, [])  # values of a field of a syntax tree that say nothing
RUN_HERE: set[str] = set()  # assignments of which this process has run a version anew
AUDIT = 40  # one version in so many is run although its result is kept

# Whatever decides a result: the inference engine, the hidden tests, and the harness.
DECIDING = (
    "course_utils/assignments/*.py", "course_utils/check/*.py", "course_utils/explain/*.py",
    "course_utils/messages/*.py", "course_utils/boxes.py", "course_utils/convolution.py",
    "course_utils/deep.py",
    "course_utils/layers.py", "course_utils/network.py", "course_utils/vectors.py",
    "grading/assignments/*.py",
    "grading/diagnosis/*.py", "grading/hidden.py", "grading/isolation/serialization.py",
    "grading/isolation/side_effects.py",
    "grading/notebook/*.py", "tests/grading/diagnosis/agreement.py",
    "tests/grading/diagnosis/catalogue_results.py", "tests/grading/diagnosis/odd_submissions.toml",
    "tests/harness.py",
)  # fmt: skip
OF_ASSIGNMENT = (
    "course_utils/assignments/{name}/*.py", "course_utils/assignments/{name}/*.json",
    "grading/assignments/{name}/*",
    "grading/assignments/{name}/mistakes/*",
)  # fmt: skip


@dataclass(frozen=True)
class CatalogueResult:
    """What grading makes of one version.

    lost: ids of the test cells that fail, in the order of the notebook
    ideas, found: of its findings, the names of the known mistakes and the sentences
    said: the sentences of what the visible check finds
    disagreements: what the check says and the grader does not bear out
    """

    lost: tuple[str, ...]
    ideas: tuple[str, ...]
    found: tuple[str, ...]
    said: tuple[str, ...]
    disagreements: tuple[str, ...]


def versions_of(assignment: str) -> list[Version]:
    """All versions of the functions of an assignment: wrong ones, right ones and odd ones."""
    functions = [cell.function for cell in cells_of(assignment) if cell.solution]
    return [version for function in functions for version in _versions_of_function(function)]


def _versions_of_function(function: str) -> list[Version]:
    odd = [
        submission.version for submission in odd_submissions() if submission.function == function
    ]
    return [*wrong_versions(function), *right_versions(function), *odd]


def result_of(version: Version) -> CatalogueResult:
    """The kept result of a version; where none is kept, it is run, once in this process."""
    results = _results(assignment_of(version.function))
    if _key(version) not in results:
        results[_key(version)] = run(version)
        RUN_HERE.add(assignment_of(version.function))
    return results[_key(version)]


def run(version: Version) -> CatalogueResult:
    """Grade a version in this process, and find out what is wrong with it."""
    matcher = matcher_of(version.function)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        findings = diagnose(version.define(matcher.names), matcher)
        said = check_findings(version.define(matcher.names), version.function)
        differing = disagreements(version.function, version.code, matcher, said, findings)
    return CatalogueResult(
        lost=tuple(lost_cells(version.function, version.code)),
        ideas=tuple(finding.idea for finding in findings),
        found=tuple(finding.found_text for finding in findings),
        said=tuple(finding.found_text for finding in said),
        disagreements=tuple(differing),
    )


@functools.cache
def matcher_of(function: str) -> MistakeMatcher:
    """The known mistakes of a function, among the reference solutions."""
    cells = cells_of(assignment_of(function))
    names = run_cells(definitions(list(cells)), COURSE.source(assignment_of(function)))
    return MistakeMatcher(function, names, solution_of(function))


def solution_of(function: str) -> str:
    """The solution cell of a function."""
    cells = cells_of(assignment_of(function))
    return next(cell.source for cell in cells if cell.solution and cell.function == function)


def audited(assignment: str) -> list[Version]:
    """The versions that are run although their results are kept."""
    return versions_of(assignment)[::AUDIT]


def write_new_results() -> list[Path]:
    """Write the files of those assignments of which this process has run every version anew."""
    written = []
    for assignment in sorted(RUN_HERE):
        if not is_kept(assignment):
            results = _results(assignment)
            if all(_key(version) in results for version in versions_of(assignment)):
                written.append(_write(assignment, results))
    return written


@functools.cache
def _results(assignment: str) -> dict[str, CatalogueResult]:
    """By version: what is kept, if it is still good; what is run is added."""
    kept = _read(assignment) if is_kept(assignment) else {}
    return {
        key: CatalogueResult(**{name: tuple(value) for name, value in entry.items()})
        for key, entry in kept.get("results", {}).items()
    }


def is_kept(assignment: str) -> bool:
    """Whether the kept results of an assignment are of the code as it is."""
    return _read(assignment).get("decided_by") == decided_by(assignment)


def _read(assignment: str) -> dict:
    path = FOLDER / f"{assignment}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _write(assignment: str, results: dict[str, CatalogueResult]) -> Path:
    """Write a file whole, since two processes may do so at once."""
    path = FOLDER / f"{assignment}.json"
    path.parent.mkdir(exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    entries = {key: asdict(results[key]) for key in sorted(results)}
    content = {"decided_by": decided_by(assignment), "results": entries}
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return part.replace(path)


def _key(version: Version) -> str:
    digest = hashlib.sha256(version.code.encode()).hexdigest()[:12]
    return f"{version.function}.{version.name} {digest}"


@functools.cache
def decided_by(assignment: str) -> str:
    """A hash of all that decides the results of an assignment, the same with every Python."""
    patterns = [*DECIDING, *(pattern.format(name=assignment) for pattern in OF_ASSIGNMENT)]
    digest = hashlib.sha256(np.__version__.encode())
    for cell in cells_of(assignment):
        digest.update(f"{cell.id} {cell.source}".encode())
    paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)} {_content(path)}".encode())
    return digest.hexdigest()


@functools.cache  # most files decide about all assignments
def _content(path: Path) -> str:
    """A hash of a file's content; of a Python module without its comments and docstrings."""
    data = path.read_bytes()
    if path.suffix == ".py":
        data = repr(_form(_without_docstrings(ast.parse(data)))).encode()
    return hashlib.sha256(data).hexdigest()


def _form(node: object) -> object:
    """What a piece of code says, whichever Python parsed it.

    Each Python adds fields to the syntax tree, which are empty in code for the ones before it.
    `ast.dump` shows some of them, and not the same in each Python.
    """
    if isinstance(node, list):
        return tuple(map(_form, node))
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, _form(value)) for name, value in ast.iter_fields(node) if value not in EMPTY]
    return (type(node).__name__, *fields)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            node.body = body[1:]
    return tree


def _is_text(statement: ast.AST) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def main() -> None:
    """Run every version whose result is not kept, and write the files."""
    for assignment in known_assignments():
        for version in versions_of(assignment):
            result_of(version)
    for path in write_new_results():
        print(f"written: {path.relative_to(COURSE.root)}")


if __name__ == "__main__":
    main()
