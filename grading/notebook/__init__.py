"""Notebooks: the course's own, and whatever was handed in.

cells       the cells of a course notebook and what they are for
submission  reads what was handed in, which may be anything
rebuild     a student's text in the released notebook
findings    why functions lost marks, in a graded notebook
"""
