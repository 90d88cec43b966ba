"""Grading on a cluster of `dask worker`s, for a class that outgrows one machine.

The instructor's side is `cluster.Cluster`, the workers' side `worker.answer`. Between them travel
bytes: msgpack of plain values, as between the processes of one machine. Neither this package nor
`distributed` is needed to grade on one machine.

cluster.py     sends submissions out and waits for results, whatever happens to workers
gate.py        how many submissions are out at a time
members.py     which workers there are, and which of them may grade
settings.py    what instructors may set
connection.py  the connection to the scheduler; tls.py: its certificates
worker.py      what a worker does
"""
