"""nbgrader's gradebook: how it is opened, read and written.

connection.py      opens the database, SQLite or PostgreSQL
indexes.py         what nbgrader's tables lack for a large class
queries.py         reads a class in a few queries
recorder.py        the one writer of grades: files into autograded/, rows in batches
upserts.py         a batch of results as rows
late_penalties.py  what lateness costs, asked of nbgrader's plugin in every run
auto_comments.py   the comments that the grader writes and recognizes
regrade_log.py     whose score changed since the last time, and why
cell_tables.py     the cells of the gradebook beside those of a notebook
sync_cells.py      makes the gradebook's cells those of the source notebook
backup.py          what is kept before cells change
transfer.py        copies a gradebook into another database
"""
