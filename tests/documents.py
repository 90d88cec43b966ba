"""What the project's Markdown files refer to: paths, modules, commands, links; and what is dead."""

import contextlib
import functools
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from grading.cli import main

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("benchmarks", "course_utils", "grading", "tests")
FOLDERS = (*PACKAGES, ".ci", ".github", "docs", "notebooks", "release", "source")
ANY = re.compile(r"NAME|FUNCTION|CLASS|LANG")  # stands for any name in a path
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")  # may go over the end of a line
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)


def documents() -> list[Path]:
    """Every Markdown file of the project; none of those that grading makes."""
    folders = (ROOT, ROOT / "autograded", ROOT / "submitted")
    top = [path for folder in folders for path in folder.glob("*.md")]
    return sorted([*top, *(path for name in FOLDERS for path in (ROOT / name).rglob("*.md"))])


def dead_references(text: str, folder: Path = ROOT) -> list[str]:
    """Paths, modules, commands and links in a document of `folder` that do not exist."""
    blocks, prose = FENCE.findall(text), FENCE.sub("", text)
    codes = [" ".join(code.split()) for code in CODE.findall(prose)]
    lines = [line for block in blocks for line in block.split("\n")]
    return [
        *(code for code in codes if not _names_something(code)),
        *(line for line in [*codes, *lines] if not _can_be_typed(line)),
        *(link for link in LINK.findall(prose) if not _leads_somewhere(link, folder)),
    ]


def _names_something(code: str) -> bool:
    """Whether a path, a file's name or a module exists; True for code that is none of these."""
    if re.fullmatch(r"[\w.*/-]+/[\w.*/-]*", code) and code.split("/")[0] in FOLDERS:
        return any(ROOT.glob(ANY.sub("*", code.rstrip("/"))))
    if re.fullmatch(r"\w+\.(py|md|toml)", code):
        return (ROOT / code).exists() or any(_files_called(ANY.sub("*", code)))
    if re.fullmatch(r"\w+(\.\w+)+", code) and code.split(".")[0] in PACKAGES:
        return _is_importable(code)
    return True


def _files_called(name: str) -> Iterator[Path]:
    return (path for folder in FOLDERS for path in (ROOT / folder).rglob(name))


def _is_importable(dotted: str) -> bool:
    """Whether it names a module, or a word in the text of the module that stands before it."""
    module, _, name = dotted.rpartition(".")
    file = _module_file(module)
    return bool(_module_file(dotted)) or (
        file is not None and re.search(rf"\b{name}\b", file.read_text()) is not None
    )


def _module_file(dotted: str) -> Path | None:
    path = ROOT.joinpath(*dotted.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def _can_be_typed(line: str) -> bool:
    """Whether the commands in a line exist; True for a line without a command of this project."""
    return all(
        known(*match.groups())
        for pattern, known in COMMANDS
        for match in re.finditer(pattern, line)
    )


def _is_course_command(name: str, rest: str) -> bool:
    options = re.findall(r"(?<!\S)(--[a-z-]+)", rest)
    return name in _help() and all(option in _help(name) for option in options)


@functools.cache
def _help(*command: str) -> frozenset[str]:
    """The words of what `course --help` or `course NAME --help` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.suppress(SystemExit):
        main([*command, "--help"])
    return frozenset(re.findall(r"(?<![\w-])-{0,2}[a-z][a-z-]*", printed.getvalue()))


def _is_make_target(name: str) -> bool:
    return re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE) is not None


def _is_module(dotted: str) -> bool:
    return dotted.split(".")[0] not in PACKAGES or _is_importable(dotted)


def _is_file(path: str) -> bool:
    return path.split("/")[0] not in FOLDERS or (ROOT / path).is_file()


COMMANDS: tuple[tuple[str, Callable[..., bool]], ...] = (
    (r"^\W*(?:\.venv/bin/)?course ([a-z]+)\b([^#|;]*)", _is_course_command),
    (
        r"^\W*make ([a-z-]+)$|^\W*make ([a-z-]+) ",
        lambda *names: any(map(_is_make_target, filter(None, names))),
    ),
    (r"\bpython -m ([\w.]+)", _is_module),
    (r"\bpython ([\w/]+\.py)", _is_file),
)


def _leads_somewhere(link: str, folder: Path) -> bool:
    """Whether a relative link leads to a file, and to a heading of it; True for links elsewhere."""
    if "://" in link or link.startswith("mailto:"):
        return True
    path, _, anchor = link.partition("#")
    target = (folder / path).resolve() if path else None
    if target is None or not anchor:
        return target is None or target.exists()
    return target.is_file() and anchor in _anchors(target.read_text())


def _anchors(text: str) -> set[str]:
    """GitHub's names for the headings of a document."""
    headings = [re.sub(r"[^\w -]", "", heading.lower()) for heading in HEADING.findall(text)]
    return {heading.strip().replace(" ", "-") for heading in headings}
