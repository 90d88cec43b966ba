"""The few calls of the Linux kernel that Python 3.11 does not offer."""

import contextlib
import ctypes
import errno
import os
import platform
import resource

_libc = ctypes.CDLL(None, use_errno=True)

# Values from <sys/prctl.h>, <sys/mount.h>, <linux/capability.h>, <linux/keyctl.h> and others.
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
MS_REMOUNT, MS_BIND, MS_RELATIME = 1 << 5, 1 << 12, 1 << 21
CAPABILITY_VERSION_3 = 0x20080522
KEYCTL_JOIN_SESSION_KEYRING = 1
KEYCTL = 250 if platform.machine() == "x86_64" else 219  # the call's number; the C library has none
SECCOMP_MODE_FILTER = 2
INSTRUCTION = 8  # bytes
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


def new_session_keyring() -> None:
    """keyctl(2): from now on have a session keyring that nobody else has."""
    try:
        _raise_on_error(_libc.syscall(KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, None) < 0)
    except OSError as error:
        # A kernel without keyrings, or a container that denies them: nothing is to be left there.
        if error.errno not in (errno.ENOSYS, errno.EPERM):
            raise


class _FilterProgram(ctypes.Structure):
    """struct sock_fprog"""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load_filter(program: bytes) -> None:
    """prctl(2): hold this process, and all that it starts, to a filter of system calls for ever."""
    about = _FilterProgram(len(program) // INSTRUCTION, program)
    _raise_on_error(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(about), 0, 0))


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
