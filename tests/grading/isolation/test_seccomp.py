"""What the filter of system calls answers, on each kind of machine."""

import builtins
import errno

import pyseccomp
import pytest

from grading.errors import NoSandbox
from grading.isolation import seccomp
from grading.isolation.seccomp import build_filter, student_filter
from tests.grading.isolation import bpf

MACHINES = ("X86_64", "AARCH64")
UNIX, STREAM = 1, 1
# Families other than AF_UNIX: IPv4, IPv6, key management, netlink, packets, Bluetooth, the
# kernel's cryptography, virtual machines, XDP.
FAMILIES = (0, 2, 10, 15, 16, 17, 31, 38, 40, 44, 45)
NEW_NAMESPACES = {
    "time": 0x80,
    "mount": 0x20000,
    "cgroup": 0x2000000,
    "names": 0x4000000,
    "messages": 0x8000000,
    "user": 0x10000000,
    "processes": 0x20000000,
    "network": 0x40000000,
}
REFUSED_TEXT = """
    keyctl add_key request_key io_uring_setup io_uring_enter io_uring_register userfaultfd
    fanotify_init fanotify_mark inotify_init1 ptrace process_vm_readv process_vm_writev
    process_madvise pidfd_getfd kcmp bpf perf_event_open unshare setns seccomp
    mount umount2 pivot_root chroot fsopen fsmount fspick fsconfig move_mount open_tree
    mount_setattr init_module finit_module delete_module kexec_load reboot swapon swapoff acct
    syslog quotactl settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    shmget shmat shmctl semget semop semctl msgget msgsnd msgrcv mq_open memfd_create
    open_by_handle_at name_to_handle_at io_setup mlock mlockall personality mknodat setxattr
    setuid setgid setreuid setresuid setgroups capset vhangup lookup_dcookie mbind move_pages
    migrate_pages landlock_create_ruleset
"""
REFUSED = REFUSED_TEXT.split()
# Calls that libseccomp 2.5 does not know, by their number on all machines.
REFUSED_NUMBERS = {"memfd_secret": 447, "lsm_set_self_attr": 460, "mseal": 462, "yet unknown": 600}
NEEDED_TEXT = """
    read write openat close close_range statx newfstatat faccessat2 getdents64 lseek renameat
    unlinkat mkdirat utimensat ftruncate flock brk munmap mprotect madvise mremap execve exit_group
    wait4 kill tgkill futex set_robust_list rseq sched_getaffinity prlimit64 rt_sigaction
    rt_sigprocmask rt_sigreturn sigaltstack getrandom clock_nanosleep epoll_pwait ppoll pselect6
    eventfd2 pipe2 dup3 bind connect listen accept4 sendmsg recvmsg getpid gettid uname
"""
NEEDED = NEEDED_TEXT.split()


@pytest.fixture(params=MACHINES)
def ask(request):
    """What the filter of a machine answers: 0 or an error number."""
    program, machine = build_filter(request.param), getattr(pyseccomp.Arch, request.param)

    def ask(call, *arguments):
        number = call if isinstance(call, int) else pyseccomp.resolve_syscall(machine, call)
        return bpf.answer(program, machine, number, arguments)

    return ask


def test_what_reaches_out_of_a_process_is_refused(ask):
    assert {name: ask(name) for name in REFUSED} == dict.fromkeys(REFUSED, errno.EPERM)


def test_what_is_newer_than_the_library_is_refused(ask):
    answers = {name: ask(number) for name, number in REFUSED_NUMBERS.items()}
    assert answers == dict.fromkeys(REFUSED_NUMBERS, errno.EPERM)


def test_what_python_needs_is_allowed(ask):
    assert {name: ask(name) for name in NEEDED} == dict.fromkeys(NEEDED, 0)


@pytest.mark.parametrize("call", ["socket", "socketpair"])
def test_sockets_are_of_one_family(ask, call):
    assert ask(call, UNIX, STREAM) == 0
    assert {family: ask(call, family, STREAM) for family in FAMILIES} == dict.fromkeys(
        FAMILIES, errno.EPERM
    )


@pytest.mark.parametrize("kind", [2, 3, 4, 5, 2 | 0x80000])
def test_sockets_are_streams(ask, kind):
    """A socket that keeps the bounds of messages holds what many closed ones have sent."""
    assert ask("socket", UNIX, kind) == errno.EPERM
    assert ask("socket", UNIX, STREAM | 0x80000) == 0


def test_a_family_cannot_hide_behind_its_upper_half(ask):
    """The kernel reads the lower 32 bits only."""
    assert ask("socket", (1 << 32) + 40, STREAM) == errno.EPERM
    assert ask("socket", (1 << 32) + UNIX, STREAM) == 0


@pytest.mark.parametrize("kind", [kind for kind in NEW_NAMESPACES if kind != "time"])
def test_a_process_may_be_cloned_but_not_into_namespaces(ask, kind):
    thread, child = 0x3D0F00, 0x1200011
    assert (ask("clone", thread), ask("clone", child)) == (0, 0)
    assert ask("clone", child | NEW_NAMESPACES[kind]) == errno.EPERM


def test_clone3_is_unknown_so_that_clone_is_used(ask):
    assert ask("clone3") == errno.ENOSYS


def test_memory_of_the_kernel_cannot_be_enlarged(ask):
    send_size, receive_size, forced, pipe_size, huge_pages = 7, 8, 32, 1031, 0x40000
    for option in (send_size, receive_size, forced):
        assert ask("setsockopt", 5, 1, option) == errno.EPERM
    assert ask("setsockopt", 5, 1, 2) == 0  # SO_REUSEADDR
    assert ask("fcntl", 5, pipe_size) == errno.EPERM
    assert ask("fcntl", 5, 1030) == 0  # F_DUPFD_CLOEXEC
    assert ask("mmap", 0, 1 << 21, 3, 0x22 | huge_pages) == errno.EPERM
    assert ask("mmap", 0, 1 << 21, 3, 0x22) == 0


def test_a_filter_cannot_be_added_and_memory_not_be_laid_out_anew(ask):
    assert ask("prctl", 22) == errno.EPERM  # PR_SET_SECCOMP
    assert ask("prctl", 35) == errno.EPERM  # PR_SET_MM
    assert ask("prctl", 15) == 0  # PR_SET_NAME


def test_a_terminal_cannot_be_typed_into(ask):
    assert ask("ioctl", 0, 0x5412) == errno.EPERM  # TIOCSTI
    assert ask("ioctl", 0, 0x5401) == 0  # isatty


def test_calls_by_another_table_of_numbers_are_refused():
    """Numbers of 32-bit programs mean other calls; a filter that forgets them lets all through."""
    program = build_filter("X86_64")
    assert bpf.answer(program, pyseccomp.Arch.X86, 20) == errno.EPERM
    x32 = 0x40000000
    assert bpf.answer(program, pyseccomp.Arch.X86_64, x32 + 39) == errno.EPERM


# --- without libseccomp


@pytest.mark.parametrize("error", [ImportError("pyseccomp"), RuntimeError("Unable to find it")])
def test_without_the_library_nothing_is_graded_and_it_is_named(monkeypatch, error):
    real = builtins.__import__

    def missing(name, *others, **keywords):
        if name == "pyseccomp":
            raise error
        return real(name, *others, **keywords)

    monkeypatch.setattr(builtins, "__import__", missing)
    for cached in (seccomp._binding, student_filter):
        cached.cache_clear()
    with pytest.raises(NoSandbox, match=r"apt install libseccomp2.*pip install pyseccomp"):
        student_filter()
