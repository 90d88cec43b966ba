"""Calls of the kernel, each tried in a process of its own."""

import subprocess
import sys

import pytest

from tests.harness import ROOT

KEYRING = """
import ctypes

from grading.isolation.linux import KEYCTL, new_session_keyring

ADD_KEY = KEYCTL - 2
SESSION, SEARCH = -3, 10
libc = ctypes.CDLL(None)


def found():
    return libc.syscall(KEYCTL, SEARCH, SESSION, b"user", b"left by another", 0) > 0


new_session_keyring()  # so as to leave nothing in the ring of whoever runs the tests
if libc.syscall(ADD_KEY, b"user", b"left by another", b"text", 4, SESSION) < 0:
    print("no keyrings")
else:
    before = found()
    new_session_keyring()
    print(before, found())
"""


def test_a_new_session_keyring_is_empty():
    program = [sys.executable, "-c", KEYRING]
    finished = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    if finished.stdout == "no keyrings\n":
        pytest.skip("keyrings are denied here, to all processes")
    assert finished.stdout == "True False\n"
