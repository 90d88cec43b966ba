"""The few calls of the Linux kernel that Python 3.11 does not offer."""

import contextlib
import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
MS_REMOUNT, MS_BIND, MS_RELATIME = 1 << 5, 1 << 12, 1 << 21
CAPABILITY_VERSION_3 = 0x20080522


def join_namespace(descriptor: int) -> None:
    """setns(2)."""
    _checked(_libc.setns(descriptor, 0))


def make_read_only(path: str) -> None:
    """mount(2): let nothing change this mount. A device can still be written to, but not its mode or owner."""
    kept = os.statvfs(path).f_flag & (os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC)
    flags = MS_REMOUNT | MS_BIND | MS_RELATIME | os.ST_RDONLY | kept
    _checked(_libc.mount(None, path.encode(), None, ctypes.c_ulong(flags), None))


def die_with_parent(signal: int) -> None:
    """Get `signal` when the parent's thread that started this process ends."""
    _checked(_libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0))


def drop_privileges() -> None:
    """Give up every capability, and the way to get one by running a program."""
    _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    with contextlib.suppress(OSError):  # EINVAL: past the last capability that this kernel knows
        for capability in range(64):
            _checked(_libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0))
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()))


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
