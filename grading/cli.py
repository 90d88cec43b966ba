"""The `course` command. Exit status: 0 all well, 1 some submissions could not be graded, 2 wrong usage."""

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grading.course import Course

# What a command needs is imported when it runs: `course grade` warms its processes up while it imports the rest.
USAGE_ERROR = 2
INTERRUPTED = 130  # as shells have it
NEW = "Make the files of a new assignment: a small lesson with one graded function, to be replaced."

RESTORE = "Fill the course's gradebook, which must be empty, from a backup or another gradebook in SQLite."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; errors that a user can mend are printed without a traceback."""
    options = _parser().parse_args(argv)
    if options.warm and not options.scheduler:
        from grading.engine.engine import begin_here

        begin_here(options.run_demos)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    from sqlalchemy.exc import SAWarning, SQLAlchemyError

    from grading.course import Course
    from grading.errors import CourseError, GradebookRefuses

    # nbgrader builds its rows in an order that newer SQLAlchemy remarks on; the rows come out right
    warnings.filterwarnings("ignore", category=SAWarning)
    # nbgrader starts `alembic` by its bare name; it lies beside this Python even in a venv nobody activated
    os.environ["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )
    try:
        course = Course.at(options.root)
        return options.run(course, course.choose(options.assignments), options)
    except CourseError as error:
        print(f"course: {error}", file=sys.stderr)
        return USAGE_ERROR
    except SQLAlchemyError as error:
        print(f"course: {GradebookRefuses(error)}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print(
            "course: stopped. What was graded is kept; the same command goes on from there.",
            file=sys.stderr,
        )
        return INTERRUPTED


def _new(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.authoring.new import make_new

    for path in make_new(course, options.name, options.function or options.name):
        print(f"made {path.relative_to(course.root)}")
    print(
        f"Next: course build {options.name}; course expected {options.name}; make test; see docs/authors/authoring.md"
    )
    return 0


def _build(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.authoring.build import build

    for name in names:
        refit = build(course, name)
        print(f"built {course.release(name).relative_to(course.root)}")
        if refit:
            print(f"{name} has submissions: {refit}. Now run: course grade {name}")
    return 0


def _expected(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.authoring.expected import refresh_expected

    for name in names:
        print(
            f"{name}: {'written anew' if refresh_expected(course, name) else 'agrees with the solutions'}"
        )
    return 0


def _cohort(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.authoring.sample_class import make_sample_class

    for name in names:
        print(f"{name}: {len(make_sample_class(course, name, options.seed))} sample submissions")
    return 0


def _grade(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.cluster.tls import read_certificates
    from grading.pipeline.grade import Options, grade
    from grading.returns.feedback import write_feedback
    from grading.returns.score_table import format_outcomes, format_scores, read_table

    sandboxed = not options.no_sandbox and course.sandboxed
    how = Options(
        options.jobs,
        options.fresh,
        sandboxed,
        options.run_demos,
        options.scheduler,
        read_certificates(options),
    )
    outcomes = {name: grade(course, name, how) for name in names}
    failures = (
        [failure for name in names for failure in write_feedback(course, name)]
        if options.feedback
        else []
    )
    print(format_scores([row for name in names for row in read_table(course, name)]))
    print(format_outcomes(outcomes, how))
    attention = any(outcome.attention for outcome in outcomes.values())
    return 1 if _report(failures) or attention else 0


def _feedback(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.returns.feedback import write_feedback

    return _report([failure for name in names for failure in write_feedback(course, name)])


def _table(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.returns.score_table import format_table, read_table

    print(format_table([row for name in names for row in read_table(course, name)]))
    return 0


def _report_page(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.returns.class_report import write_report

    for name in names:
        print(f"{name}: {write_report(course, name).relative_to(course.root)}")
    return 0


def _export(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.errors import OneFile
    from grading.returns.export import export

    if options.to and len(names) > 1:
        raise OneFile(names)
    failures = []
    for name in names:
        path = options.to or course.root / "exports" / f"{name}-{options.format}.csv"
        failures += export(course, name, options.format, path, options.cells)
        print(f"{name}: {path}")
    return _report(failures)


def _restore(course: "Course", names: list[str], options: argparse.Namespace) -> int:
    from grading.gradebook.connection import read_url, shown
    from grading.gradebook.transfer import restore

    print(
        f"{restore(course, options.file)} rows of {options.file} are in {shown(read_url(course.db_url))}"
    )
    return 0


def _report(failures: list[str]) -> int:
    for failure in failures:
        print(f"needs attention: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="course", description="Build, grade and return the course."
    )
    parser.add_argument(
        "--root", type=Path, default=Path(), help="the course's folder (default: this one)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.add_argument(
            "assignments", nargs="*", metavar="NAME", help="assignments (default: all)"
        )
        sub.set_defaults(run=run, warm=run is _grade)
        return sub

    new = commands.add_parser("new", help=NEW, description=NEW)
    new.add_argument("name", metavar="NAME", help="of the assignment: small letters, digits and _")
    new.add_argument("--function", help="name of its graded function (default: the assignment's)")
    new.set_defaults(run=_new, warm=False, assignments=[])
    command("build", _build, "Make source and release notebooks from notebooks/.")
    command("expected", _expected, "Bring the expected results up to date with the solutions.")
    command("cohort", _cohort, "Write a sample class into submitted/.").add_argument(
        "--seed", type=int, default=0
    )
    _grade_options(command("grade", _grade, "Grade what is in submitted/ and print the table."))
    command("feedback", _feedback, "Write the feedback pages of graded submissions.")
    command("table", _table, "Print the table of scores again.")
    command(
        "report", _report_page, "Write reports/NAME.html: how the class did, and what to look at."
    )
    _export_options(
        command("export", _export, "Write the scores for a spreadsheet, Canvas or Moodle.")
    )
    back = commands.add_parser("restore", help=RESTORE, description=RESTORE)
    back.add_argument("file", type=Path, metavar="FILE", help="such as gradebook.db.backup-TIME")
    back.set_defaults(run=_restore, warm=False, assignments=[])
    return parser


def _export_options(export: argparse.ArgumentParser) -> None:
    export.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv")
    export.add_argument("--to", type=Path, metavar="FILE", help="default: exports/NAME-FORMAT.csv")
    export.add_argument(
        "--cells", action="store_true", help="csv: also a column for every test cell"
    )


def _grade_options(grading: argparse.ArgumentParser) -> None:
    from grading.cluster.tls import add_tls_options

    grading.add_argument("--feedback", action="store_true", help="also write the feedback pages")
    grading.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        help="submissions at a time (default: one a core)",
    )
    grading.add_argument(
        "--fresh", action="store_true", help="forget stored results and run everything again"
    )
    grading.add_argument(
        "--run-demos",
        action="store_true",
        help="also run the cells that only show (training, plots)",
    )
    grading.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="grade on the workers of this Dask scheduler, such as tcp://host:8786 (see docs/instructors/scaling.md)",
    )
    add_tls_options(grading)
    grading.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run students' code without a sandbox: only for code you trust",
    )
