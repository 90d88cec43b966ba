"""The report as a page: one file, nothing from elsewhere, every word of a student's escaped."""

import ast
import io
import re
import tokenize
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from grading.course import Course
from grading.engine.result_cache import write_whole
from grading.errors import printable
from grading.returns.class_report.items import FEW, Mistake, item_statistics, mistakes
from grading.returns.class_report.plots import plot_losses, plot_scores
from grading.returns.class_report.read import ClassData, SubmissionData, read_class_data
from grading.returns.class_report.similarity import find_similar, rare_limit, side_by_side

MOST_MISTAKES, MOST_PAIRS = 15, 20
LONGEST_CODE = 3_000  # characters of an example


@dataclass(frozen=True)
class ReviewItem:
    """A submission that a person should look at. urgent: it could not be graded as it is"""

    student: str
    reasons: list[str]
    urgent: bool = False


def write_report(course: Course, name: str) -> Path:
    """Write reports/NAME.html; NotGraded when there is nothing to report."""
    group = read_class_data(course, name)
    path = course.root / "reports" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, render(group).encode(), lasting=False)
    return path


def render(group: ClassData) -> str:
    """The page of a class, as HTML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    return environment.get_template("template.html.j2").render(_content(group))


def _content(group: ClassData) -> dict[str, Any]:
    scores = np.array([paper.entry.score for paper in group.papers])
    found, made, likeness = item_statistics(group), mistakes(group), find_similar(group)
    return {
        "group": group,
        "numbers": _numbers(scores),
        "scores": plot_scores(scores, group.most),
        "losses": plot_losses(found) if found else None,
        "item_statistics": found,
        "few": FEW,
        "mistakes": [(mistake, _example(mistake)) for mistake in made[:MOST_MISTAKES]],
        "more_mistakes": max(0, len(made) - MOST_MISTAKES),
        "looks": _looks(group),
        "likeness": likeness,
        "pairs": [(pair, _columns(group, pair)) for pair in likeness.pairs[:MOST_PAIRS]],
        "rare": rare_limit(len(group.read)),
        "times": _times(group),
    }


def _numbers(scores: np.ndarray) -> dict[str, str]:
    values = dict(zip(("lowest", "lower quartile", "median", "upper quartile", "highest"),
                      np.percentile(scores, [0, 25, 50, 75, 100])))  # fmt: skip
    return {"submissions": str(len(scores)), "mean": f"{scores.mean():.1f}"} | {
        label: f"{value:g}" for label, value in values.items()
    }


def _looks(group: ClassData) -> list[ReviewItem]:
    found = [ReviewItem(paper.entry.student, reasons, bool(paper.attention))
             for paper in group.papers if (reasons := _reasons(paper))]  # fmt: skip
    found += [
        ReviewItem(student, ["handed in, but not graded yet"], True) for student in group.missing
    ]
    return sorted(found, key=lambda look: (not look.urgent, look.student))


def _reasons(paper: SubmissionData) -> list[str]:
    entry = paper.entry
    flagged = sorted(name for name, mark in entry.marks.items() if mark.look)
    hours = int(entry.late // 3600)
    reasons = {
        f"could not be graded: {printable(paper.attention)}": bool(paper.attention),
        f"to be graded or reviewed by hand: {', '.join(flagged)}": bool(flagged) and not paper.attention,
        "flagged in formgrader": entry.flagged,
        f"late by {hours // 24} d {hours % 24} h" + (f", {entry.penalty:g} points off" if entry.penalty else ""):
            entry.late > 0,
    }  # fmt: skip
    return [words for words, holds in reasons.items() if holds] + [
        printable(note) for note in paper.notes
    ]


def _columns(group: ClassData, pair: Any) -> list[tuple[str, str, str]]:
    code = {
        paper.entry.student: paper.code[pair.function]
        for paper in group.papers
        if paper.entry.student in pair.students
    }
    return list(side_by_side(*(code[student].rstrip() for student in pair.students)))


def _example(mistake: Mistake) -> str:
    """The code of one student who made a mistake, without comments, docstrings and whatever names it."""
    code = without_words(mistake.paper.code.get(mistake.function, ""))
    entry = mistake.paper.entry
    for name in filter(
        lambda word: len(word) > 1, (entry.student, entry.first_name, entry.last_name, entry.email)
    ):
        code = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[student]", code, flags=re.IGNORECASE)
    return code if len(code) <= LONGEST_CODE else code[:LONGEST_CODE] + "\n..."


def without_words(code: str) -> str:
    """Code without comments and docstrings; where it is no Python, without what stands after a #."""
    try:
        spans = [(node.lineno, node.end_lineno or node.lineno) for node in ast.walk(ast.parse(code))
                 if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]  # fmt: skip
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        lines = [line.partition("#")[0].rstrip() for line in code.split("\n")]
        return "\n".join(line for line in lines if line)
    comments = {
        token.start[0]: token.start[1] for token in tokens if token.type == tokenize.COMMENT
    }
    texts = {number for first, last in spans for number in range(first, last + 1)}
    lines = [line[: comments.get(number, len(line))].rstrip()
             for number, line in enumerate(code.split("\n"), start=1) if number not in texts]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _times(group: ClassData) -> dict[str, Any]:
    """Seconds by phase over the submissions whose stored result is known, the longest first."""
    known = [paper.seconds for paper in group.papers if paper.seconds]
    sums: Counter[str] = Counter()
    for seconds in known:
        sums.update(seconds)
    totals = [sum(seconds.values()) for seconds in known]
    slowest = sorted(((sum(paper.seconds.values()), paper.entry.student) for paper in group.papers if paper.seconds),
                     reverse=True)[:3]  # fmt: skip
    return {
        "known": len(known),
        "phases": sums.most_common(),
        "total": sum(totals),
        "median": float(np.median(totals)) if totals else 0.0,
        "slowest": slowest,
    }
