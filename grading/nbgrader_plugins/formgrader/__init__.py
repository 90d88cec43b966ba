"""The path of templates that keep formgrader's pages from loading MathJax from the internet."""

from pathlib import Path

import nbgrader
from jupyter_core.paths import jupyter_path

# formgrader's template, and those that it rests on: what nbconvert would find out, which takes half
# a second to import; a test compares
TEMPLATES = ("formgrade", "classic", "base")


def template_paths() -> list[str]:
    """The folders of templates for formgrader's page of a submission, this one first.

    nbgrader sets the names and folders of its own templates itself. The list of paths that
    nbconvert makes of them is the only setting that nbgrader leaves alone.
    """
    own = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    roots = [Path(root) for root in jupyter_path()]
    bases = [own, *(root / "nbconvert" / "templates" for root in roots)]
    by_name = [base / name for name in TEMPLATES for base in bases if (base / name).exists()]
    whole = [
        path
        for root, base in zip(roots, bases[1:])
        for path in (root, base, base / "compatibility")
    ]
    return [str(path) for path in (Path(__file__).parent, *by_name, *whole)]
