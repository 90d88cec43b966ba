"""Who may import whom: the contracts in pyproject.toml hold, and each fails on a wrong import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
AGAINST = {  # by id of the contract: a module, and an import that it must not have
    "rooms": ("grading/gradebook/queries.py", "from grading.pipeline.grade import grade"),
    "isolation": ("grading/isolation/student.py", "from grading.notebook.cells import code_cells"),
    "students": ("course_utils/network.py", "from grading.errors import CourseError"),
    "mathematics": ("course_utils/training.py", "from course_utils.check import check"),
    "explain": ("course_utils/explain/call.py", "from course_utils.assignments import EXERCISES"),
    "door": ("course_utils/check/card.py", "from course_utils.explain.finding import Finding"),
}


def lint(folder, *options):
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of both packages and their contracts."""
    for name in ("course_utils", "grading"):
        ignore = shutil.ignore_patterns("__pycache__", "*.h5", "*.json", "skeleton")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds(copy):
    status, said = lint(copy)
    assert status == 0, said
    assert f"{len(AGAINST)} kept, 0 broken" in said


@pytest.mark.parametrize("contract", AGAINST)
def test_an_import_against_a_contract_fails(copy, contract):
    module, line = AGAINST[contract]
    with (copy / module).open("a") as file:
        file.write(f"\n{line}\n")
    status, said = lint(copy, "--contract", contract)
    assert status == 1
    assert "1 broken" in said
    assert module.removesuffix(".py").replace("/", ".") in said


def test_an_import_inside_a_function_counts_too(copy):
    with (copy / "grading" / "isolation" / "student.py").open("a") as file:
        file.write("\n\ndef late():\n    from grading import hidden\n")
    status, said = lint(copy, "--contract", "isolation")
    assert status == 1
    assert "grading.isolation.student -> grading.hidden" in said
