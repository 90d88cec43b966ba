"""Values that may cross between two processes arrive as they were; others are refused by type."""

import collections
import math
import random
import subprocess
import sys

import msgpack
import numpy as np
import pytest

from grading.isolation.serialization import (
    ARRAY,
    BIG_INT,
    COMPLEX,
    SCALAR,
    TUPLE,
    BadMessage,
    Unsendable,
    pack,
    unpack,
)

DTYPES = (
    "bool",
    "i1",
    "i2",
    "i4",
    "i8",
    "u1",
    "u2",
    "u4",
    "u8",
    "f2",
    "f4",
    "f8",
    "longdouble",
    "c8",
    "c16",
    "U7",
    ">f8",
    ">i4",
)
PLAIN = (
    type(None),
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    list,
    tuple,
    dict,
    np.ndarray,
    np.generic,
)


def returned(value):
    return unpack(pack(value))


def assert_same(got, wanted):
    """Equal in type, dtype, order in memory and content, NaN counting as equal to itself."""
    assert type(got) is type(wanted)
    if isinstance(wanted, np.ndarray | np.generic):
        assert got.dtype == wanted.dtype
        assert got.shape == wanted.shape
        assert got.tolist() == wanted.tolist() or got.tobytes() == wanted.tobytes()
    elif isinstance(wanted, list | tuple):
        assert len(got) == len(wanted)
        for one, other in zip(got, wanted):
            assert_same(one, other)
    elif isinstance(wanted, dict):
        assert_same(list(got.items()), list(wanted.items()))
    else:
        assert got == wanted or (got != got and wanted != wanted)


# --- what crosses


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_array_keeps_dtype_shape_and_content(dtype):
    assert_same(
        returned(np.arange(6).reshape(2, 3).astype(dtype)), np.arange(6).reshape(2, 3).astype(dtype)
    )


@pytest.mark.parametrize("order", ["C", "F"])
def test_an_array_keeps_its_order_in_memory(order):
    array = returned(np.asarray(np.arange(6.0).reshape(2, 3), order=order))
    assert array.flags.c_contiguous == (order == "C")
    assert array.flags.f_contiguous == (order == "F")
    assert array.tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(
    "array",
    [
        np.array(2.5),
        np.zeros(0),
        np.zeros((0, 3)),
        np.zeros((2, 0), order="F"),
        np.arange(10)[::2],
        np.arange(12).reshape(2, 3, 2).transpose(1, 0, 2),
        np.broadcast_to(1.5, (3, 2)),
    ],
)
def test_odd_arrays_keep_shape_and_content(array):
    assert_same(returned(array), array)


def test_an_array_can_be_written_to_after_crossing():
    array = returned(np.broadcast_to(1.0, (2, 2)))
    array[0, 0] = 7
    assert array.sum() == 10


@pytest.mark.parametrize(
    "number",
    [
        np.float64(0.1),
        np.float32(0.1),
        np.float16(2),
        np.int8(-3),
        np.uint64(2**64 - 1),
        np.bool_(True),
        np.complex64(1j),
        np.str_("word"),
        np.float64("nan"),
    ],
)
def test_a_numpy_number_keeps_its_type(number):
    assert_same(returned(number), number)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        2**63,
        2**64 - 1,
        2**64,
        -(2**63) - 1,
        10**300,
        0.1,
        -0.0,
        math.inf,
        -math.inf,
        math.nan,
        1 + 2j,
        complex(math.nan, math.inf),
        "",
        "naïve ✓",
        b"",
        b"\x00\xff",
    ],
)
def test_a_plain_value_comes_back_as_it_was(value):
    assert_same(returned(value), value)


def test_the_sign_of_zero_crosses():
    assert math.copysign(1, returned(-0.0)) == -1


@pytest.mark.parametrize(
    "value",
    [
        (),
        [],
        {},
        (1, [2, (3,)]),
        [(1, 2), (3, 4)],
        {"W1": np.ones((2, 1)), "b": (np.zeros(1), None)},
        {1: "one", 2: "two"},
        {None: 1, True: 2, 2.5: 3},
        ((((), ()),),),
        [[[]]],
        {"a": {"b": {"c": ()}}},
    ],
)
def test_containers_cross_with_all_that_is_in_them(value):
    assert_same(returned(value), value)


class Lying(list):
    def __iter__(self):
        return iter(["lies"])


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict(list, a=[1]), {"a": [1]}),
        (collections.namedtuple("Pair", "a b")(1, 2), (1, 2)),
        (Lying([1, 2]), [1, 2]),
    ],
)
def test_a_subclass_of_a_container_becomes_its_plain_content(value, plain):
    assert_same(returned(value), plain)


def test_the_arrays_met_are_collected_in_the_same_order_on_both_sides():
    value = {"a": np.ones(1), "b": [np.ones(2), (np.ones(3), 5)]}
    packed, unpacked = [], []
    unpack(pack(value, packed), unpacked)
    assert [len(array) for array in packed] == [len(array) for array in unpacked] == [1, 2, 3]


