"""On the caller's side: functions of the student process, and the arrays that they returned."""

import contextlib
import sys
import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils.explain import WatchedFunction
from grading.isolation.serialization import pack

if TYPE_CHECKING:
    from grading.isolation.student_proxy import StudentProxy


class StudentFunction:
    """Stands for a function that lives in the student process.

    has_whole_time: whether each call has the time of a cell, which all calls of a test share else
    """

    def __init__(self, name: str, student: "StudentProxy"):
        self.__name__ = name
        self._student = student
        self._stubs: dict[str, Callable] = {}
        self.has_whole_time = False

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        if self.has_whole_time:
            self._student.restart_cell_clock()
        return self._student.call(self.__name__, arguments, keywords, self._stubs)

    @contextlib.contextmanager
    def using_stubs(self, stubs: dict[str, Callable]) -> Iterator[None]:
        """Let functions of this side take the place of names that the student's function calls."""
        before, self._stubs = self._stubs, self._stubs | stubs
        try:
            yield
        finally:
            self._stubs = before

    def __repr__(self) -> str:
        return f"<the student's {self.__name__}>"


def public_home(function: Callable) -> str:
    """Where the student process finds this very function: "MODULE.NAME" of course_utils, or "".

    A stub that is public need not be called back, which a gradient check does thousands of times.
    """
    function = function.function if isinstance(function, WatchedFunction) else function
    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    is_public = str(module).startswith("course_utils.")
    if is_public and getattr(sys.modules.get(module), name, None) is function:
        return f"{module}.{name}"
    return ""


class ReturnedArrays:
    """Arrays that calls have returned, here copies of the student process's own.

    Writing to a copy has to change the original, as it would in one process: a function that
    returns one array again and again would otherwise look right.
    """

    def __init__(self) -> None:
        # number, copy, and the content when last seen
        self._arrays: list[tuple[int, weakref.ref, bytes]] = []

    def add(self, first: int, arrays: list[np.ndarray]) -> None:
        """Take note of the arrays of one result, numbered from `first`."""
        self._arrays += [
            (number, weakref.ref(array), array.tobytes())
            for number, array in enumerate(arrays, start=first)
        ]

    def clear(self) -> None:
        self._arrays.clear()

    def changes(self) -> tuple[list[int], dict[str, bytes]]:
        """Numbers of arrays gone since the last time; packed content of those written to."""
        gone: list[int] = []
        written: dict[str, bytes] = {}
        kept = []
        for number, reference, before in self._arrays:
            array = reference()
            if array is None:
                gone.append(number)
                continue
            after = array.tobytes()
            if after != before:
                written[str(number)] = pack(array)
            kept.append((number, reference, after))
        self._arrays = kept
        return gone, written
