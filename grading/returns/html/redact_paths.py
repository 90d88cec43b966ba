"""Replace the paths of this machine by names of folders, in whatever is given to others."""

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import course_utils
import grading

FOLDER_END = r"(?=$|[/\\\s'\"`:;,)\]}>])"  # what may follow the name of a folder


def redact_paths(value: Any) -> Any:
    """Replace folders of this machine by "<course>", "<python>" and "<home>" in every text.

    value: a text, or dictionaries and lists that hold texts
    """
    if isinstance(value, str):
        for pattern, name in _folder_patterns():
            value = pattern.sub(name, value)
        return value
    if isinstance(value, dict):
        return {key: redact_paths(item) for key, item in value.items()}
    return [redact_paths(item) for item in value] if isinstance(value, list) else value


@cache
def _folder_patterns() -> list[tuple[re.Pattern[str], str]]:
    """A pattern and a name for each folder; the longest first, since one may lie within another."""
    packages = (course_utils, grading)
    course_folders = {Path(str(package.__file__)).parent.parent for package in packages}
    python_folders = {Path(prefix) for prefix in {sys.prefix, sys.base_prefix, *sys.path} if prefix}
    folders = [(path, "<course>") for path in course_folders]
    folders += [(path, "<python>") for path in python_folders]
    folders += [(Path.home(), "<home>")]
    folders = [(path, name) for path, name in folders if len(path.parts) > 1]  # "/" is no secret
    folders.sort(key=lambda folder: -len(str(folder[0])))
    return [(re.compile(re.escape(str(path)) + FOLDER_END), name) for path, name in folders]
