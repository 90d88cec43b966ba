"""What the visible check accepts, the grader accepts, and the other way round: for every type.

The check compares what a function returned in the student's notebook. The grader compares what came
over from the student process. Each value goes both ways here; nbgrader's own Execute, under which
hidden tests call the function itself, is the third.
"""

import collections
import enum
import types
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse

from course_utils.check.visible_check import check_findings
from course_utils.explain import first_difference, try_call
from course_utils.messages import message
from grading.assignments.case import Case
from grading.diagnosis.match_mistakes import LikeStudent
from grading.hidden import WrongAnswer, call, has_form, has_values
from grading.isolation.serialization import Unsendable, pack, unpack
from tests.harness import COURSE, assignment_of, solution

pytestmark = pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")

ARRAY = np.array([[1.0, 2.0], [3.0, 4.0]])
MASK = np.array([[1, 0], [0, 1]])
NUMBER = 8.0
LAYERS = {"W1": ARRAY, "b1": ARRAY[:, :1]}
CACHE = (8.0, (ARRAY, ARRAY))

Pair = collections.namedtuple("Pair", "cost cache")


class Tensor:
    """As those of the frameworks: numpy can read it, but it is none of numpy's arrays."""

    def __init__(self, content):
        self.content = np.asarray(content)
        self.shape, self.dtype, self.ndim = self.content.shape, self.content.dtype, 0

    def __array__(self, dtype=None, copy=None):
        return self.content

    def __float__(self):
        return float(self.content)


class OwnArray(np.ndarray):
    pass


class OwnFloat(float):
    pass


class OwnList(list):
    pass


class Level(enum.IntEnum):
    EIGHT = 8


class Name(enum.StrEnum):
    W1 = "W1"


def array_of_strides():
    return np.repeat(np.repeat(ARRAY, 2, 0), 3, 1)[::2, ::3]


def read_only():
    array = ARRAY.copy()
    array.flags.writeable = False
    return array


def mapped(folder):
    np.save(folder / "array.npy", ARRAY)
    return np.load(folder / "array.npy", mmap_mode="r")


def structured():
    return np.zeros((2, 2), dtype=[("value", "f8")])


