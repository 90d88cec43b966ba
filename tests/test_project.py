"""What a stranger expects of a project: documents without dead references, licences, workflows."""

import re
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml

import course_utils
from tests.documents import ROOT, dead_references, documents

TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
NOTEBOOKS = [
    path
    for folder in (ROOT, ROOT / "grading" / "authoring" / "skeleton")
    for path in sorted((folder / "notebooks").glob("*.py"))
]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
STUDENTS, INSTRUCTORS = ROOT / "pyproject.toml", ROOT / "grading" / "pyproject.toml"


def project_table(path):
    return tomllib.loads(path.read_text())["project"]


def commands_of(workflow):
    (job,) = yaml.safe_load(workflow.read_text())["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_has_no_dead_reference(path):
    assert dead_references(path.read_text(), path.parent) == []


@pytest.mark.parametrize("dead", [
    "grading/store.py", "grading/assignments/*/absent.toml", "course_utils/absent/", "absent.py",
    "grading.absent", "grading.engine.run.absent_function", "course absent", "make absent",
    "course grade --absent", "python -m grading.absent", "python benchmarks/absent.py",
])  # fmt: skip
def test_a_dead_reference_is_found(dead):
    assert dead_references(f"Some text, `{dead}`, and more.") == [dead]


@pytest.mark.parametrize("alive", [
    "grading/engine/run.py", "grading/assignments/NAME/cases.py", "grading/isolation/", "run.py",
    "course_utils.check", "grading.engine.run", "course grade NAME --feedback", "make grade",
    ".venv/bin/course export --format csv", "python -m pytest", "np.zeros", "feedback.json",
])  # fmt: skip
def test_a_reference_that_is_alive_is_left_alone(alive):
    assert dead_references(f"Some text, `{alive}`, and more.") == []


def test_dead_commands_in_code_blocks_and_dead_links_are_found():
    assert dead_references("```\n$ course absent now\n```\n") == ["$ course absent now"]
    assert dead_references("[a](docs/absent.md)") == ["docs/absent.md"]
    assert dead_references("[a](SECURITY.md#absent)") == ["SECURITY.md#absent"]
    assert dead_references("[a](SECURITY.md#report-a-vulnerability)") == []
    assert dead_references("[a](https://example.org/absent)") == []


def test_every_document_under_docs_is_in_the_table_of_contents():
    contents = (ROOT / "docs" / "README.md").read_text()
    below = (ROOT / "docs").glob("*/*.md")
    linked = {(ROOT / "docs" / path).resolve() for path in re.findall(r"\]\(([^)#]+)", contents)}
    assert [path for path in below if path not in linked] == []


@pytest.mark.parametrize("path", [STUDENTS, INSTRUCTORS], ids=["students", "instructors"])
def test_both_distributions_say_version_and_licence(path, tmp_path):
    project = project_table(path)
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert project["version"] == citation["version"] == course_utils.__version__
    assert project["license"] in citation["license"]
    assert (path.parent / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


@pytest.mark.parametrize(
    ("path", "package"), [(STUDENTS, "course_utils"), (INSTRUCTORS, "grading")]
)
def test_both_wheels_carry_the_licence_and_the_mark_of_types(path, package, tmp_path):
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path]
    subprocess.run([*command, path.parent], check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = {name.replace("/./", "/") for name in wheel.namelist()}
    assert f"{package}/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_requirements_are_those_of_the_students_distribution():
    project = project_table(STUDENTS)
    wanted = [*project["dependencies"], *project["optional-dependencies"]["notebooks"]]
    lines = (ROOT / "requirements.txt").read_text().split("\n")
    assert [line for line in lines if line and not line.startswith("#")] == wanted


def test_workflows_call_make_on_every_python_that_is_supported():
    workflows = {path.stem: path for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    called = {
        name: set(re.findall(r"make ([a-z-]+)", "\n".join(commands_of(path))))
        for name, path in workflows.items()
    }
    assert called == {
        "fast": {"env", "lint", "test-fast"},
        "full": {"env", "test", "test-browser"},
        "site": {"env", "site"},
    }
    assert set().union(*called.values()) <= set(TARGET.findall((ROOT / "Makefile").read_text()))
    (job,) = yaml.safe_load(workflows["fast"].read_text())["jobs"].values()
    classifiers = "\n".join(project_table(STUDENTS)["classifiers"])
    supported = re.findall(
        r"^Programming Language :: Python :: (3\.\d+)$", classifiers, re.MULTILINE
    )
    assert job["strategy"]["matrix"]["python"] == supported


def test_the_full_workflow_installs_the_debian_packages_of_ci():
    (packages,) = re.findall(r"packages=\((.*?)\)", (ROOT / ".ci" / "run").read_text())
    assert any(packages in command for command in commands_of(ROOT / ".github/workflows/full.yml"))


def test_pre_commit_runs_ruff_codespell_and_the_ends_of_files():
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = {hook["id"] for repo in settings["repos"] for hook in repo["hooks"]}
    assert hooks == {
        "ruff-check",
        "ruff-format",
        "codespell",
        "end-of-file-fixer",
        "trailing-whitespace",
    }


def rooms_in_the_picture():
    """What CONTRIBUTING.md's picture shows, in its order: {folder at the top: names in it}."""
    (picture,) = re.findall(r"## Where things live\n\n```\n(.*?)```", CONTRIBUTING, re.DOTALL)
    rooms, package = {}, ""
    for line in picture.split("\n"):
        names = re.split(r" {2,}", line.strip())[0].replace("/NAME/", "").replace("/", "").split()
        if line.startswith("  "):
            rooms[package] += names
        elif names:
            package = names[0]
            rooms[package] = []
    return rooms


def test_the_picture_of_the_rooms_is_complete_and_in_the_order_of_the_contract():
    rooms = rooms_in_the_picture()
    for package in ("course_utils", "grading"):
        paths = [*(ROOT / package).glob("[a-z]*.py"), *(ROOT / package).glob("*/__init__.py")]
        names = {path.stem if path.parent.name == package else path.parent.name for path in paths}
        assert sorted(rooms[package]) == sorted(names)
    contracts = tomllib.loads(STUDENTS.read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["id"] == "rooms"]
    assert rooms["grading"] == [room for layer in layers for room in layer.split(" | ")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_of_a_notebook_s_text_are_short_where_the_format_lets_them_be(path):
    """Ruff's E501 is off there: jupytext and the hidden tests each want one line for one thing."""
    lines = path.read_text().split("\n")
    too_long = [line for line in lines if len(line) > 100]
    assert [line for line in too_long if not line.startswith(("# %%", "# Hidden test ("))] == []
