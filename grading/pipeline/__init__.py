"""`course grade`: read, run, record, summarize.

grade.py        the whole class, in parallel
options.py      how to grade
run.py          one submission: read, graded, recorded
read_jobs.py    from the course's folder to jobs
run_summary.py  what it came to
"""
