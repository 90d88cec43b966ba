"""The `course` command.

Exit status: 0 all went well, 1 some submissions could not be graded, 2 nothing could be done.
"""

import argparse
import gc
import logging
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from grading.course import Course
    from grading.pipeline.options import Options

Done = TypeVar("Done")

# Each command imports what it needs when it runs. So `course grade` can start its processes first,
# and they get ready while it imports the rest.
USAGE_ERROR = 2
INTERRUPTED = 130  # the status that shells give to an interrupted command
# What a command imports stays, and looking through it again and again took a third of its start.
OBJECTS_BETWEEN_COLLECTIONS = 400_000
STOPPED = "stopped. What was graded is kept; the same command goes on from there."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status. Errors that a user can mend are only printed."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    options = _parser().parse_args(argv)
    grades_now = options.run is _grade and _has_new_submissions(options)
    is_watching = options.run is _watch and not options.status
    if (grades_now or is_watching) and not options.scheduler:
        from grading.engine.engine import start_engine

        start_engine(options.run_demos)
    try:
        return _run(options)
    finally:
        gc.freeze()  # at its end Python looks through all that there is, twice


def _has_new_submissions(options: argparse.Namespace) -> bool:
    """Whether there seem to be submissions without a stored result.

    Where it is wrong, the engine is started when the first of them is graded.
    """
    submitted = {name: 0 for name in options.names}
    for folder in options.root.glob("submitted/*/*"):
        if not options.names or folder.name in submitted:
            submitted[folder.name] = submitted.get(folder.name, 0) + 1
    return options.fresh or any(
        sum(1 for _ in options.root.glob(f".results/{name}/*.gz")) < number
        for name, number in submitted.items()
    )


