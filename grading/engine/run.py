"""The test process: runs a rebuilt notebook, the student's cells over there, the test cells here."""

import ast
import builtins
import importlib
import math
import os
import pkgutil
import resource
import signal
import socket
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade, is_grade, is_locked, is_solution

import grading.cases
from grading import hidden
from grading.engine import stopwatch
from grading.engine.channel import Channel
from grading.engine.job import Job, Result
from grading.engine.linux import die_with_parent
from grading.engine.proxy import Child, Finished, Stopped, Student
from grading.engine.shell import Output, Ran, Recorder, Shell, error_output
from grading.engine.stopwatch import phase
from grading.engine.warm import serve_forks
from grading.notebook import code_cells, definitions, is_demo, run_cells
from grading.rebuild import DELETED, rebuild, restore_tests
from grading.submission import Unreadable, read_submission

MEMORY = 4_000_000_000  # for this process, which reads what strangers wrote


def serve(control: socket.socket, students: socket.socket, shell: Shell) -> None:
    """Be the parent of test processes; `students` is where they ask for student processes."""
    _warm_up_tests(shell, students)
    serve_forks(control, lambda words, files: _serve(shell, students, files[0]))


def _warm_up_tests(shell: Shell, students: socket.socket) -> None:
    """Grade a notebook of two cells, so that whatever is made at first use is there before the first fork."""
    for cases in pkgutil.iter_modules(grading.cases.__path__):
        importlib.import_module(f"grading.cases.{cases.name}")
    solution = new_code_cell("def one():\n    return np.ones(1)", metadata=_about("one", solution=True))
    test = new_code_cell("assert one().sum() == 1", metadata=_about("one-value", grade=True, points=1))
    setup = new_code_cell("import numpy as np", metadata=_about("setup"))
    text = nbformat.writes(new_notebook(cells=[setup, solution, test])).encode()
    result = grade(Job("warm-up", text, text, text, sandboxed=False), shell, students)
    if result.scores != {"one-value": 1.0}:
        raise RuntimeError(f"the warm-up notebook got {result.scores}: {result.notebook}")
    hidden.trial = None
    stopwatch.seconds.clear()
    shell.run("%reset -f", lambda output: None)


def _about(grade_id: str, **words: Any) -> dict[str, Any]:
    """nbgrader's metadata of a cell."""
    plain = {
        "grade": False,
        "solution": False,
        "locked": True,
        "points": 0,
        "schema_version": 3,
        "task": False,
    }
    return {"nbgrader": plain | {"grade_id": grade_id} | words}


def _serve(shell: Shell, students: socket.socket, descriptor: int) -> None:
    die_with_parent(signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"pid": os.getpid()})
    job = Job.from_message(channel.receive())
    channel.send(grade(job, shell, students).to_message())


def grade(job: Job, shell: Shell, students: socket.socket) -> Result:
    """Rebuild a submission and run it."""
    with phase("read and rebuild"):
        notebook, source, notes, attention = _rebuilt(job)
    student = Student(partial(Child.start, students, job.limits, job.sandboxed), job.limits, job.files)
    try:
        run = Run(notebook, source, student, shell, job)
        with phase("tests"):
            scores = run.refuse(attention) if attention else run.all()
    finally:
        student.close()
    with phase("write the notebook"):
        text = nbformat.writes(notebook) + "\n"
    return Result(text, scores, _unanswered(notebook), notes, attention, dict(stopwatch.seconds))


def _rebuilt(job: Job) -> tuple[NotebookNode, NotebookNode, list[str], str]:
    """The notebook to run, the source with its solutions, notes, and why a person must look."""
    source = nbformat.reads(job.source.decode(), as_version=4)
    release = nbformat.reads(job.release.decode(), as_version=4)
    attention = ""
    try:
        submission = read_submission(job.submission, job.limits.notebook)
    except Unreadable as error:
        attention, submission = str(error), nbformat.v4.new_notebook()
    notebook, remarks = rebuild(release, submission)
    restore_tests(notebook, source)
    return notebook, source, [*job.notes, *remarks], attention


