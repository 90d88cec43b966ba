"""The system calls that a student process may make: what Python, numpy and a notebook need.

Every other call is answered with EPERM. A condition is (argument, mask, value): the call is allowed
when `argument & mask == value`. Of several conditions of one call, one must hold.
"""

import socket

INT = 0xFFFF_FFFF  # the kernel reads 32 bits of an argument that is an int
SOCKET_TYPE = 0xF  # the other bits are flags

FILES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek
    open openat creat close close_range dup dup2 dup3 pipe pipe2
    stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2
    readlink readlinkat getdents getdents64 getcwd chdir fchdir umask
    rename renameat renameat2 mkdir mkdirat rmdir unlink unlinkat link linkat symlink symlinkat
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
    truncate ftruncate fallocate fsync fdatasync fadvise64 flock sendfile copy_file_range
    utime utimes futimesat utimensat getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
"""
WAITING = """
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl
    epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime
    timerfd_gettime nanosleep clock_nanosleep pause alarm getitimer setitimer restart_syscall
"""
MEMORY = "brk munmap mprotect mremap msync madvise mincore membarrier get_mempolicy"
PROCESSES = """
    fork vfork execve execveat exit exit_group wait4 waitid kill tkill tgkill
    pidfd_open pidfd_send_signal set_tid_address set_robust_list get_robust_list rseq arch_prctl
    futex futex_waitv sched_yield sched_getaffinity sched_setaffinity sched_getparam
    sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority setpriority
    getrlimit setrlimit prlimit64 getrusage times
"""
SIGNALS = """
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait
    rt_sigqueueinfo sigaltstack
"""
ABOUT_ITSELF = """
    getpid getppid gettid getpgid getpgrp setpgid getsid setsid getuid geteuid getgid getegid
    getresuid getresgid getgroups capget uname sysinfo getcpu time gettimeofday clock_gettime
    clock_getres getrandom
"""
SOCKETS = """
    bind connect listen accept accept4 sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown
    getsockname getpeername getsockopt
"""
ALLOWED = tuple(
    " ".join([FILES, WAITING, MEMORY, PROCESSES, SIGNALS, ABOUT_ITSELF, SOCKETS]).split()
)

# From <linux/sched.h>, <asm/mman.h>, <linux/prctl.h>, <linux/fcntl.h>, <asm/ioctls.h>.
NAMESPACE_FLAGS = 0x7E02_0000
MAP_HUGETLB = 0x4_0000
PRCTL_OPTIONS = {
    *(1, 2),  # signal at the end of the parent
    *(3, 4),  # dumpable
    *(15, 16),  # the name of a thread
    21,  # PR_GET_SECCOMP
    23,  # PR_CAPBSET_READ
    *(38, 39),  # no new privileges
    0x53564D41,  # PR_SET_VMA, by which memory is given a name
}
# Without F_SETPIPE_SZ, which makes a pipe hold 16 times as much of the kernel's memory.
FCNTL_COMMANDS = {*range(8), *(36, 37, 38), 1030, 1032}
IOCTL_REQUESTS = {
    *(0x5401, 0x802C542A, 0x5413),  # TCGETS, TCGETS2, TIOCGWINSZ: is it a terminal, and how wide
    *(0x5421, 0x541B, 0x5450, 0x5451),  # FIONBIO, FIONREAD, FIONCLEX, FIOCLEX
    0x40049409,  # FICLONE, which Python tries first when it copies a file
}
# Without the sizes of buffers, which are memory of the kernel.
SOCKET_OPTIONS = (
    socket.SO_REUSEADDR,
    socket.SO_REUSEPORT,
    socket.SO_PASSCRED,
    socket.SO_RCVTIMEO,
    socket.SO_SNDTIMEO,
    socket.SO_KEEPALIVE,
    socket.SO_LINGER,
)

Condition = tuple[tuple[int, int, int], ...]  # all parts must hold


# Between its own processes. No network namespace stops AF_VSOCK; and where messages keep their
# bounds, one socket can hold what many have sent.
LOCAL_STREAM: Condition = ((0, INT, socket.AF_UNIX), (1, SOCKET_TYPE, socket.SOCK_STREAM))


def _one_of(argument: int, values: set[int]) -> list[Condition]:
    return [((argument, INT, value),) for value in sorted(values)]


CONDITIONS: dict[str, list[Condition]] = {
    "socket": [LOCAL_STREAM],
    "socketpair": [LOCAL_STREAM],
    "setsockopt": [((1, INT, socket.SOL_SOCKET), (2, INT, option)) for option in SOCKET_OPTIONS],
    "clone": [((0, NAMESPACE_FLAGS, 0),)],
    "mmap": [((3, MAP_HUGETLB, 0),)],  # large pages are counted as nobody's
    "prctl": _one_of(0, PRCTL_OPTIONS),
    "fcntl": _one_of(1, FCNTL_COMMANDS),
    "ioctl": _one_of(1, IOCTL_REQUESTS),
}

# Answered with ENOSYS: the C library then makes threads and processes by `clone`, whose flags a
# filter can read. Those of clone3 lie in memory.
UNKNOWN = ("clone3",)

# Numbers of calls that an older libseccomp does not know; they are the same on all machines.
NEW_NUMBERS = {
    "clone3": 435,
    "close_range": 436,
    "faccessat2": 439,
    "epoll_pwait2": 441,
    "futex_waitv": 449,
    "fchmodat2": 452,
}