def _run(options: argparse.Namespace) -> int:
    if options.run is _table or (options.run is _grade and not options.feedback):
        from grading.quick_nbgrader import leave_out_extensions

        leave_out_extensions()
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SAWarning, SQLAlchemyError

    from grading.course import Course
    from grading.errors import CourseError, in_words

    # nbgrader makes its rows in an order that newer versions of SQLAlchemy warn about. The rows
    # are right.
    warnings.filterwarnings("ignore", category=SAWarning)
    # nbgrader also prints the traceback of an error in the database, which is told below in words.
    logging.getLogger("tornado.application").addFilter(
        lambda record: not record.getMessage().startswith("Rolling back session")
    )
    try:
        course = Course.at(options.root)
        options.are_all = not options.names
        options.names = course.choose(options.names)
        return options.run(course, options)
    except (CourseError, SQLAlchemyError, InvalidEntry, OSError) as error:
        print(f"course: {in_words(error)}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print(f"course: {STOPPED}", file=sys.stderr)
        return INTERRUPTED


def _new(course: "Course", options: argparse.Namespace) -> int:
    from grading.authoring.new import make_new

    name = options.name
    for path in make_new(course, name, options.function or [name]):
        print(f"made {path.relative_to(course.root)}")
    steps = f"course build {name}; course expected {name}; make test"
    print(f"Next: {steps}; see docs/authors/authoring.md")
    return 0


def _build(course: "Course", options: argparse.Namespace) -> int:
    from grading.authoring.build import build
    from grading.authoring.translation import require_translations

    require_translations(course, options.names, options.language)
    for name in options.names:
        sync = build(course, name, options.language)
        print(f"built {course.release(name).relative_to(course.root)}")
        if sync:
            print(f"{name} has submissions: {sync}. Now run: course grade {name}")
    return 0


def _expected(course: "Course", options: argparse.Namespace) -> int:
    from grading.authoring.expected import refresh_expected

    for name in options.names:
        changed = refresh_expected(course, name)
        print(f"{name}: {'written anew' if changed else 'agrees with the solutions'}")
    return 0


def _cohort(course: "Course", options: argparse.Namespace) -> int:
    from grading.authoring.sample_class import make_sample_class

    for name in options.names:
        print(f"{name}: {len(make_sample_class(course, name, options.seed))} sample submissions")
    return 0


def _grade(course: "Course", options: argparse.Namespace) -> int:
    from grading.errors import NothingSubmitted
    from grading.pipeline.grade import grade
    from grading.returns.run_summary_text import format_summaries
    from grading.returns.score_table import format_scores, read_table

    grading_options = _grading_options(course, options)
    summaries = _of_each(
        options, lambda name: grade(course, name, grading_options), NothingSubmitted
    )
    failures: list[str] = []
    if options.feedback:
        from grading.returns.feedback import return_feedback

        failures = return_feedback(course, list(summaries))
    print(format_scores([row for name in summaries for row in read_table(course, name)]))
    print(format_summaries(summaries, grading_options))
    attention = any(summary.attention for summary in summaries.values())
    return 1 if _print_failures(failures) or attention else 0


def _watch(course: "Course", options: argparse.Namespace) -> int:
    if options.status:
        from grading.watch.status import format_status

        print(format_status(course.root))
        return 0
    from grading.watch.watch import watch

    watch(course, options.names, _grading_options(course, options))
    return 0


def _grading_options(course: "Course", options: argparse.Namespace) -> "Options":
    from grading.cluster.tls import read_certificates
    from grading.pipeline.options import Options

    return Options(
        jobs=options.jobs,
        fresh=options.fresh,
        sandboxed=course.sandboxed and not options.no_sandbox,
        run_demos=options.run_demos,
        scheduler=options.scheduler,
        tls=read_certificates(options),
    )


def _feedback(course: "Course", options: argparse.Namespace) -> int:
    from grading.returns.feedback import return_feedback

    return _print_failures(return_feedback(course, options.names, options.platform))


def _table(course: "Course", options: argparse.Namespace) -> int:
    from grading.errors import NotReleased
    from grading.returns.score_table import format_table, read_table

    tables = _of_each(options, lambda name: read_table(course, name), NotReleased)
    print(format_table([row for table in tables.values() for row in table]))
    return 0


def _report(course: "Course", options: argparse.Namespace) -> int:
    from grading.errors import NotGraded, NotReleased
    from grading.returns.class_report import write_report

    def report(name: str) -> None:
        print(f"{name}: {write_report(course, name).relative_to(course.root)}")

    _of_each(options, report, NotGraded, NotReleased)
    return 0


def _export(course: "Course", options: argparse.Namespace) -> int:
    from grading.errors import NotGraded, NotReleased, OneFile
    from grading.returns.export import export

    if options.to and len(options.names) > 1:
        raise OneFile(options.names)

    def write(name: str) -> list[str]:
        path = options.to or course.root / "exports" / f"{name}-{options.format}.csv"
        failures = export(course, name, options.format, path, options.cells)
        print(f"{name}: {path}")
        return failures

    failures = _of_each(options, write, NotGraded, NotReleased)
    return _print_failures([failure for found in failures.values() for failure in found])


def _publish(course: "Course", options: argparse.Namespace) -> int:
    from grading.authoring.publish import publish

    written = publish(course, options.names, options.folder)
    print(f"{len(written)} files for students are in {options.folder}")
    return 0


def _restore(course: "Course", options: argparse.Namespace) -> int:
    from grading.gradebook.connection import read_url, without_password
    from grading.gradebook.transfer import restore

    count = restore(course, options.file)
    print(f"{count} rows of {options.file} are in {without_password(read_url(course.db_url))}")
    return 0


def _of_each(
    options: argparse.Namespace, work: Callable[[str], Done], *nothing_yet: type[Exception]
) -> dict[str, Done]:
    """What some work gave, by assignment.

    Where none was named, those of which there is nothing yet are left out, and the rest goes on: a
    course is graded long before its last assignment is handed in. Where there is nothing of any,
    the first error is raised.

    nothing_yet: the errors that say so
    """
    done: dict[str, Done] = {}
    left_out: dict[str, Exception] = {}
    for name in options.names:
        try:
            done[name] = work(name)
        except nothing_yet as error:
            if not options.are_all:
                raise
            left_out[name] = error
    if left_out and not done:
        raise next(iter(left_out.values()))
    if left_out:
        print(f"nothing yet of: {', '.join(left_out)}", file=sys.stderr)
    return done


def _print_failures(failures: list[str]) -> int:
    """Print what a person must look at; returns the exit status that says so."""
    from grading.errors import printable

    for failure in failures:
        print(f"needs attention: {printable(failure, 1000)}", file=sys.stderr)
    return 1 if failures else 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("course", description="Build, grade and return the course.")
    parser.add_argument("--root", type=Path, default=Path(), help="its folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text, add_arguments in (
        ("new", _new, "Make the files of a new assignment from a small lesson.", _add_new),
        ("build", _build, "Make source and release notebooks from notebooks/.", _add_build),
        ("expected", _expected, "Compute the expected results from the solutions.", _add_names),
        ("cohort", _cohort, "Write a sample class into submitted/.", _add_cohort),
        ("grade", _grade, "Grade what is in submitted/ and print the scores.", _add_grade),
        ("watch", _watch, "Grade what students hand in when they hand it in.", _add_watch),
        ("feedback", _feedback, "Write the feedback pages of graded submissions.", _add_feedback),
        ("table", _table, "Print the table of scores again.", _add_names),
        ("report", _report, "Write reports/NAME.html: how the class did.", _add_names),
        ("export", _export, "Write the scores for a spreadsheet, Canvas or Moodle.", _add_export),
        ("publish", _publish, "Write the folder that students get.", _add_publish),
        ("restore", _restore, "Fill the course's empty gradebook from a backup.", _add_restore),
    ):
        subparser = commands.add_parser(name, help=text, description=text)
        subparser.set_defaults(run=run, names=[])
        add_arguments(subparser)
    return parser


def _add_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="assignments (default: all)")


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    text = "of the text, such as zh_CN: notebooks/zh_CN/NAME.py (default: en)"
    parser.add_argument("--language", default="en", metavar="LANG", help=text)


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="its name: small letters, digits and _")
    text = "a graded function; may be given several times (default: the assignment's name)"
    parser.add_argument("--function", action="append", help=text)


