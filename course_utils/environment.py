"""Where this runs: in a notebook's kernel, or anywhere else."""

import sys


def notebook_shell():
    """IPython's shell where a Jupyter kernel runs it, else None: in a terminal, a script, or while grading."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell if shell is not None and hasattr(shell, "kernel") else None
