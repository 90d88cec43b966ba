"""Notebooks: the course's own, and whatever was handed in.

cells.py       the cells of a course notebook and what they are for
submission.py  what a student handed in, which may be anything
  folder_files.py        the files in its folder, found and read within bounds
  submitted_notebook.py  the bytes of a notebook
  copies.py              notebooks under other names
rebuild.py     a student's text in the released notebook
findings.py    why functions lost marks, in a graded notebook
counted_cell.py  which of several cells counted for a function, in words
autotests.py   tests of a source notebook that would test nothing
"""
