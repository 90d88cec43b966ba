"""Which course this is: its code byte by byte, and the versions of what it stands on.

A stored result is good only for the version that made it, and a worker of a cluster only when its version is ours.
"""

import hashlib
import importlib.metadata
import json
import platform
from functools import cache
from pathlib import Path

LIBRARIES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "matplotlib",
    "h5py",
    "ipython",
    "nbformat",
    "nbgrader",
    "msgpack",
)
COUNTS = (".py", ".h5", ".mat", ".toml")  # files that can change a result
COURSE, ASSIGNMENT = "course", "assignment"
Version = dict[str, str]  # what -> its version, or the hash of a file's content


@cache
def course_version() -> Version:
    """Of the code that runs here."""
    import course_utils
    import grading

    version = {"Python": platform.python_version()}
    version |= {library: importlib.metadata.version(library) for library in LIBRARIES}
    for folder in (Path(grading.__file__).parent, Path(course_utils.__file__).parent):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in COUNTS):
            if path.name == "pyproject.toml":  # lies here in a clone only
                continue
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            version[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return version


@cache
def course_fingerprint() -> str:
    """One hash of all that is in `course_version`."""
    return digest_of(course_version())


def digest_of(version: Version) -> str:
    return hashlib.sha256(json.dumps(version, sort_keys=True).encode()).hexdigest()


def differences(there: Version, name: str) -> str:
    """What another version has otherwise than this one, in words; "" for nothing.

    name: of an assignment, whose own files are told apart from the course's
    """
    here = course_version()
    other = sorted(what for what in here | there if here.get(what) != there.get(what))
    words = [
        f"{what} is {there.get(what, 'missing')} (here {here.get(what, 'none')})"
        for what in other
        if "/" not in what
    ]
    own = [what for what in other if "/" in what and f"/assignments/{name}/" in what]
    course = [what for what in other if "/" in what and what not in own]
    words += [f"{ASSIGNMENT} {name} differs ({_some(own)})"] if own else []
    words += [f"{COURSE} differs ({_some(course)})"] if course else []
    return "; ".join(words)


def _some(names: list[str], most: int = 3) -> str:
    more = [f"and {len(names) - most} more files"] if len(names) > most else []
    return ", ".join([*names[:most], *more])
