"""nbgrader's gradebook: how it is opened, read and written.

connection     opens the database, SQLite or PostgreSQL
indexes        what nbgrader's tables lack for a large class
queries        reads a class in a few queries
recorder       the one writer of grades: files into autograded/, rows in batches
upserts        a batch of results as rows
auto_comments  the comments that the grader writes and recognizes
regrade_log    whose score changed since the last time, and why
sync_cells     makes the gradebook's cells those of the source notebook
backup         what is kept before cells change
transfer       copies a gradebook into another database
"""
