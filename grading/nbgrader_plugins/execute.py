"""nbgrader's way to run a notebook: `RunIsolated`, where `Execute` stood."""

from dataclasses import fields
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.isolation.limits import Limits
from grading.pipeline.grade import Options, result_of

_DEFAULT = Limits()


class RunIsolated(NbGraderPreprocessor):
    """Run a submission as `course grade` does: the same rebuild, the same two processes, the same stored result.

    The limits are the fields of `grading.isolation.limits.Limits`, and hold for `course grade` too.
    """

    cell_seconds = Float(_DEFAULT.cell_seconds, help="Time for one cell, in seconds.").tag(
        config=True
    )
    submission_seconds = Float(_DEFAULT.submission_seconds, help="Time for one submission.").tag(
        config=True
    )
    memory = Integer(_DEFAULT.memory, help="Memory of a student process, in bytes.").tag(
        config=True
    )
    processes = Integer(_DEFAULT.processes, help="Processes and threads of a submission.").tag(
        config=True
    )
    file_size = Integer(_DEFAULT.file_size, help="Size of a file it writes, in bytes.").tag(
        config=True
    )
    disk = Integer(_DEFAULT.disk, help="Room in its home and in its /tmp, in bytes.").tag(
        config=True
    )
    output = Integer(_DEFAULT.output, help="Output kept of one cell, in bytes.").tag(config=True)
    notebook = Integer(_DEFAULT.notebook, help="Largest submission that is read, in bytes.").tag(
        config=True
    )
    sandbox = Bool(True, help="False: run students' code without a sandbox.").tag(config=True)
    run_demos = Bool(False, help="Also run the cells that only show.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        about = resources["nbgrader"]
        course, name = Course.at(Path.cwd()), about["assignment"]
        options = Options(sandboxed=self.sandbox, run_demos=self.run_demos)
        _, result, _ = result_of(
            course, name, about["student"], options, ResultCache(course.root, name)
        )
        for note in result.notes:
            self.log.warning("%s: %s", about["student"], note)
        return nbformat.reads(result.notebook, as_version=4), resources


assert {field.name for field in fields(Limits)} <= set(RunIsolated.class_trait_names())