def _add_cohort(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other mistakes")


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    parser.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv")
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: exports/NAME-FORMAT.csv")
    parser.add_argument("--cells", action="store_true", help="csv: add a column for each test cell")


def _add_feedback(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    text = "also make the zip file of all pages that one uploads there"
    parser.add_argument("--for", dest="platform", choices=("canvas", "moodle"), help=text)


def _add_publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new one, or made by publish")
    _add_names(parser)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="such as gradebook.db.backup-TIME")


def _add_grade(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    _add_flag(parser, "--feedback", "also write the feedback pages")
    _add_flag(parser, "--fresh", "delete stored results and run everything again")
    _add_engine(parser)


def _add_watch(parser: argparse.ArgumentParser) -> None:
    _add_names(parser)
    _add_flag(parser, "--status", "only say what waits, how fast answers come, what went wrong")
    parser.set_defaults(fresh=False)
    _add_engine(parser)


def _add_flag(parser: argparse.ArgumentParser, name: str, text: str) -> None:
    parser.add_argument(name, action="store_true", help=text)


def _add_engine(parser: argparse.ArgumentParser) -> None:
    from grading.cluster.tls import add_tls_options

    jobs = "submissions at a time (default: one for each core)"
    address = "let the workers of a Dask scheduler grade (docs/instructors/scaling.md)"
    parser.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, help=jobs)
    _add_flag(parser, "--run-demos", "also run the cells that only show (training, plots)")
    parser.add_argument("--scheduler", default="", metavar="tcp://HOST:8786", help=address)
    add_tls_options(parser)
    _add_flag(
        parser, "--no-sandbox", "run students' code without a sandbox: only for code that you trust"
    )
