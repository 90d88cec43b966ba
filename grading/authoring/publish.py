"""`course publish DIR`: a folder for students, to be given to them as a repository or a zip file.

It holds the released notebooks, `course_utils` as a package of the same version, what installs
both, and a README. Nothing of the instructors' half goes in: what is copied is named here.
`student_repository/` holds the files that are the same for every course, with placeholders. There a
name begins with `dot-` for a dot and ends with `.in` where tools would read the template itself.
"""

import json
import shutil
import tomllib
from pathlib import Path

import course_utils
from grading.course import Course
from grading.errors import NotBuilt, NotForStudents, NotTheProject
from grading.notebook.cells import read_notebook

TEMPLATES = Path(__file__).parent / "student_repository"
PROJECT = Path(course_utils.__file__).parents[1]  # the clone in which course_utils lies
LIST = ".published.json"  # the paths that were written, so that the next time can tidy up
LICENCES = ("LICENSE", "LICENSE-CC-BY-4.0")
PICTURES = "tour-*.png"


def publish(course: Course, names: list[str], folder: Path) -> list[Path]:
    """Write or bring up to date the students' folder; returns the paths in it, sorted.

    Files of an earlier time that are no longer wanted are removed; what others put there, such as
    `.git`, stays. NotTheProject, NotBuilt or NotForStudents are raised before anything is written.
    """
    sources = _sources(course, names)
    texts = _texts(names, _titles(course, names))
    earlier = _earlier(folder)
    wanted = sorted({*sources, *texts, Path(LIST)})
    if foreign := [path for path in wanted if (folder / path).exists() and path not in earlier]:
        raise NotForStudents(folder, foreign)
    for path in wanted:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    for path, source in sources.items():
        shutil.copyfile(source, folder / path)
    listed = json.dumps([str(path) for path in wanted], indent=1) + "\n"
    for path, text in {**texts, Path(LIST): listed}.items():
        (folder / path).write_text(text, encoding="utf-8")
    for path in earlier - set(wanted):
        _remove(folder, path)
    return wanted


def _sources(course: Course, names: list[str]) -> dict[Path, Path]:
    """What is copied as it is: by path in the students' folder."""
    if not (PROJECT / "pyproject.toml").is_file():
        raise NotTheProject(PROJECT)
    found = {Path(name): PROJECT / name for name in LICENCES}
    for picture in (PROJECT / "docs" / "pictures").glob(PICTURES):
        found[Path("pictures", picture.name)] = picture
    folders = {Path("course_utils"): PROJECT / "course_utils"}
    for name in names:
        if not course.release(name).is_file():
            raise NotBuilt(course.release(name), name)
        folders[Path(name)] = course.release(name).parent
    for inside, folder in folders.items():
        found |= {inside / path.relative_to(folder): path for path in _files_in(folder)}
    return found


def _files_in(folder: Path) -> list[Path]:
    hidden = ("__pycache__", ".")
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(hidden) for part in path.relative_to(folder).parts)
    ]


def _titles(course: Course, names: list[str]) -> dict[str, str]:
    """The title of each notebook."""
    return {
        name: read_notebook(course.release(name)).cells[0].source.split("\n")[0].lstrip("# ")
        for name in names
    }


def _texts(names: list[str], titles: dict[str, str]) -> dict[Path, str]:
    """The templates, filled in: by path in the students' folder."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    values = {
        "@LIST@": "\n".join(f"- [{titles[name]}]({name}/{name}.ipynb)" for name in names),
        "@FIRST@": "initialization" if "initialization" in names else names[0],
        "@BUILD@": json.dumps(settings["build-system"]["requires"]),
        "@VERSION@": course_utils.__version__,
        "@PYTHON@": project["requires-python"],
        "@DEPENDENCIES@": json.dumps(project["dependencies"], indent=4),
        "@NOTEBOOKS@": json.dumps(project["optional-dependencies"]["notebooks"], indent=4),
    }
    texts = {}
    for path in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        for placeholder, value in values.items():
            text = text.replace(placeholder, value)
        inside = str(path.relative_to(TEMPLATES)).replace("dot-", ".").removesuffix(".in")
        texts[Path(inside)] = text
    return texts


def _earlier(folder: Path) -> set[Path]:
    """The paths that an earlier time wrote; none in a new folder.

    Others may have changed the list: nothing outside the folder is believed to be ours.
    """
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return set()
    paths = {Path(str(path)) for path in listed}
    return {path for path in paths if not path.is_absolute() and ".." not in path.parts}


def _remove(folder: Path, path: Path) -> None:
    """Remove a file and the folders that are empty then."""
    (folder / path).unlink(missing_ok=True)
    for parent in path.parents[:-1]:
        if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
