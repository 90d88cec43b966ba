"""Safe HTML from what a student wrote.

markdown.py      Markdown without live markup
mathml.py        formulas without scripts
redact_paths.py  names of folders in place of this machine's paths
"""
