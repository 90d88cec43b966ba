"""`course new` makes an assignment that is built, graded and tested as the others at once."""

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import nbformat
import pytest

from grading.authoring.new import CHECK_POINTS, MOST_FUNCTIONS, _points, write_all
from grading.cli import main
from grading.errors import CannotMake
from grading.notebook.cells import read_notebook
from tests.classes import cell_of
from tests.harness import ROOT, copy_course

NAME, FUNCTION = "attention", "attention_weights"
WRONG = f"""# GRADED FUNCTION: {FUNCTION}
def {FUNCTION}(scores):
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum()
"""
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "gradebook.db*")
# Folders that commands fill; left out at the top only
FILLED = {"submitted", "autograded", "feedback", "reports", "exports", "downloaded"}
PROJECT_TESTS = (
    "notebooks/test_notebooks.py",
    "grading/diagnosis",
    "course_utils/check/test_visible_check.py",
    "course_utils/assignments/test_worked_examples.py",
    "grading/test_trial.py",
    "grading/authoring/test_build.py",
    "grading/authoring/test_expected.py",
    "grading/test_hidden.py",
)


def _left_out(folder, names):
    filled = FILLED.intersection(names) if Path(folder) == ROOT else set()
    return LEFT_OUT(folder, names) | filled


class Clone:
    """A copy of the project with an environment of its own, which sees this one's libraries."""

    def __init__(self, folder):
        self.root = shutil.copytree(ROOT, folder, ignore=_left_out)
        venv.create(folder / ".venv", symlinks=True)
        (folder / ".venv" / "share").symlink_to(Path(sys.prefix) / "share")  # nbconvert's templates
        self.python = folder / ".venv" / "bin" / "python"
        base = {"base": folder / ".venv", "platbase": folder / ".venv"}
        packages = sysconfig.get_path("purelib", "venv", base)
        with open(f"{packages}/clone.pth", "w") as file:
            file.write(f"{folder}\n{sysconfig.get_path('purelib')}\n")

    def run(self, *command):
        """`python -m ...` in the copy's folder; what it printed, when all went well."""
        done = subprocess.run(
            [self.python, "-m", *command], cwd=self.root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def files(self):
        return {path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """(copy of the project after `course new`, its files before, what the command printed)"""
    clone = Clone(tmp_path_factory.mktemp("new") / "project")
    before = {path: (clone.root / path).read_bytes() for path in clone.files()}
    output = clone.run("grading", "new", NAME, "--function", FUNCTION)
    return clone, before, output


@pytest.fixture(scope="module")
def built(clone):
    """The copy with the new assignment built and its expected results written."""
    project, _, _ = clone
    assert f"built release/{NAME}/{NAME}.ipynb" in project.run("grading", "build", NAME)
    assert project.run("grading", "expected", NAME) == f"{NAME}: written anew\n"
    return project


@pytest.fixture(scope="module")
def graded(built):
    """The copy with a graded sample class and a student who makes one of the known mistakes."""
    built.run("grading", "cohort", NAME)
    submitted = built.root / "submitted"
    path = submitted / "s1" / NAME / f"{NAME}.ipynb"
    shutil.copytree(submitted / "sample-all-right-a" / NAME, path.parent)
    notebook = read_notebook(path)
    cell_of(notebook, FUNCTION).source = WRONG
    nbformat.write(notebook, path)
    return built, built.run("grading", "grade", NAME)


def test_only_new_files_are_made_and_all_are_listed(clone):
    project, before, output = clone
    made = {line.removeprefix("made ") for line in output.split("\n") if line.startswith("made ")}
    assert {str(path) for path in project.files() - before.keys() if path.suffix != ".pyc"} == made
    assert {path: (project.root / path).read_bytes() for path in before} == before
    assert f"Next: course build {NAME}; course expected {NAME}; make test" in output
    for path in made:
        assert "__NAME__" not in (project.root / path).read_text()
        assert "__FUNCTION__" not in (project.root / path).read_text()


def test_the_documentation_shows_what_is_made(clone):
    project, _, output = clone
    shown = (ROOT / "docs" / "authors" / "authoring.md").read_text()
    assert output in shown
    mistakes = tomllib.loads(re.search(r"```toml\n(.*?)```", shown, re.DOTALL)[1])
    path = project.root / "grading" / "assignments" / NAME / "mistakes" / f"{FUNCTION}.toml"
    made = tomllib.loads(path.read_text())
    assert mistakes["wrong"]["whole-sum"] == made["wrong"]["whole-sum"]


def test_what_is_made_is_in_the_project_s_style(clone):
    project, _, output = clone
    made = [line.removeprefix("made ") for line in output.split("\n") if line.endswith(".py")]
    assert len(made) == 6
    project.run("ruff", "check", "--no-cache", "--force-exclude", *made)
    project.run("ruff", "format", "--no-cache", "--force-exclude", "--check", *made)


@pytest.mark.long
def test_the_project_s_own_tests_hold_for_the_new_assignment(built):
    """All but those that build the other assignments too."""
    chosen = f"({NAME} or covers) and not committed_release and not gradebook"
    paths = [f"tests/{path}" for path in PROJECT_TESTS]
    output = built.run("pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", chosen, *paths)
    assert int(re.search(r"(\d+) passed", output)[1]) >= 40


@pytest.mark.long
def test_the_sample_class_of_the_new_assignment_is_graded(graded):
    project, output = graded
    rows = [line.split() for line in output.split("\n") if line.startswith("sample-")]
    scores = {student.removeprefix("sample-"): float(score) for student, _, score, *_ in rows}
    wrong = {label for label, score in scores.items() if score < 100}
    assert wrong == {"blank", "syntax-error", "wrong-1"}
    assert scores["blank"] == 0
    assert len(scores) == 10


@pytest.mark.long
def test_a_known_mistake_loses_marks_and_is_named(graded):
    project, output = graded
    (row,) = [line.split() for line in output.split("\n") if line.startswith("s1 ")]
    assert (float(row[2]), row[4]) == (20, FUNCTION)  # shape and inputs are right
    assert f"{FUNCTION}  Divided by the sum over the whole matrix" in output
    notebook = read_notebook(project.root / "autograded" / "s1" / NAME / f"{NAME}.ipynb")
    (found,) = notebook.metadata["findings"][FUNCTION]
    text = "Your columns add up to less than 1: all entries of the matrix share one sum."
    assert found["found"] == text
    assert found["question"].endswith("?")
    assert found["example"]


SEVERAL = ("first_scores", "next_scores", "last_scores")


@pytest.fixture(scope="module")
def with_several(tmp_path_factory):
    """Another copy, with a new assignment of several graded functions, built."""
    clone = Clone(tmp_path_factory.mktemp("several") / "project")
    named = [word for function in SEVERAL for word in ("--function", function)]
    made = clone.run("grading", "new", NAME, *named)
    clone.run("grading", "build", NAME)
    assert clone.run("grading", "expected", NAME) == f"{NAME}: written anew\n"
    return clone, [line.removeprefix("made ") for line in made.split("\n") if "made" in line]


@pytest.mark.long
def test_several_functions_share_the_points_and_each_has_known_mistakes(with_several):
    project, made = with_several
    notebook = read_notebook(project.root / "source" / NAME / f"{NAME}.ipynb")
    points = dict.fromkeys(SEVERAL, 0)
    for cell in notebook.cells:
        if "points" in (about := cell.metadata.get("nbgrader", {})):
            points[about["grade_id"].split("-")[0]] += about["points"]
            assert f"({about['points']} points)" in cell.source
    assert points == {"first_scores": 34, "next_scores": 33, "last_scores": 33}
    mistakes = {Path(path).stem for path in made if path.endswith(".toml")}
    assert mistakes == set(SEVERAL)
    assert not [path for path in made if "EACH FUNCTION" in (project.root / path).read_text()]
    texts = [path for path in made if path.endswith(".py")]
    project.run("ruff", "format", "--no-cache", "--force-exclude", "--check", *texts)


@pytest.mark.long
def test_the_project_s_own_tests_hold_for_several_functions(with_several):
    project, _ = with_several
    names = " or ".join([NAME, *SEVERAL, "covers"])
    chosen = f"({names}) and not committed_release and not gradebook"
    paths = [f"tests/{path}" for path in PROJECT_TESTS]
    output = project.run("pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", chosen, *paths)
    assert int(re.search(r"(\d+) passed", output)[1]) >= 60


@pytest.mark.parametrize("functions", [1, 3, 7, MOST_FUNCTIONS])
def test_the_points_of_all_tests_add_up_to_100(functions):
    shares = [_points(functions, number) for number in range(functions)]
    totals = [int(share.pop("__POINTS__")) for share in shares]
    assert sum(totals) == 100
    for total, share in zip(totals, shares):
        points = [int(text) for name, text in share.items() if "WORDS" not in name]
        assert min(points) >= 1
        assert sum(points) + CHECK_POINTS == total


NO_NAME = "cannot name a new assignment or function: it is not made of small letters"
USED = "it means something else in the notebook"
HIDDEN_SIDE = "There is already grading/assignments"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Attention"], f"'Attention' {NO_NAME}"),
        (["two words"], f"'two words' {NO_NAME}"),
        (["../attention"], f"'../attention' {NO_NAME}"),
        (["attention\n"], NO_NAME),
        (["lambda"], "it is a word of Python"),
        (["attention", "--function", "2nd"], f"'2nd' {NO_NAME}"),
        (["attention", "--function", "check"], USED),
        (["attention", "--function", "sum"], USED),
        (["attention", "--function", "shares_of", "--function", "check"], USED),
        (["attention", *["--function", "scores_again"] * 2], "it was given twice"),
        (
            ["attention", *[f"--function=f{number}" for number in range(MOST_FUNCTIONS + 1)]],
            f"100 points are shared by {MOST_FUNCTIONS} functions at most",
        ),
        (
            ["initialization"],
            "There is already course_utils/assignments/initialization/__init__.py",
        ),
        (["random_networks"], f"{HIDDEN_SIDE}/random_networks.py"),
        (
            ["attention", "--function", "gradient_check"],
            f"{HIDDEN_SIDE}/gradient_checking/mistakes/gradient_check.toml",
        ),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_and_nothing_is_written(arguments, message, capsys):
    assert main(["--root", str(ROOT), "new", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not (ROOT / "notebooks" / "attention.py").exists()


def test_a_course_that_is_no_clone_of_the_project_is_refused(tmp_path, capsys):
    course = copy_course(tmp_path)
    assert main(["--root", str(course.root), "new", "attention"]) == 2
    output = capsys.readouterr().err
    assert "is not the clone that this command belongs to" in output
    assert "make env" in output
    assert not course.text("attention").exists()


def test_when_a_file_cannot_be_written_none_is_left(tmp_path):
    with pytest.raises(CannotMake, match="Nothing is left of the others"):
        write_all(
            {
                tmp_path / "folder" / "zero.py": "0\n",
                tmp_path / "one.py": "1\n",
                tmp_path / "one.py" / "two.py": "2\n",
            }
        )
    assert list(tmp_path.iterdir()) == []
