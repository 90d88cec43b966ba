"""nbgrader's ClearSolutions, for exercises that hand out code instead of an empty place.

In a source notebook, a line `### STARTER` inside a solution region is followed by what students get
in place of the solution, commented out. Without such a line they get nbgrader's stub. This serves
two purposes: a line with a planted bug; and, with nothing after the mark, a function that is given
whole.

    ### BEGIN SOLUTION
    dW2 = 1 / m * dZ2 @ A1.T
    ### STARTER
    # dW2 = 1 / m * dZ2 @ A1.T * 2
    ### END SOLUTION
"""

import re

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

STARTER_REGION = re.compile(
    r"^[ ]*### BEGIN SOLUTION\n(?:(?!.*### (?:BEGIN|END) SOLUTION).*\n)*?"
    r"[ ]*### STARTER\n(?P<starter>(?:[ ]*#(?!##).*\n)*)[ ]*### END SOLUTION(?:\n|\Z)",
    re.MULTILINE,
)


class ClearSolutionsKeepStarters(ClearSolutions):
    """Replace solution regions by their starter where they have one, and by the stub elsewhere."""

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        cell.source, starters = STARTER_REGION.subn(_uncomment_starter, cell.source)
        return super()._replace_solution_region(cell, language) or starters > 0


def _uncomment_starter(region: re.Match) -> str:
    return re.sub(r"^( *)# ?", r"\1", region["starter"], flags=re.MULTILINE)
