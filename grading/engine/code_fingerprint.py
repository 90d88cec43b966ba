"""Which version of the course this is: its code byte by byte, and the libraries that it uses.

A stored result is valid only for the version that made it, and a worker of a cluster may grade only
if it has the same version.
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
    "msgspec",
)
SUFFIXES = (".py", ".h5", ".mat", ".toml", ".po")  # of files that can change a result
MOST_NAMES = 3  # of files that a message names
Version = dict[str, str]  # the versions of libraries and the hashes of files, by name


@cache
def course_version() -> Version:
    """The version of the course that runs in this process."""
    import course_utils
    import grading

    version = {"Python": platform.python_version()}
    version |= {library: importlib.metadata.version(library) for library in LIBRARIES}
    for folder in (Path(grading.__file__).parent, Path(course_utils.__file__).parent):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
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
    """How another version differs from this one, as text; "" where it does not.

    name: of an assignment, whose files are listed apart from those of the course
    """
    here = course_version()
    differing = sorted(key for key in here | there if here.get(key) != there.get(key))
    files = [key for key in differing if "/" in key]
    assignment = [path for path in files if f"/assignments/{name}/" in path]
    course = [path for path in files if path not in assignment]
    parts = [
        f"{library} is {there.get(library, 'missing')} (here {here.get(library, 'none')})"
        for library in differing
        if library not in files
    ]
    parts += [f"assignment {name} differs ({_first_names(assignment)})"] if assignment else []
    parts += [f"course differs ({_first_names(course)})"] if course else []
    return "; ".join(parts)


def _first_names(names: list[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - MOST_NAMES
    return ", ".join([*names[:MOST_NAMES], *([f"and {rest} more files"] if rest > 0 else [])])
