"""Mounts a read-only folder anew as one that can be written, then writes."""

OFF = "no sandbox"
EXTRA = """
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
REMOUNT, BIND = 32, 4096
print(libc.mount(None, b"{UTILS}", None, REMOUNT | BIND, None), libc.umount2(b"{UTILS}", 2))
try:
    open("{UTILS}/{MARK}.py", "w").write("# left by an attack")
except OSError as error:
    print(error)
"""
