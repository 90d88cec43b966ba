"""From a job to its result: the test process runs a rebuilt notebook, the student's cells over there, the test cells here.

engine.py               the instructor's end: one submission in, one result out
test_server.py          the parent of test processes
prepared_assignment.py  what it has read for them; test_cell.py: the instructor's cells, ready to run
run.py                  the test process: cells in their order, a verdict for each test
findings.py             why functions lost marks
job.py                  what goes in, what comes out
result_cache.py         what has been graded already; code_fingerprint.py: by which version of the course
"""