def _unanswered(notebook: NotebookNode) -> list[str]:
    """Solution cells as they were released: nbgrader comments on them with "No response."."""
    from nbgrader.utils import compute_checksum

    return [
        cell.metadata.nbgrader.grade_id
        for cell in notebook.cells
        if is_solution(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    ]


@dataclass
class Run:
    """One notebook on its way through both processes; outputs are written into its cells."""

    notebook: NotebookNode
    source: NotebookNode
    student: Student
    shell: Shell
    job: Job
    ended: dict[str, Finished] = field(default_factory=dict)  # by grade_id: how solution cells ended
    homes: dict[str, str] = field(
        default_factory=dict
    )  # what solution cells define, with the cell's grade_id
    count: int = 0

    def all(self) -> dict[str, float | None]:
        """Run every cell in order; the points of each graded cell, None where a person must decide."""
        hidden.trial = hidden.Trial(self.job.seed, self._solutions())
        self.homes = _solution_names(self.source)
        scores = {}
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                self._run(cell)
            if is_grade(cell):
                scores[cell.metadata.nbgrader.grade_id] = determine_grade(cell)[0]
        return scores

    def refuse(self, reason: str) -> dict[str, float | None]:
        """Run nothing; every test says why."""
        scores: dict[str, float | None] = {}
        for cell in filter(is_grade, self.notebook.cells):
            if cell.cell_type == "code":
                cell.outputs = _nodes([error_output("NotGraded", reason)])
            scores[cell.metadata.nbgrader.grade_id] = 0.0
        return scores

    def _run(self, cell: NotebookNode) -> None:
        if is_demo(cell) and not self.job.run_demos:
            return
        self.count += 1
        cell.execution_count = self.count
        if is_grade(cell) and not is_solution(cell):
            cell.outputs = _nodes(self._test(cell))
            return
        finished = self._of_student(cell.source)
        cell.outputs = _nodes(finished.outputs)
        if is_solution(cell):
            self.ended[cell.metadata.nbgrader.grade_id] = finished
        elif is_locked(cell):
            self.shell.run(cell.source, lambda output: None)

    def _of_student(self, source: str) -> Finished:
        try:
            return self.student.run(source)
        except Stopped as error:
            return Finished([error_output("Stopped", str(error))], str(error))

    # --- test cells

    def _test(self, cell: NotebookNode) -> list[Output]:
        """Run a test cell: outputs from which nbgrader reads just the points that the test gave."""
        self.student.new_cell()
        recorder = Recorder(self.job.limits.output)
        try:
            missing = self._resolve(cell.source)
        except Stopped as error:
            return [error_output("Stopped", str(error))]
        if missing:
            return [error_output("NameError", self._why_missing(missing))]
        ran = self.shell.run(cell.source, recorder.emit)
        return verdict(ran, recorder.outputs, float(cell.metadata.nbgrader.points))

    def _resolve(self, source: str) -> str:
        """Bring the names that a test uses from the student; returns the first graded one that is not defined."""
        loaded, bound = _names(source)
        here = self.shell.names
        wanted = [
            name
            for name in loaded
            if name in self.homes or not (name in bound or name in here or hasattr(builtins, name))
        ]
        found = self.student.look(wanted)
        for name in wanted:
            here.pop(name, None)
        here.update(found)
        return next((name for name in wanted if name in self.homes and name not in found), "")

    def _why_missing(self, name: str) -> str:
        grade_id = self.homes[name]
        finished = self.ended.get(grade_id, Finished())
        cell = next((cell for cell in self.notebook.cells if _grade_id(cell) == grade_id), None)
        if cell is not None and cell.source == DELETED:
            return f"{name} is not defined: its cell is not in the submission"
        if finished.error:
            line = f" in line {finished.line}" if finished.line else ""
            return f"{name} is not defined: its cell stopped{line} with {finished.error}"
        return f"{name} is not defined"

    def _solutions(self) -> dict[str, Any]:
        """The reference solutions, run in this process."""
        return run_cells(definitions(code_cells(self.source)), Path(f"{self.job.name}.ipynb"))


def verdict(ran: Ran, outputs: list[Output], maximum: float) -> list[Output]:
    """What a test cell shows: a pass nothing that costs points, all else an error, partial credit its number.

    The points come from how the test ended, never from what was put out on the way: standard error costs
    nothing, and a value that is no number of points is a failure said aloud.
    """
    texts = [{**output, "name": "stdout"} for output in outputs if output["output_type"] == "stream"]
    if not ran.ok:
        errors = [output for output in outputs if output["output_type"] == "error"]
        return texts + (errors[-1:] or [error_output("NoVerdict", ran.error)])
    if ran.value is None:
        return texts
    if type(ran.value) in (int, float) or isinstance(ran.value, np.floating | np.integer):
        points = float(ran.value)
        if math.isfinite(points) and 0 <= points <= maximum:
            return [*texts, _partial_credit(points)]
    kind = f"{type(ran.value).__name__} {ran.value!r}"[:200]
    return [
        *texts,
        error_output("NoVerdict", f"the test ended with {kind}: no number of points from 0 to {maximum:g}"),
    ]


def _partial_credit(points: float) -> Output:
    data = {"text/plain": repr(points)}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


def _nodes(outputs: list[Output]) -> list[NotebookNode]:
    return [nbformat.from_dict(output) for output in outputs]


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _names(source: str) -> tuple[list[str], set[str]]:
    """The names that a cell of ours reads, and those that it binds."""
    loaded: dict[str, None] = {}
    bound = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                loaded[node.id] = None
            else:
                bound.add(node.id)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return list(loaded), bound


def _solution_names(source: NotebookNode) -> dict[str, str]:
    """What the solution cells define at their top, each with the grade_id of its cell."""
    homes: dict[str, str] = {}
    for cell in source.cells:
        if cell.cell_type == "code" and is_solution(cell):
            for node in ast.parse(cell.source).body:
                targets = node.targets if isinstance(node, ast.Assign) else []
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    names.append(node.name)
                homes |= {name: _grade_id(cell) for name in names}
    return homes
