"""A notebook that has left home says how to install course_utils, in a real kernel."""

import json
import sys

import nbformat
import pytest
from nbclient import NotebookClient

import course_utils
from grading.authoring.build import build_source
from grading.notebook.cells import code_cells, read_notebook
from tests.harness import ROOT

# Starts a kernel as `python -m ipykernel_launcher` does, but without the course's folder to import
# from.
WITHOUT_COURSE = f"""
import sys
sys.path[:] = [path for path in sys.path if path not in ("", {str(ROOT)!r})]
from ipykernel.kernelapp import launch_new_instance
launch_new_instance()
"""
INSTALL = '%pip install "deep-learning-course==0.1.*"'


@pytest.fixture
def run(course, tmp_path, monkeypatch):
    """A function that runs the first cell in a kernel without the course -> its outputs.

    version: of another course_utils, which the kernel finds; None: it finds none
    """
    spec = {"argv": [sys.executable, "-c", WITHOUT_COURSE, "-f", "{connection_file}"]}
    spec |= {"display_name": "without the course", "language": "python"}
    folder = tmp_path / "jupyter" / "kernels" / "without_course"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    home = tmp_path / "home"
    home.mkdir()

    def first_cell(name="initialization", language="en", version=None):
        build_source(course, name, language)
        cell = nbformat.v4.new_code_cell(code_cells(read_notebook(course.source(name)))[0].source)
        notebook = nbformat.v4.new_notebook(cells=[cell])
        if version is not None:
            (home / "course_utils").mkdir()
            (home / "course_utils" / "__init__.py").write_text(f"__version__ = {version!r}\n")
            monkeypatch.setenv("PYTHONPATH", str(home))
        resources = {"metadata": {"path": str(home)}}
        client = NotebookClient(
            notebook, kernel_name="without_course", resources=resources, allow_errors=True
        )
        return client.execute().cells[0].outputs

    return first_cell


@pytest.mark.parametrize("name", ["initialization", "regularization", "gradient_checking"])
def test_without_the_package_it_shows_the_line_that_installs_it(run, name):
    (output,) = run(name)
    assert output.traceback == [
        "This notebook needs course_utils 0.1. Found here: nothing.\n"
        "Put this line into a new cell and run it. Then restart the kernel, and run all cells from "
        f"the top:\n\n{INSTALL}"
    ]


@pytest.mark.parametrize("version", ["0.0.9", "0.10.0", "1.0.0"])
def test_another_version_is_named(run, version):
    (output,) = run(version=version)
    (said,) = output.traceback
    assert said.startswith(f"This notebook needs course_utils 0.1. Found here: {version}.")
    assert INSTALL in said


def test_a_chinese_notebook_says_it_in_chinese(run):
    (output,) = run(language="zh_CN")
    (said,) = output.traceback
    assert said.startswith("本笔记本需要 course_utils 0.1，这里找到的是：没有。")
    assert INSTALL in said


def test_a_repaired_version_is_taken(run):
    (output,) = run(version="0.1.99")
    assert (
        output.ename == "ModuleNotFoundError"
    )  # of course_utils.check: this package holds nothing


def test_the_line_is_a_setting(course):
    path = course.root / "nbgrader_config.py"
    line = """%pip install "git+https://example.org/it's/{here}\\\\" """
    path.write_text(path.read_text() + f"\nc.FirstCell.install = {line!r}\n")
    build_source(course, "initialization")
    source = code_cells(read_notebook(course.source("initialization")))[0].source
    check = source.replace('("0.1.")', '("no version")').partition("\nimport ")[0]
    with pytest.raises(Exception, match="needs course_utils") as raised:
        exec(check, {})
    assert str(raised.value).endswith(line)
    assert f"Found here: {course_utils.__version__}." in str(raised.value)
