"""The instructors' half: build, hidden tests, grading. Never imported by `course_utils`."""

import sys

# jsonschema, which nbformat imports, would compile a grammar for internationalized web addresses at
# every start. That takes a second, and no notebook needs the check. jsonschema leaves it out where
# this package cannot be imported.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
