"""The seccomp filter of student processes: the list in system_calls.py as a program of the kernel.

libseccomp knows the numbers of calls on each kind of machine and writes the program. It is made
once, before processes are forked, and loaded by each student process (`linux.load_filter`), since
bubblewrap's option --seccomp reaches only the processes that bubblewrap itself starts.
"""

import errno
import tempfile
from functools import cache
from types import ModuleType
from typing import Any

from grading.errors import NoSandbox
from grading.isolation.system_calls import (
    ALLOWED,
    CONDITIONS,
    NEW_NUMBERS,
    UNKNOWN,
    Condition,
)

UNRESOLVED = -1  # libseccomp's answer for a name that it does not know on any machine
INSTALL_LIBSECCOMP = (
    "Install libseccomp (Debian, Ubuntu: apt install libseccomp2; Fedora: dnf install libseccomp) "
    "and its binding (pip install pyseccomp)"
)


@cache
def student_filter() -> bytes:
    """The program for this kind of machine; NoSandbox when libseccomp is missing."""
    return build_filter()


def build_filter(machine: str = "NATIVE") -> bytes:
    """The program for a kind of machine: "X86_64", "AARCH64" or "NATIVE", this one."""
    pyseccomp = _binding()
    denied, unknown = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(errno.ENOSYS)
    rules = pyseccomp.SyscallFilter(denied)
    arch = getattr(pyseccomp.Arch, machine)
    if arch not in (pyseccomp.Arch.NATIVE, pyseccomp.system_arch()):
        rules.add_arch(arch)
        rules.remove_arch(pyseccomp.Arch.NATIVE)
    # Calls by another table of numbers, such as that of 32-bit programs.
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, denied)
    for name in ALLOWED:
        _add(rules, pyseccomp.ALLOW, name)
    for name, conditions in CONDITIONS.items():
        for condition in conditions:
            _add(rules, pyseccomp.ALLOW, name, condition)
    for name in UNKNOWN:
        _add(rules, unknown, name)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _add(rules: Any, action: int, name: str, condition: Condition = ()) -> None:
    """One rule; none where this kind of machine has no such call."""
    pyseccomp = _binding()
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number == UNRESOLVED:
        number = NEW_NUMBERS[name]
    parts = [
        pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, mask, value)
        for argument, mask, value in condition
    ]
    rules.add_rule(action, number, *parts)


@cache
def _binding() -> ModuleType:
    """pyseccomp, which looks for libseccomp when it is imported."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError) as error:
        raise NoSandbox(f"no filter for system calls: {error}", INSTALL_LIBSECCOMP) from None
    return pyseccomp
