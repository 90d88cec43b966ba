"""What a student's code finds inside the sandbox: next to nothing."""

import json
import pkgutil
import sysconfig
from functools import partial
from pathlib import Path

import pytest

import course_utils
from grading.isolation.limits import Limits
from grading.isolation.prefork import ENVIRONMENT
from grading.isolation.sandbox import HOME
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import StudentProxy
from tests.harness import ROOT

LIMITS = Limits()


@pytest.fixture
def student(students):
    student = StudentProxy(partial(StudentHandle.start, students, LIMITS, True), LIMITS, {})
    yield student
    student.close()


@pytest.fixture
def found(student):
    """The value of an expression over there."""

    def found(expression, setup=""):
        finished = student.run(f"import json, os, sys\n{setup}\nprint(json.dumps({expression}))")
        assert finished.error == "", finished.error
        return json.loads(finished.outputs[0]["text"])

    return found


def error_of(student, source):
    return student.run(source).error.partition(":")[0]


# --- the network


@pytest.mark.parametrize("address", ["('1.1.1.1', 80)", "('127.0.0.1', 22)", "('10.0.0.1', 53)"])
def test_no_connection_can_be_made(student, address):
    source = f"import socket\nsocket.create_connection({address}, timeout=1)"
    assert error_of(student, source) == "PermissionError"


def test_no_name_can_be_looked_up(student):
    assert error_of(student, "import socket\nsocket.gethostbyname('example.org')") == "gaierror"


def test_there_is_no_network_but_its_own_empty_one(found):
    names = "[line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line]"
    assert found(names) in (["lo"], [])


def test_no_socket_of_the_system_is_there(found):
    assert (
        found("[line.split()[-1] for line in open('/proc/net/unix') if '/' in line or '@' in line]")
        == []
    )


# --- files


@pytest.mark.parametrize("folder", ["/", "/usr", "/usr/lib", "/etc", "/proc/sys/kernel", "/dev"])
def test_nothing_can_be_written_outside_home_and_tmp(student, folder):
    assert error_of(student, f"open('{folder}/mine', 'w')") in (
        "OSError",
        "PermissionError",
        "FileNotFoundError",
    )


@pytest.mark.parametrize("module", ["numpy", "course_utils", "os"])
def test_packages_cannot_be_changed(student, module):
    source = f"import os, {module}\nopen({module}.__file__, 'a')"
    assert error_of(student, source) in ("OSError", "PermissionError")


