"""The test process: runs a rebuilt notebook, the student's cells over there, the test cells here."""

import builtins
import socket
from dataclasses import dataclass, field
from functools import partial

import nbformat
import numpy as np
from nbformat import NotebookNode

from grading import hidden
from grading.engine.findings import find_out
from grading.engine.job import Job, Result
from grading.engine.prepared_assignment import PreparedAssignment, prepared_assignment
from grading.engine.test_cell import TestCell
from grading.isolation import stopwatch
from grading.isolation.shell import Output, Ran, Recorder, error_output
from grading.isolation.stopwatch import phase
from grading.isolation.student_proxy import Finished, Stopped, StudentHandle, StudentProxy
from grading.notebook.cells import about, grade_id_of, is_demo, is_grade, is_solution
from grading.notebook.findings import Findings, write_findings
from grading.notebook.rebuild import DELETED, rebuild, restore_tests
from grading.notebook.submission import Unreadable, read_submission


def grade(job: Job, students: socket.socket) -> Result:
    """Rebuild a submission and run it."""
    assignment = prepared_assignment(job)
    with phase("read and rebuild"):
        notebook, notes, attention = _rebuilt(job, assignment)
    student = StudentProxy(
        partial(StudentHandle.start, students, job.limits, job.sandboxed), job.limits, job.files
    )
    try:
        run = Run(notebook, assignment, student, job)
        with phase("tests"):
            scores = run.refuse(attention) if attention else run.all()
        with phase("find out why"):
            findings = {} if attention else run.find_out(scores, notes)
    finally:
        student.close()
    with phase("write the notebook"):
        # as nbformat.writes, but not validated: it is made of sound parts
        text = nbformat.v4.writes(notebook) + "\n"
    unanswered = _unanswered(notebook, assignment.starters)
    for grade_id in set(unanswered) & scores.keys():
        scores[grade_id] = 0.0
    return Result(text, scores, unanswered, notes, attention, findings, dict(stopwatch.seconds))


def _rebuilt(job: Job, assignment: PreparedAssignment) -> tuple[NotebookNode, list[str], str]:
    """The notebook to run, notes, and why a person must look."""
    attention = job.refusal
    try:
        submission = (
            assignment.blank()
            if job.refusal
            else read_submission(job.submission, job.limits.notebook)
        )
    except Unreadable as error:
        attention, submission = str(error), nbformat.v4.new_notebook()
    notebook, remarks = rebuild(assignment.blank(), submission)
    restore_tests(notebook, assignment.source)
    return notebook, [*job.notes, *remarks], attention


def _unanswered(notebook: NotebookNode, starters: dict[str, str]) -> list[str]:
    """Solution cells as they were released: nbgrader comments on them with "No response."."""
    return [
        grade_id_of(cell)
        for cell in notebook.cells
        if is_solution(cell) and cell.source == starters[grade_id_of(cell)]
    ]


