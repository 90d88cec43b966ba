"""Worked examples: the second step of a finding, a small example with public numbers.

`WORKED["FUNCTION"]["KEY"]`; a mistake of the catalogue names its key, an observation looks for its own kind.
"""

from course_utils.checks.worked import gradient_checking, initialization, regularization

WORKED = initialization.WORKED | regularization.WORKED | gradient_checking.WORKED
