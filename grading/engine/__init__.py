"""From a job to its result: a test process runs a rebuilt notebook's test cells.

The student's cells run in a student process of their own; see grading/isolation.

engine.py               the instructor's end: one job in, one result out
job.py                  what goes in and what comes out
test_server.py          the prefork server of test processes
prepared_assignment.py  an assignment, read once for all its submissions
test_cell.py            the instructor's cells, compiled once
run.py                  the test process: the cells in their order
verdict.py              the points of one test, and what its cell shows
findings.py             why functions lost marks
result_cache.py         what has been graded already
code_fingerprint.py     by which version of the course
"""