@pytest.mark.parametrize("said", [{1: 0}, {1: 0, 2: 0, 3: 1}, {1: 1}, {1: 7}, {1: -1}, {0: 1}])
def test_only_arrays_that_are_alike_become_one(said):
    """Whatever the other side says: it may say anything."""
    value = [np.zeros(3), np.zeros(3), np.zeros((3, 1)), np.ones(3)]
    arrived = unpack(pack(value), shared=said)
    assert [array.tolist() for array in arrived] == [array.tolist() for array in value]
    assert (arrived[1] is arrived[0]) == (said.get(1) == 0)
    assert len({id(array) for array in arrived[2:]}) == 2


# --- what is refused on its way out


class AlwaysEqual:
    def __eq__(self, other):
        return True

    __hash__ = None


class Kelvin(float):
    pass


def loop():
    value = []
    value.append(value)
    return value


def loop_of_tuples():
    value = ([],)
    value[0].append(value)
    return value


def nested(kind, depth):
    value = kind()
    for _ in range(depth):
        value = kind([value])
    return value


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.ma.masked_array([1.0]), "numpy.ma.MaskedArray"),
        (np.ones(1).view(np.recarray), "recarray"),
        (np.array([object()]), "dtype object"),
        (np.zeros(1, dtype=[("a", "f8")]), "dtype .*a"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "dtype datetime64"),
        (np.array([b"abc"]), "dtype .S3"),
        (np.datetime64("2020-01-01"), "dtype datetime64"),
        ((n for n in ()), "generator"),
        ({1, 2}, "set"),
        (test_the_sign_of_zero_crosses, "function"),
        (len, "builtin_function_or_method"),
        (AlwaysEqual(), "AlwaysEqual"),
        (Kelvin(1), "Kelvin"),
        (range(3), "range"),
        (float, "type"),
        ({"a": [1, {2}]}, "set"),
        ({(1, AlwaysEqual): 2}, "type"),
    ],
)
def test_what_may_not_cross_is_refused_by_its_type(value, name):
    with pytest.raises(Unsendable, match=name):
        pack(value)


@pytest.mark.parametrize(
    "value", [loop(), loop_of_tuples(), nested(list, 5000), nested(tuple, 5000)]
)
def test_what_is_nested_without_end_is_refused(value):
    with pytest.raises(Unsendable, match="nested too deeply"):
        pack(value)


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(2_100_000),
        np.broadcast_to(0.0, (10**6, 10**6)),
        "x" * 17_000_000,
        [np.zeros(1_100_000)] * 2,
        b"x" * 17_000_000,
    ],
)
def test_what_is_too_large_is_refused(value):
    with pytest.raises(Unsendable, match=r"bytes, where 16,000,000 are allowed"):
        pack(value)


def test_text_that_is_no_unicode_is_refused():
    with pytest.raises(Unsendable):
        pack("\ud800")


# --- what is refused on its way in


def extension(code, *parts):
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb(list(parts))))


def described(name="<f8", shape=(1,), order="C", content=b"\0" * 8, code=ARRAY):
    form = " ".join(map(str, [name, order, *shape]))
    return msgpack.packb(msgpack.ExtType(code, form.encode() + b"\n" + content))


def test_the_description_of_an_array_is_as_these_tests_write_it():
    assert unpack(described()) == np.zeros(1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"\x91",
        pack("word")[:-1],
        pack(np.ones(5))[:-1],
        pack([1, 2]) + b"\0",
        b"\xdd\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
        b"\x91" * 100_000,
        b"\x81\x90\x01",
        b"\xa1\xff",
    ],
)
def test_bytes_that_are_no_value_are_refused(data):
    with pytest.raises(BadMessage):
        unpack(data)


@pytest.mark.parametrize(
    "data",
    [
        described(shape=(2,)),
        described(shape=(0,)),
        described(shape=()) + b"x",
        described(shape=(-1,)),
        described(shape=(-1, -1)),
        described(shape=(2**62, 4)),
        described(shape=(1.0,)),
        described(shape=(True,)),
        described(shape=[1] * 40),
        described(shape=(0, 10**6, 10**6, 10**6, 10**6), content=b""),
        described(order="K"),
        described(order=None),
        described(content=b"\0" * 7),
        described(shape=("1x",)),
        described(shape=("\u0661",)),  # a digit, though not one of ours
        described(shape=(" 1",)),
        described(shape=("0" * 300 + "1",)),
        msgpack.packb(msgpack.ExtType(ARRAY, b"<f8 C 0")),
        msgpack.packb(msgpack.ExtType(ARRAY, b"")),
        msgpack.packb(msgpack.ExtType(ARRAY, b"\x05")),
    ],
)
def test_an_array_that_lies_about_itself_is_refused(data):
    with pytest.raises(BadMessage):
        unpack(data)


