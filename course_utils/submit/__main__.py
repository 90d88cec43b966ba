"""`python -m course_utils.submit ASSIGNMENT STUDENT`, in the folder of the notebook."""

import sys

from course_utils.submit import submit

USAGE = "usage: python -m course_utils.submit ASSIGNMENT STUDENT, in the folder of the notebook"

if len(sys.argv) != 3:
    sys.exit(USAGE)
try:
    submit(*sys.argv[1:])
except ValueError as error:
    sys.exit(str(error))
