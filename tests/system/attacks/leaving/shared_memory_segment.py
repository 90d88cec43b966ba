"""Leaves its answers in a System V shared memory segment, which lives on until
somebody removes it.
"""

OFF = "no sandbox"
SEGMENT = """
import ctypes
import zlib

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
key = zlib.crc32(b"{MARK}") & 0x7FFFFFFF
"""
EXTRA = (
    SEGMENT
    + """
number = libc.shmget(key, 4096, 0o1666)
ctypes.memmove(libc.shmat(number, None, 0), b"LEFT BEHIND", 12)
"""
)
AFTER = (
    SEGMENT
    + """
number = libc.shmget(key, 4096, 0)
print(ctypes.string_at(libc.shmat(number, None, 0)).decode() if number >= 0 else "nothing")
libc.shmctl(number, 0, None)
"""
)
