"""`RunIsolated`, in the place of nbgrader's Execute: the step that runs a notebook."""

from dataclasses import fields, replace
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.errors import OtherNotebook, printable
from grading.isolation.limits import Limits
from grading.pipeline.read_jobs import AssignmentFiles
from grading.pipeline.run import cached_result

_DEFAULTS = Limits()


class RunIsolated(NbGraderPreprocessor):
    """Run a submission as `course grade` does: rebuilt, in two processes, the result stored.

    The notebook that the earlier steps hand over, which `Rebuild` made, is not used. The result is
    a pure function of the bytes that the student handed in and of the assignment, and is stored
    under their hash. So this step reads the submission again, and rebuilds it itself, unless a
    result is stored already. `Rebuild` is needed all the same: nbgrader's steps in between must
    have a sound notebook, and if nbgrader's own Execute stands here instead, that notebook is the
    one that runs.

    The limits are the fields of `grading.isolation.limits.Limits`; `course grade` obeys them too.
    """

    cell_seconds = Float(_DEFAULTS.cell_seconds, help="Time for one cell, in seconds.").tag(
        config=True
    )
    submission_seconds = Float(
        _DEFAULTS.submission_seconds, help="Time for one submission, in seconds."
    ).tag(config=True)
    memory = Integer(_DEFAULTS.memory, help="Memory of a student process, in bytes.").tag(
        config=True
    )
    processes = Integer(_DEFAULTS.processes, help="Processes and threads of a submission.").tag(
        config=True
    )
    file_size = Integer(_DEFAULTS.file_size, help="Size of a file that it writes, in bytes.").tag(
        config=True
    )
    disk = Integer(_DEFAULTS.disk, help="Room in its home and in its /tmp, in bytes.").tag(
        config=True
    )
    output = Integer(_DEFAULTS.output, help="Output kept of one cell, in bytes.").tag(config=True)
    notebook = Integer(_DEFAULTS.notebook, help="Largest submission that is read, in bytes.").tag(
        config=True
    )
    sandbox = Bool(True, help="False: run students' code without a sandbox.").tag(config=True)
    run_demos = Bool(False, help="Also run the cells that only show.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        course = Course.at(Path.cwd())  # nbgrader works in the course's folder
        about = resources["nbgrader"]
        name, student = about["assignment"], about["student"]
        if about["notebook"] != name:
            raise OtherNotebook(name, [about["notebook"]])
        folder = course.submitted(student, name).parent
        files = replace(AssignmentFiles.read(course, name), limits=self._limits(course.limits))
        job = files.job(folder, self.sandbox, self.run_demos)
        result, _ = cached_result(job, ResultCache(course.root, name))
        for note in result.notes:
            self.log.warning("%s: %s", printable(student), printable(note))
        return nbformat.reads(result.notebook, as_version=4), resources

    def _limits(self, settings: Limits) -> Limits:
        """The limits in nbgrader_config.py, but for those that the command line sets.

        One that is equal stays as it stands there: 30 and 30.0 are two limits to a stored result.
        """
        limits = {field.name: getattr(self, field.name) for field in fields(Limits)}
        differing = {name for name, value in limits.items() if value != getattr(settings, name)}
        return replace(settings, **{name: limits[name] for name in differing})


# A limit without a setting could not be changed in nbgrader_config.py.
assert {field.name for field in fields(Limits)} <= set(RunIsolated.class_trait_names())