@dataclass
class Run:
    """One notebook on its way through both processes; outputs are written into its cells."""

    notebook: NotebookNode
    assignment: PreparedAssignment
    student: StudentProxy
    job: Job
    ended: dict[str, Finished] = field(
        default_factory=dict
    )  # by grade_id: how solution cells ended
    count: int = 0

    def all(self) -> dict[str, float | None]:
        """Run every cell in order; the points of each graded cell, None where a person must decide."""
        hidden.trial = hidden.Trial(self.job.seed, self.assignment.solutions)
        before = dict(self.assignment.names)
        scores = {}
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                self._run(cell)
            if is_grade(cell):
                scores[grade_id_of(cell)] = points_of(cell)
        self.assignment.names.clear()
        self.assignment.names.update(before)
        return scores

    def refuse(self, reason: str) -> dict[str, float | None]:
        """Run nothing; every test says why."""
        scores: dict[str, float | None] = {}
        for cell in filter(is_grade, self.notebook.cells):
            if cell.cell_type == "code":
                cell.outputs = _nodes([error_output("NotGraded", reason)])
            scores[grade_id_of(cell)] = 0.0
        return scores

    def find_out(self, scores: dict[str, float | None], notes: list[str]) -> Findings:
        """Why functions lost marks; written into the notebook too. Adds to the notes what a person should know."""
        findings, remarks = find_out(
            self.assignment, self.student, self.notebook, scores, self._why_missing
        )
        write_findings(self.notebook, findings)
        notes += remarks
        return findings

    def _run(self, cell: NotebookNode) -> None:
        if is_demo(cell) and not self.job.run_demos:
            return
        self.count += 1
        cell.execution_count = self.count
        if is_grade(cell) and not is_solution(cell):
            cell.outputs = _nodes(self._test(cell))
            return
        finished = self.student.run(cell.source)
        cell.outputs = _nodes(finished.outputs)
        if is_solution(cell):
            self.ended[grade_id_of(cell)] = finished
        elif postponed := self.assignment.cells.get(grade_id_of(cell)):
            self._resolve(postponed)
            postponed.run(self.assignment.names, lambda output: None)

    # --- test cells

    def _test(self, cell: NotebookNode) -> list[Output]:
        """Run a test cell: outputs from which nbgrader reads just the points that the test gave."""
        self.student.new_cell()
        recorder = Recorder(self.job.limits.output)
        own = self.assignment.cells[grade_id_of(cell)]
        try:
            missing = self._resolve(own)
        except Stopped as error:
            return [error_output("Stopped", str(error))]
        if missing:
            return [error_output("NameError", self._why_missing(missing))]
        ran = own.run(self.assignment.names, recorder.emit)
        return verdict(ran, recorder.outputs, float(about(cell)["points"]))

    def _resolve(self, own: TestCell) -> str:
        """Bring the names that a cell uses from the student; returns the first graded one that is not defined."""
        here, homes = self.assignment.names, self.assignment.homes
        wanted = [
            name
            for name in own.loaded
            if name in homes or not (name in own.bound or name in here or hasattr(builtins, name))
        ]
        found = self.student.look(wanted)
        for name in wanted:
            here.pop(name, None)
        here.update(found)
        return next((name for name in wanted if name in homes and name not in found), "")

    def _why_missing(self, name: str) -> str:
        grade_id = self.assignment.homes[name]
        finished = self.ended.get(grade_id, Finished())
        cell = next((cell for cell in self.notebook.cells if grade_id_of(cell) == grade_id), None)
        if cell is not None and cell.source == DELETED:
            return f"{name} is not defined: its cell is not in the submission"
        if finished.error:
            line = f" in line {finished.line}" if finished.line else ""
            return f"{name} is not defined: its cell stopped{line} with {finished.error}"
        return f"{name} is not defined"


def points_of(cell: NotebookNode) -> float | None:
    """The points of a graded cell that has been run, as nbgrader's determine_grade reads them; None: a person decides."""
    if is_solution(cell) or cell.cell_type != "code":
        return None
    for output in cell.outputs:
        if output.output_type == "error":
            return 0.0
        if output.output_type == "execute_result":
            return float(output.data["text/plain"])
    return float(about(cell)["points"])


def verdict(ran: Ran, outputs: list[Output], maximum: float) -> list[Output]:
    """What a test cell shows: a pass nothing that costs points, all else an error, partial credit its number.

    The points come from how the test ended, never from what was put out on the way: standard error costs
    nothing, and a value that is no number of points is a failure said aloud.
    """
    texts = [
        {**output, "name": "stdout"} for output in outputs if output["output_type"] == "stream"
    ]
    if not ran.ok:
        errors = [output for output in outputs if output["output_type"] == "error"]
        return texts + (errors[-1:] or [error_output("NoVerdict", ran.error)])
    if ran.value is None:
        return texts
    number = type(ran.value) in (int, float) or isinstance(ran.value, np.floating | np.integer)
    if number and 0 <= ran.value <= maximum:  # neither NaN nor infinity is
        return [*texts, _partial_credit(float(ran.value))]
    kind = f"{type(ran.value).__name__} {ran.value!r}"[:200]
    return [
        *texts,
        error_output(
            "NoVerdict", f"the test ended with {kind}: no number of points from 0 to {maximum:g}"
        ),
    ]


def _partial_credit(points: float) -> Output:
    data = {"text/plain": repr(points)}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}


def _nodes(outputs: list[Output]) -> list[NotebookNode]:
    return [nbformat.from_dict(output) for output in outputs]
