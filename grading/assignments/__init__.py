"""The hidden side of every assignment: a package for each, found by its folder.

case.py             one call of a student's function
registry.py         the assignments, their cases, and their files of known mistakes
expected_file.py    the file of expected results
random_networks.py  random networks and batches as inputs of cases

NAME/cases.py                 the cases on which hidden tests run
NAME/expected.h5              what the solutions return on them
NAME/mistakes/FUNCTION.toml   known mistakes, and right versions of unusual form
NAME/sample_errors.py         what students of the sample class do wrong
"""
