"""Python, numpy and what a notebook uses work under the filter of system calls.

Each program runs in a process of its own with the filter loaded, and prints True.
"""

import subprocess
import sys
import textwrap

import pytest

from tests.harness import ROOT


def run_filtered(source, tmp_path):
    """Run a program under the filter of this machine; what it printed."""
    load = """
        from grading.isolation.linux import drop_privileges, load_filter
        from grading.isolation.seccomp import student_filter

        if __name__ == "__main__":
            program = student_filter()
            drop_privileges()
            load_filter(program)
    """
    script = tmp_path / "filtered.py"
    script.write_text(textwrap.dedent(load) + textwrap.dedent(source))
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "MPLBACKEND": "agg"}
    finished = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_the_kernel_obeys_the_filter(tmp_path):
    source = """
        import ctypes, errno, pyseccomp

        libc = ctypes.CDLL(None, use_errno=True)
        for name in ("keyctl", "io_uring_setup", "userfaultfd", "ptrace", "bpf", "unshare"):
            number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
            answer = libc.syscall(number, 0, 0, 0, 0, 0)
            print(name, answer, errno.errorcode[ctypes.get_errno()])
        print(libc.syscall(447, 0), errno.errorcode[ctypes.get_errno()])
    """
    lines = run_filtered(source, tmp_path).splitlines()
    assert len(lines) == 7
    assert all(line.endswith("-1 EPERM") for line in lines)


WORKS = {
    "threads": """
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(4) as pool:
            print(sum(pool.map(abs, range(-3, 1))) == 6)
    """,
    "subprocess": """
        import subprocess, sys

        program = [sys.executable, "-c", "print(1)"]
        print(subprocess.run(program, capture_output=True).stdout == b"1\\n")
    """,
    "temporary files": """
        import os, shutil, tempfile

        with tempfile.TemporaryDirectory() as made, tempfile.TemporaryFile() as file:
            file.write(b"some text")
            open(f"{made}/a", "w").write("more")
            shutil.copy2(f"{made}/a", f"{made}/b")
            os.symlink(f"{made}/b", f"{made}/c")
            os.replace(f"{made}/b", f"{made}/d")
            print(sorted(os.listdir(made)) == ["a", "c", "d"])
    """,
    "signal handlers": """
        import os, signal

        caught = []
        signal.signal(signal.SIGUSR1, lambda number, frame: caught.append(number))
        signal.signal(signal.SIGALRM, lambda number, frame: caught.append(number))
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        signal.pause()
        print(caught == [signal.SIGUSR1, signal.SIGALRM])
    """,
    "asyncio": """
        import asyncio

        async def add():
            await asyncio.sleep(0.001)
            process = await asyncio.create_subprocess_exec("/bin/true")
            return await process.wait()

        print(asyncio.run(add()) == 0)
    """,
    "numpy": """
        import numpy as np

        a = np.random.randn(300, 300)
        np.save("{folder}/a.npy", a)
        mapped = np.load("{folder}/a.npy", mmap_mode="r")
        print(np.allclose(np.linalg.inv(a) @ mapped, np.eye(300), atol=1e-6))
    """,
    "pyplot": """
        import matplotlib.pyplot as plt

        plt.plot([0, 1])
        plt.savefig("{folder}/a.png")
        print(open("{folder}/a.png", "rb").read(4) == b"\\x89PNG")
    """,
    "h5py": """
        import h5py, numpy as np

        with h5py.File("{folder}/a.h5", "w") as file:
            file["x"] = np.arange(1000)
        with h5py.File("{folder}/a.h5") as file:
            print(int(file["x"][:].sum()) == 499500)
    """,
    "sqlite3": """
        import sqlite3

        with sqlite3.connect("{folder}/a.db") as connection:
            connection.execute("create table t (x)")
            connection.execute("insert into t values (1)")
            print(list(connection.execute("select * from t")) == [(1,)])
        connection.close()
    """,
    "callbacks from C": """
        import ctypes

        compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda a, b: 0)
        numbers = (ctypes.c_int * 3)(3, 1, 2)
        ctypes.CDLL(None).qsort(numbers, 3, 4, compare)
        print(sorted(numbers) == [1, 2, 3])
    """,
    "shared memory": """
        from multiprocessing.shared_memory import SharedMemory

        memory = SharedMemory(create=True, size=100)
        memory.buf[0] = 7
        print(memory.buf[0] == 7)
        memory.close()
        memory.unlink()
    """,
}
PROCESSES = """
    import multiprocessing


    def square(number):
        return number * number


    def put(queue, lock):
        with lock:
            queue.put("put")


    if __name__ == "__main__":
        context = multiprocessing.get_context("{method}")
        with context.Pool(2) as pool:
            squares = pool.map(square, range(4))
        queue, lock = context.Queue(), context.Semaphore(1)
        process = context.Process(target=put, args=(queue, lock))
        process.start()
        print(squares == [0, 1, 4, 9] and queue.get() == "put")
        process.join()
"""


@pytest.mark.parametrize("name", WORKS)
def test_it_works_under_the_filter(name, tmp_path):
    assert run_filtered(WORKS[name].replace("{folder}", str(tmp_path)), tmp_path) == "True\n"


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing_works_under_the_filter(method, tmp_path):
    assert run_filtered(PROCESSES.replace("{method}", method), tmp_path) == "True\n"
