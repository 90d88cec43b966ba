"""The class report as HTML: one file that fetches nothing, with all text of students escaped."""

from collections import Counter
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from grading.course import Course
from grading.engine.result_cache import write_whole
from grading.returns.class_report.class_data import ClassData, read_class_data
from grading.returns.class_report.common_mistakes import common_mistakes, example_code
from grading.returns.class_report.item_statistics import (
    MIN_SUBMISSIONS,
    WEAK_DISCRIMINATION,
    item_statistics,
)
from grading.returns.class_report.plots import plot_losses, plot_scores
from grading.returns.class_report.review_items import review_items
from grading.returns.class_report.similarity import (
    MIN_SHARED,
    MIN_SHARED_PART,
    Pair,
    find_similar,
    rare_limit,
    side_by_side,
)

MAX_MISTAKES, MAX_PAIRS, MAX_SLOWEST = 15, 20, 3  # that the page shows
MAX_REVIEW_ITEMS = 10  # that the page shows before they are asked for


def write_report(course: Course, name: str) -> Path:
    """Write reports/NAME.html; NotGraded when there is nothing to report."""
    class_data = read_class_data(course, name)
    path = course.root / "reports" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, render(class_data).encode(), lasting=False)
    return path


def render(class_data: ClassData) -> str:
    """The page of a class, as HTML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("template.html.j2").render(_template_values(class_data))


def _template_values(class_data: ClassData) -> dict[str, Any]:
    scores = np.array([submission.recorded.score for submission in class_data.submissions])
    statistics, mistakes = item_statistics(class_data), common_mistakes(class_data)
    similarity = find_similar(class_data)
    return {
        "class_data": class_data,
        "score_summary": _score_summary(scores),
        "score_plot": plot_scores(scores, class_data.max_score),
        "loss_plot": plot_losses(statistics) if statistics else None,
        "item_statistics": statistics,
        "min_submissions": MIN_SUBMISSIONS,
        "weak_discrimination": WEAK_DISCRIMINATION,
        "mistakes": [(mistake, example_code(mistake)) for mistake in mistakes[:MAX_MISTAKES]],
        "more_mistakes": max(0, len(mistakes) - MAX_MISTAKES),
        "review_items": review_items(class_data),
        "max_review_items": MAX_REVIEW_ITEMS,
        "similarity": similarity,
        "pairs": [(pair, _diff(class_data, pair)) for pair in similarity.pairs[:MAX_PAIRS]],
        "rare_limit": rare_limit(len(class_data.readable)),
        "min_shared": MIN_SHARED,
        "min_shared_tenths": round(10 * MIN_SHARED_PART),
        "times": _times(class_data),
    }


def _score_summary(scores: np.ndarray) -> dict[str, str]:
    """Labels and numbers; scores (n,)."""
    labels = ("lowest", "lower quartile", "median", "upper quartile", "highest")
    quartiles = np.percentile(scores, [0, 25, 50, 75, 100])
    return {"submissions": str(len(scores)), "mean": f"{scores.mean():.1f}"} | {
        label: f"{value:g}" for label, value in zip(labels, quartiles)
    }


def _diff(class_data: ClassData, pair: Pair) -> list[tuple[str, str, str]]:
    """The two solutions of a pair side by side."""
    code = {
        submission.recorded.student: submission.code[pair.function].rstrip()
        for submission in class_data.submissions
        if submission.recorded.student in pair.students
    }
    left, right = pair.students
    return list(side_by_side(code[left], code[right]))


def _times(class_data: ClassData) -> dict[str, Any]:
    """Seconds by phase over the submissions whose stored result is known, the longest first."""
    seconds_of = {
        submission.recorded.student: submission.seconds
        for submission in class_data.submissions
        if submission.seconds
    }
    phases: Counter[str] = Counter()
    for seconds in seconds_of.values():
        phases.update(seconds)
    totals = {student: sum(seconds.values()) for student, seconds in seconds_of.items()}
    slowest = sorted(((total, student) for student, total in totals.items()), reverse=True)
    return {
        "known": len(totals),
        "phases": phases.most_common(),
        "total": sum(totals.values()),
        "median": float(np.median(list(totals.values()))) if totals else 0.0,
        "slowest": slowest[:MAX_SLOWEST],
    }
