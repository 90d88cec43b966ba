"""Values that cross between the student process and its caller, as bytes that carry no code.

Which they are is said in `course_utils.explain.plain_values`, since the visible checks obey the
same rule. Anything else is refused by its type.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import msgpack
import numpy as np

from course_utils.explain import DTYPE, MAX_DEPTH, NotPlain, plain_value, type_name
from grading.messages import message

ARRAY, SCALAR, TUPLE, COMPLEX, BIG_INT = 1, 2, 3, 4, 5  # codes of msgpack extensions
MAX_DIMENSIONS = 16
# What an array is, as a line of text before its bytes: type, order in memory, sizes.
FORM = re.compile(rf"({DTYPE.pattern}) ([CF])((?: \d{{1,8}}){{0,{MAX_DIMENSIONS}}})\n")
LONGEST_FORM = 200  # bytes
BUFFER = 4096  # bytes that msgpack asks for at first: most values are smaller than its 256 KB
MAX_ITEMS = 200_000  # of one list or dictionary; a larger one is no answer to any exercise
# Keys of one dictionary can be chosen so that reading them takes the square of their number.
MAX_KEYS = 1_000
# Text and numbers below 2**60 have hashes that cannot be chosen so. All others of one value:
MAX_ODD_KEYS = 100
MAX_TOTAL_ITEMS = 2_000_000  # of all lists, dictionaries and descriptions of arrays in one value
MAX_BYTES = 16_000_000  # of one value, and of one message from a student process
# What msgpack, numpy and Python raise for bytes that cannot be read.
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
    MemoryError,
    msgpack.UnpackException,
)


class Unsendable(TypeError):
    """A value that may not cross; the message names its type."""


class BadMessage(ValueError):
    """Bytes from the other side that do not follow the format."""


def pack(value: Any, arrays: list[np.ndarray] | None = None) -> bytes:
    """The value as bytes; Unsendable names what cannot cross.

    arrays: collects the arrays in the value, in the order in which they are met
    """
    encoder = _Encoder([] if arrays is None else arrays)
    try:
        data = _dump(plain_value(value), encoder)
    except NotPlain as error:
        raise Unsendable(str(error)) from None
    except Unsendable:
        raise
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        why = message("value.not_written", value=type_name(value), error=str(error))
        raise Unsendable(why) from None
    if len(data) > MAX_BYTES:
        found = type_name(value)
        raise Unsendable(message("value.too_large", value=found, size=len(data), most=MAX_BYTES))
    return data


def unpack(
    data: bytes,
    arrays: list[np.ndarray] | None = None,
    shared: Mapping[int, int] = MappingProxyType({}),
) -> Any:
    """The value that was packed; BadMessage for whatever `pack` would not have written.

    arrays: as in `pack`
    shared: position of an array -> that of an earlier one which it is, with the same entries
    """
    try:
        return _load(data, _Decoder([] if arrays is None else arrays, shared))
    except BadMessage:
        raise
    except UNREADABLE as error:
        raise BadMessage(message("value.unreadable", error=type(error).__name__)) from None


@dataclass(frozen=True)
class _Encoder:
    """Encodes what msgpack does not know. arrays: those met so far.

    A nested function that refers to itself would be a reference cycle, and would keep the arrays
    until the garbage collector runs.
    """

    arrays: list[np.ndarray]

    def __call__(self, part: Any) -> Any:
        return _encode(part, self, self.arrays)


@dataclass
class _Decoder:
    """Decodes our extensions. arrays: those met so far; shared: see `unpack`

    depth: of tuples in tuples, each of which goes through C code that does not watch its stack
    items: of all containers so far; odd_keys: keys so far whose hashes can be chosen to collide
    """

    arrays: list[np.ndarray]
    shared: Mapping[int, int]
    depth: int = 0
    items: int = 0
    odd_keys: int = 0

    def __call__(self, code: int, payload: bytes) -> Any:
        if self.depth >= MAX_DEPTH:
            raise BadMessage(message("value.too_deep"))
        self.depth += 1
        try:
            return _decode(code, payload, self)
        finally:
            self.depth -= 1

    def take_array(self, array: np.ndarray) -> np.ndarray:
        """An array that was read; where it is said to be an earlier one, that one."""
        earlier = self.shared.get(len(self.arrays), -1)
        if 0 <= earlier < len(self.arrays) and _are_alike(self.arrays[earlier], array):
            array = self.arrays[earlier]
        self.arrays.append(array)
        return array

    def take_list(self, items: list) -> list:
        """A list that was read; BadMessage when the value holds too much in all."""
        self.count_items(len(items))
        return items

    def take_pairs(self, pairs: list[tuple[Any, Any]]) -> dict:
        """A dictionary of pairs that were read; its keys are counted before they are hashed."""
        self.count_items(2 * len(pairs))
        self.odd_keys += sum(not _is_plain_key(key) for key, _ in pairs)
        if self.odd_keys > MAX_ODD_KEYS:
            raise BadMessage(message("value.odd_keys", most=MAX_ODD_KEYS))
        return dict(pairs)

    def count_items(self, count: int) -> None:
        """Note that the value holds so many more; BadMessage where these are too many in all."""
        self.items += count + 1
        if self.items > MAX_TOTAL_ITEMS:
            raise BadMessage(message("value.too_many_parts", most=MAX_TOTAL_ITEMS))


def _is_plain_key(key: Any) -> bool:
    """Whether nobody can choose many such keys with one hash."""
    return type(key) is str or (type(key) is int and abs(key) < 1 << 60)


def _dump(value: Any, encode: Any) -> bytes:
    return msgpack.packb(value, default=encode, strict_types=True, buf_size=BUFFER)


def _load(data: bytes, decode: _Decoder) -> Any:
    return msgpack.unpackb(
        data,
        timestamp=1,  # a float: msgpack's own extension must not bring a type that is not ours
        ext_hook=decode,
        list_hook=decode.take_list,
        object_pairs_hook=decode.take_pairs,
        strict_map_key=False,
        max_array_len=MAX_ITEMS,
        max_map_len=MAX_KEYS,
    )


def _encode(part: Any, encode: Any, arrays: list[np.ndarray]) -> Any:
    """One of our extensions."""
    kind = type(part)
    if kind is np.ndarray:
        arrays.append(part)
        return msgpack.ExtType(ARRAY, _array_bytes(part))
    if isinstance(part, np.generic):
        return msgpack.ExtType(SCALAR, _array_bytes(np.asarray(part)))
    if kind is tuple:
        return msgpack.ExtType(TUPLE, _dump(list(part), encode))
    if kind is complex:
        return msgpack.ExtType(COMPLEX, msgpack.packb([part.real, part.imag]))
    if kind is int:
        return msgpack.ExtType(BIG_INT, str(part).encode())
    raise Unsendable(type_name(part))


def _array_bytes(array: np.ndarray) -> bytes:
    if array.nbytes > MAX_BYTES:
        raise Unsendable(message("value.large_array", size=array.nbytes, most=MAX_BYTES))
    flags = array.flags
    order: Literal["F", "C"] = "F" if flags.f_contiguous and not flags.c_contiguous else "C"
    return _form_bytes(array.dtype, array.shape, order) + array.tobytes(order)


@lru_cache(maxsize=1024)
def _form_bytes(dtype: np.dtype, shape: tuple[int, ...], order: str) -> bytes:
    """An array's form as a line of text."""
    return " ".join([dtype.str, order, *map(str, shape)]).encode() + b"\n"


