"""Grading on a cluster of `dask worker`s, for the class that outgrows one machine.

The instructor's side is `cluster.Cluster`, the workers' side `worker.answer`. Between them travel bytes: msgpack of plain
values, as between the processes of one machine. Neither this package nor `distributed` is needed to grade on one machine.
"""

import dask

# Lost connections are told by `cluster.Cluster`, in words; `distributed` would add a traceback for each.
dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}})
