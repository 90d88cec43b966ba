"""The path of templates that keep formgrader's pages from loading MathJax from the internet."""

from pathlib import Path

import nbgrader
from nbconvert.exporters import HTMLExporter


def template_paths() -> list[str]:
    """The folders of templates for formgrader's page of a submission, this one first.

    nbgrader sets the names and folders of its own templates itself. The list of paths that
    nbconvert makes of them is the only setting that nbgrader leaves alone.
    """
    templates = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(templates)])
    return [str(Path(__file__).parent), *exporter.template_paths]