def test_the_root_holds_only_what_python_needs(found):
    shown = [ROOT, *(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib"))]
    allowed = {"cat", "dev", "etc", "lib", "lib64", "proc", "student", "tmp", "usr"} | {
        path.parts[1] for path in shown
    }
    assert set(found("os.listdir('/')")) <= allowed
    assert set(found("os.listdir('/etc')")) <= {"ld.so.cache"}


def test_no_programs_are_there(found):
    setup = "import shutil\npath = '/bin:/usr/bin:/sbin:/usr/sbin:/usr/local/bin'"
    assert (
        found(
            "[name for name in ('sh', 'bash', 'python3', 'curl', 'mount')"
            " if shutil.which(name, path=path)]",
            setup,
        )
        == []
    )


def test_the_repository_is_not_to_be_found(found):
    assert set(found(f"os.listdir({str(ROOT)!r})")) <= {"course_utils", ".venv"}
    for name in ("source", "grading", "tests", "gradebook.db", "submitted", "notebooks"):
        assert not found(f"os.path.exists({str(ROOT / name)!r})")


def test_the_instructors_package_cannot_be_imported(student, found):
    assert error_of(student, "import grading") == "ModuleNotFoundError"
    assert error_of(student, "import grading.hidden") == "ModuleNotFoundError"
    assert found("[name for name in sys.modules if name.startswith('grading')]") == []


def test_what_a_notebook_may_import_is_there_before_it_starts(found):
    names = [
        f"course_utils.{module.name}" for module in pkgutil.iter_modules(course_utils.__path__)
    ]
    assert "course_utils.layers" in names
    assert found(f"[name for name in {names} if name not in sys.modules]") == []


def test_no_file_of_expected_results_is_to_be_found(found):
    setup = "found = [name for _, _, names in os.walk('/', followlinks=False) for name in names]"
    names = "{'initialization.h5', 'regularization.h5', 'gradient_checking.h5', 'hidden.py'}"
    assert found(f"sorted(set(found) & {names})", setup) == []


# Files, not folders: where Python itself lies below /tmp, the way to it is there.
FILES = (
    "[name for folder in ('.', '/tmp', '/dev/shm') for name in os.listdir(folder)"
    " if os.path.isfile(f'{folder}/{name}')]"
)


def test_home_and_tmp_can_be_written_to_and_are_gone_for_the_next(student, found, students):
    assert found("[os.getcwd(), os.path.expanduser('~')]") == [HOME, HOME]
    assert found(FILES) == []
    student.run(
        "for name in ('mine', '/tmp/mine', '/dev/shm/mine'): open(name, 'w').write('for the next')"
    )
    assert found(FILES) == ["mine"] * 3
    other = StudentProxy(partial(StudentHandle.start, students, LIMITS, True), LIMITS, {})
    try:
        assert other.run(f"import os\nprint({FILES})").outputs[0]["text"] == "[]\n"
    finally:
        other.close()


def test_the_disk_is_as_large_as_its_limit(found):
    size = (
        "[os.statvfs(path).f_blocks * os.statvfs(path).f_frsize"
        " for path in ('/tmp', '/student', '/dev/shm')]"
    )
    assert all(abs(bytes_ - LIMITS.disk) < 100_000 for bytes_ in found(size))


# --- processes


def test_proc_shows_only_its_own_processes(found):
    assert len(found("[name for name in os.listdir('/proc') if name.isdigit()]")) <= 3


def test_the_environment_is_built_from_nothing(found):
    assert set(found("sorted(os.environ)")) <= set(ENVIRONMENT)


def test_no_process_here_tells_the_instructor_s_environment(found):
    """bubblewrap's own processes are in the sandbox too, and /proc shows their environment."""
    names = (
        "{word.split('=')[0] for path in glob.glob('/proc/[0-9]*/environ')"
        " for word in open(path).read().split(chr(0))}"
    )
    assert set(found(f"sorted({names})", "import glob")) <= {*ENVIRONMENT, "PWD", ""}


def test_no_file_is_open_but_the_standard_ones_and_the_channel(found):
    setup = """if True:
        links = {}
        for name in os.listdir('/proc/self/fd'):
            try: links[name] = os.readlink(f'/proc/self/fd/{name}')
            except OSError: pass
    """
    links = found("links", setup)
    others = [
        link for link in links.values() if link != "/dev/null" and not link.startswith("/proc/")
    ]
    assert len(others) == 1
    assert others[0].startswith("socket:")


def status(found, name):
    return found(
        f"dict(line.split(':', 1) for line in open('/proc/self/status'))[{name!r}].split()"
    )


@pytest.mark.parametrize("name", ["CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"])
def test_there_are_no_capabilities(found, name):
    assert int(status(found, name)[0], 16) == 0


def test_no_program_can_give_privileges(found):
    assert status(found, "NoNewPrivs") == ["1"]


def test_system_calls_are_filtered_in_all_that_it_starts(found):
    assert status(found, "Seccomp") == ["2"]
    assert status(found, "Seccomp_filters") == ["1"]
    child = "subprocess.run(['/cat', '/proc/self/status'], capture_output=True, text=True).stdout"
    assert found(f"'Seccomp:\\t2' in {child}", "import subprocess")


def test_the_user_is_nobody_special(found):
    assert found("[os.getuid(), os.geteuid(), os.getgid()]") == [1000, 1000, 1000]


NAMESPACES = {"user": 0x10000000, "mount": 0x00020000, "network": 0x40000000, "process": 0x20000000}


@pytest.mark.parametrize("kind", NAMESPACES)
def test_no_namespace_can_be_made(found, kind):
    setup = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)"
    assert found(f"libc.unshare({NAMESPACES[kind]})", setup) == -1


def test_no_namespace_can_be_made_together_with_a_user_s(found):
    setup = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)"
    assert found("libc.unshare(0x10000000 | 0x00020000)", setup) == -1
    assert found("libc.clone(None, None, 0x10000000, None)", setup) == -1


@pytest.mark.parametrize(
    "call",
    [
        "mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "umount2(b'/student', 2)",
        "chroot(b'/tmp')",
        "sethostname(b'mine', 4)",
        "setuid(0)",
        "syscall(155, b'/tmp', b'/tmp')",
    ],
)
def test_what_only_root_may_do_fails(found, call):
    setup = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)"
    assert found(f"libc.{call}", setup) == -1


def test_the_limits_of_the_kernel_hold(found):
    setup = "import resource"
    limits = found(
        "[resource.getrlimit(kind)[1] for kind in"
        " (resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE)]",
        setup,
    )
    assert limits == [LIMITS.file_size, LIMITS.processes, 0]


def test_nothing_of_the_hidden_cases_is_in_memory(found):
    """The process was forked from one that has seen no hidden test.

    The patterns do not match themselves.
    """
    setup = """if True:
        import re
        def count(pattern):
            total = 0
            for line in open("/proc/self/maps"):
                start, end = (int(number, 16) for number in line.split()[0].split("-"))
                if " rw" in line and "[v" not in line:
                    with open("/proc/self/mem", "rb", 0) as memory:
                        memory.seek(start)
                        total += len(re.findall(pattern, memory.read(end - start)))
            return total
    """
    assert found("[count(rb'check_n/wron[g]'), count(rb'exposes/thre[e]')]", setup) == [0, 0]
    assert found("count(rb'course_utils.plottin[g]')") > 0


def test_random_numbers_and_the_clock_work(found):
    assert found(
        "len(os.urandom(5)) == 5 and time.time() > 1e9"
        " and len(open('/dev/zero', 'rb').read(3)) == 3",
        "import time",
    )
