"""What is known of the place where this code runs, and of the grading that follows."""

import sys

MAX_NOTEBOOK_BYTES = 20_000_000  # a larger notebook is neither handed in nor graded
WHILE_GRADED = "COURSE_WHILE_GRADED"  # set in the environment of a submission that is graded
# Of a file to hand in. nbgrader_config.py gives this pattern to zip_collect. It does not matter
# what a learning platform adds before or behind the name.
FILE_NAME = (
    r".*handin_(?P<student_id>[A-Za-z0-9.\-_+@]+)"
    r"_attempt_(?P<timestamp>\d{8}T\d{6}Z)"
    r"_(?P<file_id>[A-Za-z_]+)"
)


def leave_out_grammar():
    """Let nbformat and nbgrader be imported in half of the time.

    jsonschema, which they import, would compile a grammar for internationalized web addresses, and
    no notebook needs the check. jsonschema leaves it out where this package cannot be imported.
    """
    sys.modules.setdefault("rfc3987_syntax", None)


def notebook_shell():
    """IPython's shell when a Jupyter kernel runs this code, else None.

    None in a terminal, in a script, and while a submission is graded.
    """
    # IPython is not imported here: where no one else has imported it, this is no notebook
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell if shell is not None and hasattr(shell, "kernel") else None
