"""Safe HTML from what a student wrote.

markdown.py      Markdown without live markup
mathml.py        formulas without scripts
page_budget.py   the processor time and the room that one page may take
redact_paths.py  names of folders in place of this machine's paths
"""
