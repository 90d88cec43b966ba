"""Formgrader's pages without what they would load from elsewhere: MathJax."""

from pathlib import Path

import nbgrader
from nbconvert.exporters import HTMLExporter


def template_paths() -> list[str]:
    """Where nbgrader's page for grading is made from, with our folder before the others.

    nbgrader sets the folders of its own templates itself; what nbconvert makes of them is the one setting it leaves alone.
    """
    templates = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(templates)])
    return [str(Path(__file__).parent), *exporter.template_paths]
