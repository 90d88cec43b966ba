"""`python -m course_utils.submit ASSIGNMENT [STUDENT]`, in the folder of the notebook.

It speaks the language of the notebook.
"""

import json
import sys
from pathlib import Path

from course_utils.messages import DEFAULT_LANGUAGE, message, use_language
from course_utils.messages.catalogue import known_languages
from course_utils.submit import submit


def language_of(notebook):
    """The language that a notebook's metadata name; English where it names none or is none."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8-sig"))["metadata"]
        language = metadata["course_language"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return DEFAULT_LANGUAGE  # what is wrong with the file is said by `submit`
    return language if language in known_languages() else DEFAULT_LANGUAGE


if len(sys.argv) not in (2, 3):
    sys.exit(str(message("submit.usage")))
use_language(language_of(Path(f"{sys.argv[1]}.ipynb")))
try:
    submit(*sys.argv[1:])
except ValueError as error:
    sys.exit(str(error))
