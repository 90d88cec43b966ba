"""A load on this machine, for tests and benchmarks of what must not depend on any."""

import contextlib
import os
import subprocess

# It ends with the process that started it, however that ends, and by itself after 15 minutes.
LOOP = "ulimit -t 900; while kill -0 $PPID; do :; done"


@contextlib.contextmanager
def busy(number, processor=None):
    """Within a with block, so many processes want to run all the time.

    processor: the only one that they may use, None for any
    """
    processes = []
    try:
        for _ in range(number):
            processes.append(subprocess.Popen(["sh", "-c", LOOP]))
            if processor is not None:
                os.sched_setaffinity(processes[-1].pid, {processor})
        yield
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
