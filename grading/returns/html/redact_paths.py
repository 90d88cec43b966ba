"""Keep the machine that grades out of what is given to others: names of folders in place of their paths."""

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import course_utils
import grading

END = r"(?=$|[/\\\s'\"`:;,)\]}>])"  # where the name of a folder ends


def redact_paths(value: Any) -> Any:
    """A value in which every text has "<course>", "<python>" and "<home>" for the folders of this machine."""
    if isinstance(value, str):
        for path, name in _folders():
            value = path.sub(name, value)
        return value
    if isinstance(value, dict):
        return {key: redact_paths(part) for key, part in value.items()}
    return [redact_paths(part) for part in value] if isinstance(value, list) else value


@cache
def _folders() -> list[tuple[re.Pattern[str], str]]:
    """The longest first, since one may lie in another."""
    course = {Path(course_utils.__file__).parent.parent, Path(grading.__file__).parent.parent}
    named = [(path, "<course>") for path in course]
    named += [
        (Path(prefix), "<python>") for prefix in {sys.prefix, sys.base_prefix, *sys.path} if prefix
    ]
    named += [(Path.home(), "<home>")]
    named = [(path, name) for path, name in named if len(path.parts) > 1]
    return [
        (re.compile(re.escape(str(path)) + END), name)
        for path, name in sorted(named, key=lambda entry: -len(str(entry[0])))
    ]
