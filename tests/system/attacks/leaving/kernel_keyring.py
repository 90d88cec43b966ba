"""Leaves its answers as a key in the kernel's key rings of the user and of the session."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import platform

ADD_KEY, KEYCTL = (248, 250) if platform.machine() == "x86_64" else (217, 219)
SET_TIMEOUT, SECONDS, ADDED = 15, 60, b"LEFT BEHIND"
libc = ctypes.CDLL(None)
for ring in (-3, -4, -5):
    key = libc.syscall(ADD_KEY, b"user", b"{MARK}", ADDED, len(ADDED), ring)
    # Without protection the key lies in a ring of whoever runs the tests: it goes by itself.
    print(key > 0 and libc.syscall(KEYCTL, SET_TIMEOUT, key, SECONDS))
"""
AFTER = """
import ctypes
import platform

KEYCTL = 250 if platform.machine() == "x86_64" else 219
SEARCH, READ = 10, 11
libc = ctypes.CDLL(None)
for ring in (-3, -4, -5):
    room = ctypes.create_string_buffer(100)
    key = libc.syscall(KEYCTL, SEARCH, ring, b"user", b"{MARK}", 0)
    found = key > 0 and libc.syscall(KEYCTL, READ, key, room, 100) > 0
    print(room.value.decode() if found else "nothing")
"""
