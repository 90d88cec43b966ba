"""Worked examples: the second step of a finding, a small example with public numbers.

One module an assignment, of the same name, with its part of the dictionary.
`WORKED["FUNCTION"]["KEY"]`; a mistake of the catalogue names its key, an observation looks for its own kind.
"""

from course_utils.checks.collect import collect

WORKED = collect(__name__, "WORKED")
