"""Settings of nbgrader for this course: which steps run, in which order.

Every pipeline is written out, so that a step can be replaced here and nowhere else. Steps stand by
name, as "module.Class", and are imported by the command that needs them: every command reads this
file, and most need none. A class that is imported here works as well.
"""

from course_utils.environment import FILE_NAME
from grading.nbgrader_plugins.formgrader import template_paths

c = get_config()  # noqa: F821  (nbgrader defines it when it reads this file)

c.CourseDirectory.course_id = "deep-learning"

# A submission without its notebook is refused. So formgrader, where there is an exchange, need not
# look for the notebook of every student before it shows the next one.
c.ExchangeSubmit.strict = True

# How `nbgrader zip_collect` takes apart the name of a file that course_utils.submit made.
c.FileNameCollectorPlugin.named_regexp = FILE_NAME
c.ZipCollectApp.extractor_plugin = "grading.nbgrader_plugins.hand_in_extractor.HandInExtractor"
c.ZipCollectApp.collector_plugin = "grading.nbgrader_plugins.hand_in_collector.HandInCollector"

# source/ -> release/, and the test cells with their points into the gradebook
c.GenerateAssignment.preprocessors = [
    "grading.nbgrader_plugins.refuse_autotests.RefuseAutotests",
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "grading.nbgrader_plugins.clear_solutions.ClearSolutionsKeepStarters",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# submitted/ -> autograded/, first part: put the student's text into the released notebook
# (Rebuild), and the hidden tests back (OverwriteCells). These steps work on the notebook that
# Rebuild makes. RunIsolated below does not use it: see there.
c.Autograde.sanitize_preprocessors = [
    "grading.nbgrader_plugins.rebuild.Rebuild",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# submitted/ -> autograded/, second part: run the notebook and record the scores. RunIsolated reads
# the submission again and rebuilds it itself, since a result is stored under a hash of the very
# bytes that came in, and `course grade` must find the same one. With nbgrader's own Execute in its
# place, the notebook from the first part is the one that runs.
c.Autograde.autograde_preprocessors = [
    "grading.nbgrader_plugins.execute.RunIsolated",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# autograded/ -> feedback/: a page of our own, without hidden tests, expected values, and tracebacks
# that would show them
c.GenerateFeedback.exporter_class = "grading.nbgrader_plugins.feedback_exporter.FeedbackExporter"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.LimitOutput",
]

# Formgrader's pages show what a student wrote, but do not obey markup and scripts in it.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"markdown2html": "grading.returns.html.markdown.safe_markdown"}
c.HTMLExporter.template_paths = template_paths()

# What one submission may use (times in seconds, sizes in bytes), here and in `course grade`. All
# limits and their defaults: grading/isolation/limits.py
c.RunIsolated.cell_seconds = 30
c.RunIsolated.submission_seconds = 120
c.RunIsolated.memory = 2_000_000_000
c.LimitOutput.max_lines = 500

# A cluster (`course grade --scheduler`), in seconds: how long to wait when there is no worker, and
# after how long a silent worker counts as gone.
c.Cluster.patience = 300
c.Cluster.silence = 60

# The line that installs course_utils. The first cell of every notebook shows it where the package
# is missing or is of another version. Name here what your students can reach, such as
# '%pip install git+https://...' or the address of a wheel; then build the notebooks anew.
c.FirstCell.install = '%pip install "deep-learning-course==0.1.*"'

# A student's kernel talks over TCP ports of the machine. They are encrypted, so that other users of
# the machine cannot read along.
c.KernelManager.transport_encryption = "required"
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
