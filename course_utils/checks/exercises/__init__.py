"""The public example of every exercise: what goes in, what must come out, what to ask otherwise.

Expected values are public figures, written out. Nothing here computes what an exercise asks for.
"""

from course_utils.checks.exercises import gradient_checking, initialization, regularization

CHECKS = initialization.CHECKS | regularization.CHECKS | gradient_checking.CHECKS
