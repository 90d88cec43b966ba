"""`course grade`: read, run, record, summarize.

grade.py        the whole class, in parallel
options.py      how to grade
run.py          one submission: read, graded, recorded
read_jobs.py    from the course's folder to jobs
arrival_time.py when a submission came in
similar_ids.py  ids that may be one student's
run_summary.py  what it came to
"""
