"""Record a result in autograded/ and the gradebook, as nbgrader's own steps would, in batches.

This is step 3 of a submission's way. The files of a result are written when it is recorded, its
rows with the batch (see upserts.py). A run that ends in between leaves complete files beside older
rows. The next run then sees the difference and records the result again.
"""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Gradebook, Student
from sqlalchemy import select

from grading.course import Course
from grading.engine.job import Result
from grading.engine.result_cache import ResultCache
from grading.errors import BadStudent
from grading.gradebook.autograded_folder import write_folder
from grading.gradebook.cell_tables import notebook_id_of
from grading.gradebook.late_penalties import read_arrivals, same_penalty
from grading.gradebook.queries import read_auto_comments, read_marks, read_points, read_sources
from grading.gradebook.regrade_log import Change, GradedCells, RegradeLog
from grading.gradebook.upserts import BatchWriter, GradeRecord
from grading.notebook.cells import student_code

LONGEST_ID = 128  # characters in nbgrader's column


@dataclass(frozen=True)
class GradedSubmission:
    """One result to be recorded.

    files: what belongs into autograded/ beside the notebook, by relative path
    timestamp: when it came in, naive in UTC; None where that is not known
    notes: what an instructor may want to know of how it was handed in
    """

    student: str
    result: Result
    files: dict[str, bytes]
    timestamp: datetime | None
    notes: tuple[str, ...] = ()


class GradebookRecorder:
    """The one writer of an assignment's grades.

    student: the only one whose submission is to be recorded; "" for a whole class
    """

    def __init__(self, course: Course, name: str, gradebook: Gradebook, student: str = ""):
        self._course, self._name = course, name
        self._db = gradebook.db()
        self._db.expire_on_commit = False  # nobody else changes what is read here once
        self._assignment: str = gradebook.find_assignment(name).id
        notebook = notebook_id_of(gradebook, name)
        self._tests = GradedCells.of(
            read_points(self._db, notebook), read_sources(self._db, notebook)
        )
        self._writer = BatchWriter(gradebook, name, course.config)
        self._marks = read_marks(self._db, self._assignment, student)
        self._comments = read_auto_comments(self._db, self._assignment, student)
        self._arrivals = read_arrivals(self._db, self._assignment, student)
        self._log = RegradeLog.read(ResultCache(course.root, name).folder)
        self._recorded: dict[str, GradeRecord] = {}  # since the run began
        self._batch: dict[str, GradeRecord] = {}
        self._penalties: dict[str, float | None] = {}  # pending, where only the penalty changes
        # What stands in its way stops the run; in the way of one submission it costs only that.
        (course.root / "autograded").mkdir(exist_ok=True)
        self._db.commit()  # so that no transaction stays open while the class runs

    @property
    def pending(self) -> int:
        """Submissions recorded since the last commit."""
        return len(self._batch) + len(self._penalties)

    def known_students(self) -> list[str]:
        """The ids of all students of the gradebook, whatever they handed in."""
        students = list(self._db.execute(select(Student.id)).scalars())
        self._db.commit()
        return students

    def record(self, graded: GradedSubmission) -> bool:
        """Write one submission's files, and keep its rows for `commit`.

        Returns False and writes nothing if autograded/ and the gradebook have this very result
        already, or will have it with the next commit. A penalty for lateness is no part of the
        result; where only that is another one, only that is written.
        """
        record = self._writer.record_of(graded.result, graded.timestamp)
        page = self._course.autograded(graded.student, self._name)
        old_page = page.read_bytes() if page.is_file() else None
        new_page = graded.result.notebook.encode()
        if old_page == new_page and self._has(graded.student, record):
            return self._record_penalty(graded.student, record)
        self._log_marks(graded, old_page)
        self._write_files(graded)
        self._penalties.pop(graded.student, None)
        self._batch[graded.student] = self._recorded[graded.student] = record
        return True

    def commit(self) -> None:
        """Write the rows of the batch, all or none; they stay pending if the database refuses."""
        if self.pending:
            self._writer.write(self._batch, self._penalties)
        self._batch, self._penalties = {}, {}

    def rollback(self) -> None:
        """Forget the rows that are pending."""
        for student in self._batch | self._penalties:
            del self._recorded[student]
        self._batch, self._penalties = {}, {}
        self._db.rollback()

    def changes(self) -> list[Change]:
        """The scores that have changed, whose and why. Reported once: the log is deleted."""
        if not self._log.marks:
            return []
        changes = self._log.changes(self._tests, read_marks(self._db, self._assignment))
        self._log.delete()
        return changes

    def _has(self, student: str, record: GradeRecord) -> bool:
        """Whether the gradebook has a record, or will have it with the next commit."""
        present = self._present_record(student)
        if present is None:
            return False
        if (record.scores, record.comments) != (present.scores, present.comments):
            return False
        return record.timestamp is None or record.timestamp == present.timestamp

    def _present_record(self, student: str) -> GradeRecord | None:
        """What the gradebook has of a student, what is pending included; None for nothing."""
        if student in self._recorded or student not in self._arrivals:
            return self._recorded.get(student)
        scores = {name: mark.auto for name, mark in self._marks.get(student, {}).items()}
        timestamp = self._arrivals[student].timestamp
        return GradeRecord(scores, self._comments.get(student, {}), timestamp)

    def _record_penalty(self, student: str, record: GradeRecord) -> bool:
        """Keep the penalty of a student whose record is there for `commit`.

        Returns False if the gradebook has this very penalty already. What a person gave by hand is
        not touched, and not marked for review again.
        """
        if student in self._recorded:
            return False
        arrival = self._arrivals[student]
        score = sum(mark.score for mark in self._marks.get(student, {}).values())
        penalty = self._writer.penalties.penalty(
            student, score, arrival.timestamp, arrival.extension
        )
        if same_penalty(penalty, arrival.penalty):
            return False
        self._penalties[student] = penalty
        self._recorded[student] = record
        return True

    def _log_marks(self, graded: GradedSubmission, old_page: bytes | None) -> None:
        """Keep the marks that are about to be overwritten, for the report of changes."""
        if marks := self._marks.get(graded.student):
            resubmitted = old_page is not None and (
                student_code(old_page.decode(errors="replace"))
                != student_code(graded.result.notebook)
            )
            self._log.keep_tests(self._tests)
            self._log.keep_marks(graded.student, marks, resubmitted)

    def _write_files(self, graded: GradedSubmission) -> None:
        """Write the notebook and the files beside it, and remove all others from the folder."""
        page = self._course.autograded(graded.student, self._name)
        write_folder(page.parent, graded.files | {page.name: graded.result.notebook.encode()})


def check_student_id(student: str) -> None:
    """BadStudent where a folder's name cannot be a student's id in every gradebook."""
    try:
        student.encode()
    except UnicodeEncodeError:  # a name that came in another encoding
        raise BadStudent("it is not text in UTF-8") from None
    if len(student) > LONGEST_ID:
        raise BadStudent(f"it has {len(student)} characters, and nbgrader keeps {LONGEST_ID}")
