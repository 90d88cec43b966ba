"""`python -m course_utils.submit ASSIGNMENT STUDENT`, in the folder of the notebook."""

import sys

from course_utils.messages import message
from course_utils.submit import submit

if len(sys.argv) != 3:
    sys.exit(str(message("submit.usage")))
try:
    submit(*sys.argv[1:])
except ValueError as error:
    sys.exit(str(error))
