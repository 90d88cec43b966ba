"""Settings of nbgrader for this course: which steps run, in which order.

Every pipeline is written out, so that a step can be replaced here and nowhere else.
"""

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    DeduplicateIds,
    GetGrades,
    IgnorePattern,
    IncludeHeaderFooter,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)

from course_utils.submit import FILE_NAME
from grading.nbgrader_plugins.clear_solutions import ClearSolutionsKeepStarters
from grading.nbgrader_plugins.execute import RunIsolated
from grading.nbgrader_plugins.feedback_exporter import FeedbackExporter
from grading.nbgrader_plugins.formgrader import template_paths
from grading.nbgrader_plugins.rebuild import Rebuild
from grading.returns.html.markdown import safe_markdown

c = get_config()  # noqa: F821  (nbgrader defines it when it reads this file)

c.CourseDirectory.course_id = "deep-learning"

# A submission without its notebook is refused. So formgrader, where there is an exchange, need not look for the notebook of
# each student of the class before it shows the next one.
c.ExchangeSubmit.strict = True

# What `nbgrader zip_collect` reads out of the name of a file that course_utils.submit made.
c.FileNameCollectorPlugin.named_regexp = FILE_NAME

# source/ -> release/, and the test cells with their points into the gradebook
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    LockCells,
    ClearSolutionsKeepStarters,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

# submitted/ -> autograded/: first put the student's text into the released notebook, and the hidden tests back ...
c.Autograde.sanitize_preprocessors = [
    Rebuild,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]

# ... then run the notebook and record the scores
c.Autograde.autograde_preprocessors = [
    RunIsolated,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]

# autograded/ -> feedback/: a page of our own, without hidden tests, expected values or tracebacks through either
c.GenerateFeedback.exporter_class = FeedbackExporter
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, LimitOutput]

# What a student wrote is shown on formgrader's pages, but markup and scripts in it are not obeyed.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": safe_markdown}
c.HTMLExporter.template_paths = template_paths()

# What one submission may use (times in seconds, sizes in bytes); here and for `course grade`. The defaults stand in
# grading/engine/limits.py.
c.RunIsolated.cell_seconds = 30
c.RunIsolated.submission_seconds = 120
c.RunIsolated.memory = 2_000_000_000
c.LimitOutput.max_lines = 500

# A cluster (`course grade --scheduler`): how long to wait for a worker when there is none, and after how long a silent one
# counts as gone, in seconds.
c.Cluster.patience = 300
c.Cluster.silence = 60

# A student's kernel talks over TCP ports of the machine: encrypted, so that others on it cannot read along.
c.KernelManager.transport_encryption = "required"
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
