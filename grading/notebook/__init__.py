"""Notebooks: the course's own, and whatever was handed in.

cells.py       the cells of a course notebook and what they are for
submission.py  reads what was handed in, which may be anything
rebuild.py     a student's text in the released notebook
findings.py    why functions lost marks, in a graded notebook
"""
