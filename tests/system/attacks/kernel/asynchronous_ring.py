"""Sets up an io_uring, by which the kernel does file and network calls that nobody watches."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
IO_URING_SETUP = 425
answer = libc.syscall(IO_URING_SETUP, 1, ctypes.create_string_buffer(120))
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached io_uring" if "REACHED" in outcome.printed else ""
