"""The test process: runs the cells of a rebuilt notebook in their order.

The student's cells run in the student process, the test cells here.
"""

import builtins
import socket
from dataclasses import dataclass, field
from functools import partial

import nbformat
from nbformat import NotebookNode

from course_utils.explain import CallError
from course_utils.messages import Message, in_language, message
from grading import hidden
from grading.engine.findings import Reasons, find_reasons
from grading.engine.job import Job, Result
from grading.engine.prepared_assignment import PreparedAssignment, prepared_assignment
from grading.engine.test_cell import TestCell
from grading.engine.verdict import Verdict, failure, verdict_of
from grading.errors import EngineFailed
from grading.isolation import stopwatch
from grading.isolation.outputs import Output, OutputBudget, Recorder, error_output
from grading.isolation.past_cells import defines_function, names_bound_in
from grading.isolation.request import Stopped
from grading.isolation.stopwatch import phase
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import FinishedCell, StudentProxy
from grading.notebook.cells import (
    grade_id_of,
    is_demo,
    is_grade,
    is_solution,
    nbgrader_metadata,
)
from grading.notebook.findings import write_findings
from grading.notebook.rebuild import deleted, rebuild, restore_tests
from grading.notebook.submission import Unreadable, read_submission
from grading.notebook.write import notebook_text

Scores = dict[str, float | None]  # points by grade_id, None where a person has to decide
MAX_LOUD_CELLS = 20  # cells of one submission that may put out as much as a cell may


def grade(job: Job, students: socket.socket) -> Result:
    """Rebuild a submission and run it, in the assignment's language.

    students: where student processes are asked for
    """
    assignment = prepared_assignment(job)
    with in_language(assignment.language):
        return _grade(job, assignment, students)


def _grade(job: Job, assignment: PreparedAssignment, students: socket.socket) -> Result:
    with phase("read and rebuild"):
        notebook, notes, attention = _rebuilt(job, assignment)
    start = partial(StudentHandle.start, students, job.limits, job.sandboxed)
    student = StudentProxy(start, job.limits, job.files)
    try:
        run = Run(notebook, assignment, student, job)
        with assignment.modules.importable():
            with phase("tests"):
                scores = run.refuse(attention) if attention else run.run_all()
            with phase("find out why"):
                reasons = Reasons() if attention else run.find_reasons(scores)
                findings = {} if attention else write_findings(notebook, reasons.findings)
        if student.failure:
            raise EngineFailed(student.failure)
    finally:
        student.close()
    with phase("write the notebook"):
        unanswered = _unanswered(notebook, assignment.starters)
        text = notebook_text(notebook)
    scores |= dict.fromkeys(set(unanswered) & scores.keys(), 0.0)
    seconds = dict(stopwatch.seconds)
    notes += reasons.notes
    return Result(
        text, scores, unanswered, notes, attention, findings, seconds, reasons.not_looked_at
    )