@pytest.mark.parametrize(
    "name",
    [
        "|O",
        "O",
        "<O8",
        "object",
        "|V8",
        "<M8[ns]",
        "<m8",
        "S8",
        "f8",
        "<f8,<f8",
        "<f9",
        "<i3",
        "<c1",
        "<f99",
        "(2,)f4",
        "<f8 ",
        "<f8\n",
        "{'names':['a'],'formats':['f8']}",
        "",
        "ctypes.c_double",
        "<U",
        "<U9999999",
        None,
        8,
        b"<f8",
    ],
)
def test_a_dtype_that_is_no_number_or_text_is_refused(name):
    with pytest.raises(BadMessage):
        unpack(described(name=name))


@pytest.mark.parametrize(
    "data",
    [
        msgpack.packb(msgpack.ExtType(0, b"")),
        msgpack.packb(msgpack.ExtType(6, b"x")),
        msgpack.packb(msgpack.ExtType(127, b"x" * 9)),
        described(code=SCALAR),
        msgpack.packb(msgpack.ExtType(TUPLE, msgpack.packb({}))),
        msgpack.packb(msgpack.ExtType(TUPLE, msgpack.packb("abc"))),
        msgpack.packb(msgpack.ExtType(TUPLE, b"")),
        extension(COMPLEX, 1),
        extension(COMPLEX, 1, 2, 3),
        extension(COMPLEX, "x", "y"),
        extension(COMPLEX, None, 1),
        msgpack.packb(msgpack.ExtType(BIG_INT, b"")),
        msgpack.packb(msgpack.ExtType(BIG_INT, b"1e9")),
        msgpack.packb(msgpack.ExtType(BIG_INT, b"1_0")),
        msgpack.packb(msgpack.ExtType(BIG_INT, b" 1")),
        msgpack.packb(msgpack.ExtType(BIG_INT, b"9" * 4001)),
        msgpack.packb(msgpack.ExtType(BIG_INT, "١".encode())),
    ],
)
def test_an_extension_that_pack_does_not_write_is_refused(data):
    with pytest.raises(BadMessage):
        unpack(data)


def test_msgpack_s_own_timestamp_brings_no_type_of_its_own():
    """msgpack decodes this extension itself, without asking; what comes of it must be plain."""
    with_timestamp = msgpack.packb([msgpack.Timestamp(1, 2)])
    try:
        (value,) = unpack(with_timestamp)
    except BadMessage:
        return
    assert isinstance(value, PLAIN)


@pytest.mark.parametrize("depth", [50, 400, 5000])
def test_deeply_nested_tuples_do_not_end_the_process_that_reads_them(depth):
    """In a process of its own, since what must not happen is that the process ends."""
    code = f"""if True:
        import msgpack
        from grading.isolation.serialization import TUPLE, BadMessage, unpack
        data = msgpack.packb([])
        for _ in range({depth}):
            data = msgpack.packb([msgpack.ExtType(TUPLE, data)])
        try:
            unpack(data)
        except BadMessage:
            pass
    """
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# --- whatever comes


SAMPLES = [
    {"W1": np.arange(6.0).reshape(2, 3), "b1": np.zeros((2, 1))},
    (np.float64(0.5), (np.ones((2, 2), order="F"), [None, True, "text", b"bytes"])),
    [10**30, 1 + 2j, -5, 2.5, np.array(["a", "bcd"]), {1: (), 2: [[]]}],
    np.random.RandomState(1).get_state(),
]


def spoil(data, chance):
    """Some bytes changed, left out, or doubled."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(spoilt))
        what = chance.random()
        if what < 0.7:
            spoilt[place] = chance.choice(
                [0, 1, 0x7F, 0x80, 0x90, 0xC0, 0xC9, 0xD6, 0xDD, 0xFF, chance.randrange(256)]
            )
        elif what < 0.85:
            del spoilt[place : place + chance.randint(1, 5)]
        else:
            spoilt[place:place] = spoilt[place : place + chance.randint(1, 5)]
        spoilt = spoilt or bytearray(b"\0")
    return bytes(spoilt)


def components_of(value):
    yield value
    inner = (
        value.items()
        if isinstance(value, dict)
        else value
        if isinstance(value, list | tuple)
        else ()
    )
    for part in inner:
        yield from components_of(part)


@pytest.mark.parametrize("sample", range(len(SAMPLES)))
def test_spoilt_bytes_are_a_plain_value_or_a_bad_message(sample):
    chance = random.Random(sample)
    data = pack(SAMPLES[sample])
    refused = 0
    for _ in range(3000):
        try:
            value = unpack(spoil(data, chance))
        except BadMessage:
            refused += 1
        else:
            assert all(isinstance(part, PLAIN) for part in components_of(value))
    assert 0 < refused < 3000


def test_random_bytes_are_a_plain_value_or_a_bad_message():
    chance = random.Random(7)
    for _ in range(5000):
        try:
            value = unpack(chance.randbytes(chance.randint(0, 40)))
        except BadMessage:
            continue
        assert all(isinstance(part, PLAIN) for part in components_of(value))
