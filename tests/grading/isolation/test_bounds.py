"""What a student process sends costs its reader bounded memory and time, in whatever form."""

import socket
import sys

import msgpack
import pytest

from grading.isolation.channel import HEADER, Channel
from grading.isolation.outputs import (
    MAX_ERRORS,
    MAX_TRACEBACK_LINES,
    OutputBudget,
    Recorder,
    error_output,
)
from grading.isolation.serialization import (
    BIG_INT,
    COMPLEX,
    TUPLE,
    BadMessage,
    pack,
    unpack,
)

SIZE_OF_HASHES = sys.hash_info.modulus
MANY = 101  # keys whose hashes a student can choose

# --- dictionaries whose keys collide


def extension(code, content):
    return msgpack.ExtType(code, content)


COLLIDING = {
    "whole numbers with one hash": [
        extension(BIG_INT, str(SIZE_OF_HASHES * number).encode()) for number in range(1, MANY + 1)
    ],
    "large numbers": [2**60 + number for number in range(MANY)],
    "tuples": [extension(TUPLE, msgpack.packb([number, 1])) for number in range(MANY)],
    "complex numbers": [extension(COMPLEX, msgpack.packb([number, 1.0])) for number in range(MANY)],
    "fractions": [number + 0.5 for number in range(MANY)],
}


def dictionary(keys):
    """msgpack of a dictionary with keys that Python could not hold as such."""
    pairs = b"".join(msgpack.packb(key) + b"\x00" for key in keys)
    return b"\xde" + len(keys).to_bytes(2, "big") + pairs


@pytest.mark.parametrize("kind", COLLIDING)
def test_many_keys_whose_hashes_can_be_chosen_are_refused(kind):
    keys = COLLIDING[kind]
    assert len(unpack(dictionary(keys[:-1]))) == MANY - 1
    with pytest.raises(BadMessage, match="more than 100 keys"):
        unpack(dictionary(keys))


def test_the_keys_of_all_dictionaries_of_a_value_are_counted_together():
    few = dictionary(COLLIDING["fractions"][:51])
    with pytest.raises(BadMessage, match="more than 100 keys"):
        unpack(b"\x92" + few + few)


@pytest.mark.parametrize(
    "value",
    [
        {f"W{number}": number for number in range(1000)},
        {number: str(number) for number in range(1000)},
        {(layer, "W"): layer for layer in range(20)},
        {None: 1, True: 2, 2.5: 3, b"x": 4},
    ],
)
def test_a_dictionary_with_keys_as_exercises_have_them_crosses(value):
    assert unpack(pack(value)) == value


# --- many small objects


def test_a_value_of_many_small_lists_is_refused():
    inner = b"\xdd" + (200_000).to_bytes(4, "big") + b"\x90" * 200_000
    with pytest.raises(BadMessage, match="more than 2,000,000 parts"):
        unpack(b"\x9b" + inner * 11)


def test_a_value_of_many_small_dictionaries_is_refused():
    inner = b"\xdd" + (200_000).to_bytes(4, "big") + b"\x80" * 200_000
    with pytest.raises(BadMessage, match="more than 2,000,000 parts"):
        unpack(b"\x9b" + inner * 11)


def test_a_long_list_of_numbers_crosses():
    value = [[float(number) for number in range(1000)] for _ in range(200)]
    assert unpack(pack(value)) == value


def received(data, **bounds):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours, **bounds)
        theirs.sendall(data)
        return [channel.receive(1), channel.receive(1)]


@pytest.mark.parametrize("empty", [b"\x90", b"\x80"])
def test_a_message_of_many_small_objects_is_refused(empty, monkeypatch):
    monkeypatch.setattr("grading.isolation.channel.MAX_MESSAGE_ITEMS", 1_000)
    data = b"\x81\xa1a\xdd" + (1_001).to_bytes(4, "big") + empty * 1_001
    with pytest.raises(BadMessage):
        received(HEADER.pack(len(data)) + data)


def test_what_a_process_sends_in_all_is_bounded():
    data = msgpack.packb({"a": b"x" * 100})
    message = HEADER.pack(len(data)) + data
    assert len(received(message * 2, total=2 * len(message))) == 2
    with pytest.raises(BadMessage, match="more than 200 bytes in all"):
        received(message * 2, total=200)


# --- outputs


def long_error():
    return error_output("ValueError", "x" * 4_000, ["x" * 4_000] * MAX_TRACEBACK_LINES)


def length_of(outputs):
    return sum(len(str(output)) for output in outputs)


def test_errors_count_as_output_and_all_are_named():
    recorder = Recorder(1_000_000)
    for _ in range(MAX_ERRORS):
        recorder.emit(long_error())
    assert len(recorder.outputs) == MAX_ERRORS
    assert {output["ename"] for output in recorder.outputs} == {"ValueError"}
    assert length_of(recorder.outputs) < 1_250_000


def test_an_error_after_much_text_is_shown_without_its_traceback():
    recorder = Recorder(1_000)
    recorder.emit({"output_type": "stream", "name": "stdout", "text": "x" * 2_000})
    recorder.emit(error_output("ValueError", "no", ["line 1", "line 2"]))
    assert recorder.outputs[-1] == error_output("ValueError", "no")


def test_text_after_long_errors_is_cut_with_a_note():
    recorder = Recorder(10_000)
    recorder.emit(error_output("ValueError", "no", ["x" * 4_000] * 2))
    recorder.emit({"output_type": "stream", "name": "stdout", "text": "x" * 9_000})
    assert "The rest was cut" in recorder.outputs[-1]["text"]


def test_the_cells_of_a_submission_share_one_budget():
    budget = OutputBudget(100)
    text = {"output_type": "stream", "name": "stdout", "text": "x" * 60}
    assert budget.kept([text]) == [text]
    note, error = budget.kept([text, error_output("ValueError", "no", ["line 1", "line 2"])])
    assert "All cells together put out more than" in note["text"]
    assert error == error_output("ValueError", "no")
