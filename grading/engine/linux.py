"""The few calls of the Linux kernel that Python 3.11 does not offer."""

import contextlib
import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
CAPABILITY_VERSION_3 = 0x20080522


def join_namespace(descriptor: int) -> None:
    """setns(2)."""
    _checked(_libc.setns(descriptor, 0))


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