def _decode(code: int, payload: bytes, decode: _Decoder) -> Any:
    if code == ARRAY:
        return decode.take_array(_array(payload, decode))
    if code == SCALAR:
        array = _array(payload, decode)
        if array.shape != ():
            raise BadMessage(message("value.not_a_number"))
        return array[()]
    if code == TUPLE:
        items = _load(payload, decode)
        if type(items) is not list:
            raise BadMessage(message("value.not_a_tuple"))
        return tuple(items)
    if code == COMPLEX:
        real, imaginary = _load(payload, decode)
        return complex(float(real), float(imaginary))
    if code == BIG_INT and re.fullmatch(rb"-?\d{1,4000}", payload):
        return int(payload)
    raise BadMessage(message("value.unknown_kind", kind=code))


def _are_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays are the same in all but where they lie."""
    same_form = one.dtype == other.dtype and one.shape == other.shape
    return same_form and one.tobytes() == other.tobytes()


def _array(payload: bytes, decode: _Decoder) -> np.ndarray:
    """An array whose form has been checked against its bytes before numpy sees either."""
    end = payload.index(b"\n", 0, LONGEST_FORM) + 1
    form, content = _read_form(payload[:end]), payload[end:]
    decode.count_items(len(form.shape))
    if form.size != len(content):
        raise BadMessage(message("value.other_shape"))
    if not content:
        return np.zeros(form.shape, form.dtype, order=form.order)
    return np.ndarray(form.shape, form.dtype, content, order=form.order).copy(order=form.order)


class _Form(NamedTuple):
    """What an array is. size: of its content, in bytes"""

    dtype: np.dtype
    order: Literal["F", "C"]
    shape: tuple[int, ...]
    size: int


@lru_cache(maxsize=1024)  # a submission's arrays are of a few forms
def _read_form(line: bytes) -> _Form:
    """The form that the line says; BadMessage where it is none."""
    found = FORM.fullmatch(line.decode("ascii"))
    shape = tuple(map(int, found[3].split())) if found else ()
    if found is None or max(shape, default=0) > MAX_BYTES:
        raise BadMessage(message("value.bad_array"))
    dtype = np.dtype(found[1])
    order: Literal["F", "C"] = "F" if found[2] == "F" else "C"
    return _Form(dtype, order, shape, math.prod(shape) * dtype.itemsize)
