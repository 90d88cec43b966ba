"""`course grade`: read, run, record, summarize.

grade        the whole class, in parallel
options      how to grade
run          one submission: read, graded, recorded
read_jobs    from the course's folder to jobs
run_summary  what it came to
"""