def _rebuilt(job: Job, assignment: PreparedAssignment) -> tuple[NotebookNode, list[str], str]:
    """The notebook to run, notes, and why a person must look at the submission."""
    attention = job.refusal
    try:
        submission = (
            assignment.new_notebook()
            if job.refusal
            else read_submission(job.submission, job.limits.notebook)
        )
    except Unreadable as error:
        attention, submission = str(error), nbformat.v4.new_notebook()
    notebook, remarks = rebuild(assignment.new_notebook(), submission)
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
    """One notebook on its way through both processes; outputs are written into its cells.

    finished: how the student's solution cells ended, by grade_id
    outputs: what is left of the room for the outputs of the student's cells
    """

    notebook: NotebookNode
    assignment: PreparedAssignment
    student: StudentProxy
    job: Job
    finished: dict[str, FinishedCell] = field(default_factory=dict)
    execution_count: int = 0
    outputs: OutputBudget = field(init=False)

    def __post_init__(self) -> None:
        self.outputs = OutputBudget(MAX_LOUD_CELLS * self.job.limits.output)

    def run_all(self) -> Scores:
        """Run every cell in order."""
        hidden.trial = hidden.Trial(self.job.seed, self.assignment.solutions)
        before = dict(self.assignment.namespace)
        scores: Scores = {}
        for cell in self.notebook.cells:
            points = self._run_cell(cell) if cell.cell_type == "code" else None
            if is_grade(cell):
                scores[grade_id_of(cell)] = points
        self.assignment.namespace.clear()
        self.assignment.namespace.update(before)
        return scores

    def refuse(self, reason: str) -> Scores:
        """Run nothing; every test says why."""
        scores: Scores = {}
        for cell in filter(is_grade, self.notebook.cells):
            if cell.cell_type == "code":
                cell.outputs = _nodes([error_output("NotGraded", reason)])
            scores[grade_id_of(cell)] = 0.0
        return scores

    def find_reasons(self, scores: Scores) -> Reasons:
        """Why functions lost marks."""
        return find_reasons(
            self.assignment, self.student, self.notebook, scores, self._what_is_there_instead
        )

    def _run_cell(self, cell: NotebookNode) -> float | None:
        """Run one code cell; the points of a test, None for any other cell."""
        is_test = is_grade(cell) and not is_solution(cell)
        if is_demo(cell) and not self.job.run_demos and self._put_off(cell):
            # A test that is not run has no outputs, from which nbgrader reads full points.
            return _maximum(cell) if is_test else None
        self.execution_count += 1
        cell.execution_count = self.execution_count
        if is_test:
            verdict = self._test(cell)
            cell.outputs = _nodes(verdict.outputs)
            return verdict.points
        insist = is_solution(cell) or defines_function(cell.source)
        finished = self.student.run(cell.source, insist, self.assignment.solution_cells)
        cell.outputs = _nodes(self.outputs.kept(finished.outputs))
        if is_solution(cell):
            self.finished[grade_id_of(cell)] = finished
        elif postponed := self.assignment.cells.get(grade_id_of(cell)):
            self._resolve_names(postponed)
            postponed.run(self.assignment.namespace, lambda output: None)
        return None

    def _put_off(self, cell: NotebookNode) -> bool:
        """Whether a demonstration need not run before something needs a name that it makes.

        One into which a student wrote a version of a graded function does need to run.
        """
        if is_grade(cell):
            return True
        names = self.assignment.demo_names.get(cell.source)
        if names is None:  # the student has changed it
            names = names_bound_in(cell.source)
            if names & self.assignment.solution_cells.keys():
                return False
        self.student.put_off(cell.source, names)
        return True

    # --- test cells

    def _test(self, cell: NotebookNode) -> Verdict:
        """Run a test cell."""
        self.student.restart_cell_clock()
        if hidden.trial:
            hidden.trial.begin_cell()
        recorder = Recorder(self.job.limits.output)
        test = self.assignment.cells[grade_id_of(cell)]
        try:
            missing = self._resolve_names(test)
        except Stopped as error:
            return failure("Stopped", str(error))
        if missing:
            return failure("NameError", f"{self._why_missing(missing)}")
        result = test.run(self.assignment.namespace, recorder.emit)
        return verdict_of(result, recorder.outputs, _maximum(cell))

    def _resolve_names(self, test: TestCell) -> str:
        """Bring the names that a cell reads from the student process into the namespace.

        The first name of a solution cell that is not defined over there, or "".
        """
        namespace, solution_cells = self.assignment.namespace, self.assignment.solution_cells
        of_student = [
            name
            for name in test.names_read
            if name in solution_cells
            or not (name in test.names_bound or name in namespace or hasattr(builtins, name))
        ]
        found = self.student.resolve(of_student)
        for name in of_student:
            namespace.pop(name, None)
        namespace.update(found)
        missing = (name for name in of_student if name in solution_cells and name not in found)
        return next(missing, "")

    def _what_is_there_instead(self, name: str) -> CallError | Message:
        """The error of the cell that should define a name, else why it is not defined, in words."""
        finished = self.finished.get(self.assignment.solution_cells[name], FinishedCell())
        return finished.raised or self._why_missing(name)

    def _why_missing(self, name: str) -> Message:
        """Why a name that a solution cell should define is not defined."""
        grade_id = self.assignment.solution_cells[name]
        finished = self.finished.get(grade_id, FinishedCell())
        cell = next((cell for cell in self.notebook.cells if grade_id_of(cell) == grade_id), None)
        if cell is not None and cell.source == deleted():
            return message("missing.deleted", name=name)
        if line := finished.raised and finished.raised.line:
            error = finished.error
            return message("missing.line", name=name, number=line.number, error=error)
        if finished.error:
            return message("missing.error", name=name, error=finished.error)
        return message("missing.other", name=name)


def _maximum(cell: NotebookNode) -> float:
    return float(nbgrader_metadata(cell)["points"])


def _nodes(outputs: list[Output]) -> list[NotebookNode]:
    return [nbformat.from_dict(output) for output in outputs]
