"""A new gradebook is the one that nbgrader would make."""

import sqlite3
from contextlib import closing

from nbgrader.api import Gradebook

from grading.gradebook.connection import opened


def rows(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_a_new_gradebook_has_the_tables_and_the_mark_of_nbgrader(tmp_path):
    Gradebook(f"sqlite:///{tmp_path}/theirs.db", "one").close()
    with opened(f"sqlite:///{tmp_path}/ours.db", "one"):
        pass
    theirs, ours = tmp_path / "theirs.db", tmp_path / "ours.db"
    tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    squeezed = [
        [(name, "".join(sql.split())) for name, sql in rows(path, tables)]
        for path in (theirs, ours)
    ]
    assert squeezed[0] == squeezed[1]
    version = "SELECT version_num FROM alembic_version"
    assert rows(theirs, version) == rows(ours, version) != []
