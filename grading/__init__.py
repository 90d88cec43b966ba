"""Instructors only: hidden tests, build, sample class, grading. Never imported by `course_utils`."""

import sys

# jsonschema, which nbformat imports, would compile a grammar for internationalized web addresses at every start: one
# second for a check that no notebook needs. It does without when the package is not to be had.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