ACCEPTED = {
    "array": (ARRAY, ARRAY),
    "matrix": (np.matrix(ARRAY), ARRAY),
    "matrices in a dictionary": ({k: np.matrix(v) for k, v in LAYERS.items()}, LAYERS),
    "matrices in a tuple": ((8.0, (np.matrix(ARRAY), np.matrix(ARRAY))), CACHE),
    "half precision": (ARRAY.astype(np.float16), ARRAY),
    "single precision": (ARRAY.astype(np.float32), ARRAY),
    "extended precision": (ARRAY.astype(np.longdouble), ARRAY),
    "other byte order": (ARRAY.astype(">f8"), ARRAY),
    "Fortran order": (np.asfortranarray(ARRAY), ARRAY),
    "strides": (array_of_strides(), ARRAY),
    "negative strides": (ARRAY[::-1][::-1], ARRAY),
    "read-only": (read_only(), ARRAY),
    "broadcast": (np.broadcast_to(3.0, (2, 2)), np.full((2, 2), 3.0)),
    "mask of truth values": (MASK.astype(bool), MASK),
    "mask of bytes": (MASK.astype(np.int8), MASK),
    "mask of floats": (MASK.astype(float), MASK),
    "matrix for a mask": (np.matrix(MASK), MASK),
    "whole number": (8, NUMBER),
    "numpy's double": (np.float64(8), NUMBER),
    "numpy's half": (np.float16(8), NUMBER),
    "numpy's single": (np.float32(8), NUMBER),
    "numpy's extended": (np.longdouble(8), NUMBER),
    "numpy's int8": (np.int8(8), NUMBER),
    "numpy's uint64": (np.uint64(8), NUMBER),
    "0-d array": (np.array(8.0), NUMBER),
    "0-d int8": (np.array(8, dtype=np.int8), NUMBER),
    "OrderedDict": (collections.OrderedDict(LAYERS), LAYERS),
    "defaultdict": (collections.defaultdict(list, LAYERS), LAYERS),
    "Counter": (collections.Counter({"W1": 3}), {"W1": 3}),
    "namedtuple": (Pair(*CACHE), CACHE),
    "list for a tuple": ([8.0, [ARRAY, ARRAY]], CACHE),
    "subclass of list": (OwnList(CACHE), CACHE),
    "numpy's text as keys": ({np.str_(k): v for k, v in LAYERS.items()}, LAYERS),
}
REFUSED = {
    "masked array": (np.ma.masked_array(ARRAY, mask=MASK), ARRAY, "MaskedArray"),
    "masked array, nothing masked": (np.ma.masked_array(ARRAY), ARRAY, "MaskedArray"),
    "masked number": (np.ma.masked, NUMBER, "MaskedConstant"),
    "record array": (structured().view(np.recarray), ARRAY, "recarray"),
    "structured array": (structured(), ARRAY, "value"),
    "own array": (ARRAY.view(OwnArray), ARRAY, "OwnArray"),
    "own array in a dictionary": (LAYERS | {"W1": ARRAY.view(OwnArray)}, LAYERS, "OwnArray"),
    "object array": (ARRAY.astype(object), ARRAY, "object"),
    "0-d object array": (np.array(Fraction(8), dtype=object), NUMBER, "object"),
    "array of text": (ARRAY.astype(str), ARRAY, "<U"),
    "array of bytes": (ARRAY.astype("S"), ARRAY, "|S"),
    "complex array": (ARRAY.astype(complex), ARRAY, "complex"),
    "dates": (ARRAY.astype("M8[D]"), ARRAY, "datetime64"),
    "whole numbers for floats": (ARRAY.astype(np.int8), ARRAY, "int8"),
    "truth values for floats": (ARRAY.astype(bool), ARRAY, "bool"),
    "nested lists": (ARRAY.tolist(), ARRAY, "list"),
    "sparse matrix": (scipy.sparse.csr_matrix(ARRAY), ARRAY, "csr_matrix"),
    "sparse matrix in a dictionary": (
        LAYERS | {"W1": scipy.sparse.csr_matrix(ARRAY)},
        LAYERS,
        "csr_matrix",
    ),
    "tensor": (Tensor(ARRAY), ARRAY, "Tensor"),
    "tensor of one number": (Tensor(8.0), NUMBER, "Tensor"),
    "memory": (memoryview(ARRAY), ARRAY, "memoryview"),
    "matrix for a number": (np.matrix([[8.0]]), NUMBER, "(1, 1)"),
    "Fraction": (Fraction(8), NUMBER, "Fraction"),
    "Decimal": (Decimal(8), NUMBER, "Decimal"),
    "complex": (8 + 0j, NUMBER, "complex"),
    "numpy's complex": (np.complex128(8), NUMBER, "complex"),
    "truth value": (True, 1.0, "True"),
    "numpy's truth value": (np.True_, 1.0, "True"),
    "text": ("8", NUMBER, "str"),
    "own float": (OwnFloat(8), NUMBER, "OwnFloat"),
    "enumeration": (Level.EIGHT, NUMBER, "Level"),
    "number beyond 64 bits": (8 * 10**30, 8e30, "8000"),
    "None": (None, NUMBER, "None"),
    "function": (len, NUMBER, "builtin_function_or_method"),
    "mapping proxy": (types.MappingProxyType(LAYERS), LAYERS, "mappingproxy"),
    "UserDict": (collections.UserDict(LAYERS), LAYERS, "UserDict"),
    "items": (LAYERS.items(), LAYERS, "dict_items"),
    "values": (dict.fromkeys(range(2)).values(), (0, 1), "dict_values"),
    "generator": ((part for part in CACHE), CACHE, "generator"),
    "range": (range(2), (0, 1), "range"),
    "set": ({1, 2}, (1, 2), "set"),
    "deque": (collections.deque(CACHE), CACHE, "deque"),
    "enumeration as keys": ({Name.W1: ARRAY}, {"W1": ARRAY}, "Name"),
    "what a gradient may hold besides": (LAYERS | {"why": len}, LAYERS, "builtin_function"),
}
BOTH_WAYS = [pytest.param(*row[:2], id=name) for name, row in (ACCEPTED | REFUSED).items()]


