"""Whether this code runs in a notebook's kernel."""

import sys


def notebook_shell():
    """IPython's shell when a Jupyter kernel runs this code, else None.

    None in a terminal, in a script, and while a submission is graded.
    """
    # IPython is not imported here: where no one else has imported it, this is no notebook
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell if shell is not None and hasattr(shell, "kernel") else None
