"""The few calls of the Linux kernel that Python 3.11 does not offer."""

import contextlib
import ctypes
import os
import resource

_libc = ctypes.CDLL(None, use_errno=True)

# Values from <sys/prctl.h>, <sys/mount.h> and <linux/capability.h>.
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
MS_REMOUNT, MS_BIND, MS_RELATIME = 1 << 5, 1 << 12, 1 << 21
CAPABILITY_VERSION_3 = 0x20080522
FIRST_DESCRIPTOR = 3  # after standard input, output and error


def join_namespace(descriptor: int) -> None:
    """setns(2)."""
    _raise_on_error(_libc.setns(descriptor, 0))


def make_read_only(path: str) -> None:
    """mount(2): let nothing change this mount.

    A device can still be written to, but its mode and owner cannot be changed.
    """
    kept = os.statvfs(path).f_flag & (os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC)
    flags = MS_REMOUNT | MS_BIND | MS_RELATIME | os.ST_RDONLY | kept
    _raise_on_error(_libc.mount(None, path.encode(), None, ctypes.c_ulong(flags), None))


def die_with_parent(signal: int) -> None:
    """prctl(2): get `signal` when the parent's thread that started this process ends."""
    _raise_on_error(_libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0))


def drop_privileges() -> None:
    """Give up every capability, and the way to get one by running a program."""
    _raise_on_error(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    # EINVAL: past the last capability that this kernel knows
    with contextlib.suppress(OSError):
        for capability in range(64):
            _raise_on_error(_libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0))
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _raise_on_error(_libc.capset(header, (ctypes.c_uint32 * 6)()))


def close_files_but(*keep: int) -> None:
    """Close every open file of this process but the standard three and those named."""
    low = FIRST_DESCRIPTOR
    for descriptor in sorted(keep):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _raise_on_error(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
