"""A course at the end of a year: many students, all assignments, everything graded.

A few hundred sample submissions are graded for real. Their results are then given to all students
through the result cache and the recorder that `course grade` uses. Each student's code has a
statement of its own, so that no two texts are the same.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbgrader.api import Student
from tqdm import tqdm

from grading.authoring.sample_class import DUE, samples_of
from grading.course import Course
from grading.engine.engine import grade_here
from grading.engine.job import Job, Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.gradebook.connection import open_gradebook
from grading.gradebook.recorder import GradebookRecorder, GradedSubmission
from grading.notebook.submission import TIMESTAMP
from grading.pipeline.arrival_time import arrival_time_of
from grading.pipeline.read_jobs import AssignmentFiles
from tests.harness import copy_course

OWN = "000000"  # in the code of a template; every student has a number of their own there
TEMPLATE = "template"
BATCH = 100  # submissions to one transaction


class Template(NamedTuple):
    """A submission that was graded. stamp: the text of its timestamp.txt"""

    job: Job
    result: Result
    stamp: bytes

    def of(self, number: int) -> "Template":
        """The same with another number in its code."""
        own, text = f"{number:0{len(OWN)}d}", self.result.notebook
        job = replace(self.job, submission=self.job.submission.replace(OWN.encode(), own.encode()))
        return Template(job, replace(self.result, notebook=text.replace(OWN, own)), self.stamp)


def make_year(students: int, templates: int, folder: Path | None = None) -> Course:
    """A course in which everyone handed in everything, and all is graded.

    templates: submissions that are graded for real, for each assignment
    folder: where to make it; without it, a temporary folder
    """
    course = copy_course(folder or Path(tempfile.mkdtemp(prefix="year-")))
    subprocess.run(["course", "build"], cwd=course.root, check=True, capture_output=True)
    with open_gradebook(course) as gradebook:
        gradebook.db.add_all(map(_student, range(students)))
        gradebook.db.commit()
    for name in course.assignments:
        hand_out(course, name, list(graded_templates(course, name, templates)), students)
    return course


def id_of(number: int) -> str:
    return f"student-{number:05d}"


def _student(number: int) -> Student:
    """One row of the class's list."""
    return Student(
        id=id_of(number),
        first_name="Student",
        last_name=f"Number {number}",
        email=f"{id_of(number)}@example.org",
    )


def graded_templates(course: Course, name: str, number: int) -> Iterator[Template]:
    """So many sample submissions, graded; one of them is no notebook."""
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(name, duedate=DUE)
    contents = _contents(course, name, number)
    assignment = AssignmentFiles.read(course, name)

    def graded(index: int) -> Template:
        path = course.submitted(f"{TEMPLATE}-{index}", name)
        path.parent.mkdir(parents=True)
        content, stamp = contents[index]
        path.write_bytes(content)
        job = assignment.job(path.parent)
        shutil.rmtree(path.parent.parent)
        return Template(job, grade_here(job), stamp)

    bar = {"desc": f"{name}: run", "total": number, "file": sys.stdout}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from tqdm(pool.map(graded, range(number)), **bar)


def _contents(course: Course, name: str, number: int) -> list[tuple[bytes, bytes]]:
    """Notebooks with their time stamps: the sample class over and over, with other mistakes."""
    contents: list[tuple[bytes, bytes]] = []
    for seed in range(number):
        for sample in samples_of(course, name, seed):
            for cell in sample.notebook.cells:
                if cell.source.startswith("# GRADED FUNCTION"):
                    cell.source += f"\nmy_number = {OWN!r}"
            stamp = f"{DUE + sample.late} UTC".encode()
            contents.append((nbformat.writes(sample.notebook).encode(), stamp))
        if len(contents) >= number:
            break
    no_notebook = f'{{"cells": [{OWN}'.encode()
    return [*contents[: number - 1], (no_notebook, contents[0][1])]


def hand_out(course: Course, name: str, templates: list[Template], students: int) -> None:
    """Every student hands in a template, under a number of their own, and has its result."""
    cache = ResultCache(course.root, name)
    with open_gradebook(course) as gradebook:
        recorder = GradebookRecorder(course, name, gradebook)
        bar = {"desc": f"{name}: hand out", "file": sys.stdout, "mininterval": 5}
        for number in tqdm(range(students), **bar):
            job, result, stamp = templates[number % len(templates)].of(number)
            path = course.submitted(id_of(number), name)
            path.parent.mkdir(parents=True)
            path.write_bytes(job.submission)
            path.with_name(TIMESTAMP).write_bytes(stamp)
            cache.put(cache_key(job), result)
            files = job.files | {TIMESTAMP: stamp}
            time = arrival_time_of(stamp).time
            recorder.record(GradedSubmission(id_of(number), result, files, time))
            if recorder.pending >= BATCH:
                recorder.commit()
        recorder.commit()
