"""The public example of every exercise: what goes in, what must come out, what to ask otherwise.

One module an assignment, of the same name, with a dictionary `CHECKS`: function -> `Check`.
Expected values are public figures, written out. Nothing here computes what an exercise asks for.
"""

from course_utils.checks.collect import collect

CHECKS = collect(__name__, "CHECKS")