def by_the_check(value, expected):
    """What is wrong with a value in the student's notebook, "" where nothing is."""
    made = try_call(lambda: value, [])
    return made.error or text_of(made.result, expected)


def by_the_grader(value, expected):
    """The same, of what comes over from the student process."""
    try:
        return text_of(unpack(pack(value)), expected)
    except Unsendable as error:
        return str(message("returned.what", what=str(error)))


def without_the_engine(value, expected):
    """The same, where hidden tests call the function itself."""
    try:
        result, _ = call(lambda: value, Case("g/c", "f", lambda rng: [], seed=0), [])
    except WrongAnswer as error:
        return str(error).removeprefix("f(): ")
    return text_of(result, expected)


def text_of(result, expected):
    difference = first_difference(result, expected, extra_keys=True)
    return str(difference or "")


@pytest.mark.parametrize(("value", "expected"), BOTH_WAYS)
def test_check_and_grader_say_the_same_of_every_type(value, expected):
    said = by_the_check(value, expected)
    assert by_the_grader(value, expected) == said
    assert without_the_engine(value, expected) == said


@pytest.mark.parametrize(
    ("value", "expected"), [pytest.param(*row, id=name) for name, row in ACCEPTED.items()]
)
def test_what_holds_the_right_numbers_is_accepted(value, expected):
    assert by_the_check(value, expected) == ""


@pytest.mark.parametrize(
    ("value", "expected", "name"), [pytest.param(*row, id=name) for name, row in REFUSED.items()]
)
def test_what_is_refused_is_named(value, expected, name):
    assert name in by_the_check(value, expected)


def test_the_visible_check_names_the_type_and_says_what_can_be_graded():
    def forward_propagation(x, theta):
        return Fraction(theta * x)

    (finding,) = check_findings(forward_propagation, "forward_propagation")
    assert f"{finding.got}" == "It returned a value of type fractions.Fraction."
    assert finding.found_text.startswith("What it returns cannot be graded. Only numbers,")
    assert f"{finding.question}".endswith("?")


def test_a_file_that_is_mapped_into_memory_is_an_array(tmp_path):
    assert by_the_check(mapped(tmp_path), ARRAY) == by_the_grader(mapped(tmp_path), ARRAY) == ""


def test_a_list_that_contains_itself_is_refused_on_both_sides():
    value = []
    value.append(value)
    assert "nested too deeply" in by_the_check(value, ARRAY)
    assert by_the_grader(value, ARRAY) == by_the_check(value, ARRAY)


def as_matrices(value):
    """A result with every array of two dimensions as a matrix."""
    if isinstance(value, dict):
        return {key: as_matrices(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(map(as_matrices, value))
    return np.matrix(value) if isinstance(value, np.ndarray) and value.ndim == 2 else value


@pytest.mark.parametrize(
    ("function", "group"),
    [
        ("initialize_parameters_he", "initialization/he/shallow"),
        ("backward_propagation_n", "gradient_checking/backward_n/classic"),
        ("forward_propagation_n", "gradient_checking/forward_n/classic"),
    ],
)
def test_a_solution_that_returns_matrices_passes_its_check_and_keeps_its_marks(function, group):
    assert assignment_of(function) in COURSE.assignments

    def made_of_matrices(*arguments, **keywords):
        return as_matrices(solution(function)(*arguments, **keywords))

    made_of_matrices.__name__ = function
    assert check_findings(made_of_matrices, function) == []
    over_there = LikeStudent(made_of_matrices)
    has_form(over_there, group)
    has_values(over_there, group)


def test_what_comes_of_a_matrix_is_an_array_that_writes_to_it():
    matrix = np.matrix(ARRAY)
    arrays = []
    pack({"W1": matrix}, arrays)
    arrays[0][...] = 7
    assert type(arrays[0]) is np.ndarray
    assert (matrix == 7).all()
