"""Leaves its answers as a key in the kernel's key rings of the user and of the session."""

OFF = "not run: the key would stay in the key ring of whoever runs the tests"
EXTRA = """
import ctypes

ADD_KEY, ADDED = 248, b"LEFT BEHIND"
libc = ctypes.CDLL(None)
print([libc.syscall(ADD_KEY, b"user", b"{MARK}", ADDED, len(ADDED), ring) for ring in (-3, -4, -5)])
"""
AFTER = """
import ctypes

KEYCTL, SEARCH, READ = 250, 10, 11
libc = ctypes.CDLL(None)
for ring in (-3, -4, -5):
    room = ctypes.create_string_buffer(100)
    key = libc.syscall(KEYCTL, SEARCH, ring, b"user", b"{MARK}", 0)
    found = key > 0 and libc.syscall(KEYCTL, READ, key, room, 100) > 0
    print(room.value.decode() if found else "nothing")
"""
