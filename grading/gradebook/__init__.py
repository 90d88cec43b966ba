"""nbgrader's gradebook: how it is opened, read and written.

connection.py     opens the database, SQLite or PostgreSQL
indexes.py        what nbgrader's tables lack for a large class
queries.py        reads a class in a few queries
recorder.py       the one writer of grades: files into autograded/, rows in batches
upserts.py        a batch of results as rows
auto_comments.py  the comments that the grader writes and recognizes
regrade_log.py    whose score changed since the last time, and why
sync_cells.py     makes the gradebook's cells those of the source notebook
backup.py         what is kept before cells change
transfer.py       copies a gradebook into another database
"""
