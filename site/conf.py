"""Sphinx's settings for the course's site. `make site` copies this folder and adds the pages."""

import course_utils

project = "Deep learning, graded by itself"
author = copyright = "The authors of the course"
version = release = course_utils.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "grading.authoring.site_extension",
]
templates_path = ["_templates"]

# Nothing is loaded from a network, and no notebook's source goes out.
html_math_renderer = "mathml"
html_use_index = False
html_copy_source = html_show_sourcelink = False
nb_execution_mode = "off"  # the lessons were run before
nb_ipywidgets_js = {}

myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
myst_heading_anchors = 4
add_module_names = False
smartquotes = False  # docstrings show dictionaries
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autosummary_ignore_module_all = False

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_favicon = "_static/icon.svg"  # without one, browsers ask for /favicon.ico, and log an error
html_css_files = ["site.css"]
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["title.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "max_navbar_depth": 1,  # what could be unfolded has no name for screen readers
    "navbar_persistent": [],  # the sidebar has the search
}
