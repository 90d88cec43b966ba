"""What authors run.

build.py             `course build`: from text to source and release
new.py               `course new`: the files of a new assignment, from skeleton/
expected.py          `course expected`: the results of the solutions
solutions.py         the reference solutions, with the modules beside their notebook
fingerprint_file.py  what students are told of known mistakes, written by `course expected` too
sample_class.py      `course cohort`: a sample class
explorer_tables.py   the tables that the explorers show
"""
