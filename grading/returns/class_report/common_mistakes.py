"""The mistakes of a class, with an example of each that does not name its author."""

import ast
import io
import re
import tokenize
from collections import Counter
from dataclasses import dataclass

from course_utils.explain import Finding
from grading.pipeline.run_summary import title_of
from grading.returns.class_report.class_data import ClassData, SubmissionData

MAX_EXAMPLE = 3_000  # characters of an example that are shown
MAX_READ = 20_000  # characters of an example that are read: the others may be comments


@dataclass(frozen=True)
class Mistake:
    """One mistake of the class.

    count: students who made it; finding: of the student whose submission is the example
    """

    function: str
    title: str
    count: int
    finding: Finding
    submission: SubmissionData


def common_mistakes(class_data: ClassData) -> list[Mistake]:
    """The mistakes of the class, the commonest first, counted as `course grade` counts them."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], tuple[Finding, SubmissionData]] = {}
    for submission in class_data.submissions:
        findings = _finding_by_mistake(submission)
        counts.update(findings.keys())
        for mistake, finding in findings.items():
            shortest = examples.get(mistake)  # the shortest code shows a mistake best
            if not shortest or _size(submission, mistake) < _size(shortest[1], mistake):
                examples[mistake] = finding, submission
    ranked = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return [Mistake(*mistake, count, *examples[mistake]) for mistake, count in ranked]


def _finding_by_mistake(submission: SubmissionData) -> dict[tuple[str, str], Finding]:
    """The first finding of each (function, title); a student counts once for a mistake."""
    return {
        (function, title_of(finding)): finding
        for function, findings in submission.findings.items()
        for finding in reversed(findings)
    }


def _size(submission: SubmissionData, mistake: tuple[str, str]) -> int:
    function, _ = mistake
    return len(submission.code.get(function, ""))


def example_code(mistake: Mistake) -> str:
    """The example's code, without comments, docstrings and whatever names its author."""
    code = strip_comments(mistake.submission.code.get(mistake.function, "")[:MAX_READ])
    author = mistake.submission.recorded
    for name in (author.student, author.first_name, author.last_name, author.email):
        if len(name) > 1:  # a single letter names nobody, and may be a variable
            whole_word = rf"(?<!\w){re.escape(name)}(?!\w)"
            code = re.sub(whole_word, "[student]", code, flags=re.IGNORECASE)
    return code if len(code) <= MAX_EXAMPLE else code[:MAX_EXAMPLE] + "\n..."


def strip_comments(code: str) -> str:
    """Code without comments, docstrings and empty lines.

    Where it cannot be read as Python, everything after a # goes, and docstrings stay.
    """
    try:
        docstrings = _docstring_lines(code)
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        lines = [line.partition("#")[0].rstrip() for line in code.split("\n")]
        return "\n".join(line for line in lines if line)
    starts = [token.start for token in tokens if token.type == tokenize.COMMENT]
    comment_column = {line_number: column for line_number, column in starts}
    lines = [
        line[: comment_column.get(number, len(line))].rstrip()
        for number, line in enumerate(code.split("\n"), start=1)
        if number not in docstrings
    ]
    return "\n".join(line for line in lines if line)


def _docstring_lines(code: str) -> set[int]:
    """The numbers of the lines of every statement that is a mere constant."""
    return {
        number
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
