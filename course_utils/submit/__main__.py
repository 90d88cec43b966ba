"""`python -m course_utils.submit ASSIGNMENT STUDENT`, in the folder of the notebook."""

import sys

from course_utils.submit import submit

if len(sys.argv) != 3:
    sys.exit(
        "usage: python -m course_utils.submit ASSIGNMENT STUDENT, in the folder of the notebook"
    )
try:
    submit(*sys.argv[1:])
except ValueError as error:
    sys.exit(str(error))
