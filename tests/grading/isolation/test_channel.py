"""Messages between two processes, over a real pair of sockets."""

import socket
import threading
import time

import msgpack
import pytest

from grading.isolation.channel import HEADER, Channel, ChannelClosed, ChannelTimeout
from grading.isolation.serialization import BadMessage


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def channel(ends):
    return Channel(ends[0], limit=1_000_000)


@pytest.fixture
def wire(ends):
    """The other end, as bytes."""
    return ends[1]


def framed(message):
    data = msgpack.packb(message)
    return HEADER.pack(len(data)) + data


def test_messages_arrive_whole_and_in_order(channel, wire):
    other = Channel(wire)
    for number in range(3):
        other.send({"number": number, "bytes": b"\x00\xff", "list": [1, None, 2.5]})
    assert [channel.receive(1)["number"] for _ in range(3)] == [0, 1, 2]


def test_a_message_larger_than_the_socket_s_buffer_arrives(channel, wire):
    message = {"bytes": b"x" * 900_000}
    sender = threading.Thread(target=Channel(wire).send, args=(message,))
    sender.start()
    assert channel.receive(5) == message
    sender.join()


def test_messages_in_pieces_are_put_together(channel, wire):
    data = framed({"a": 1}) + framed({"b": 2})
    for piece in (data[:2], data[2:5], data[5:9], data[9:]):
        wire.sendall(piece)
    assert [channel.receive(1), channel.receive(1)] == [{"a": 1}, {"b": 2}]


def test_a_timeout_keeps_what_came_of_the_message(channel, wire):
    data = framed({"half": "a message"})
    for piece in (data[:3], data[3:10]):
        wire.sendall(piece)
        with pytest.raises(ChannelTimeout):
            channel.receive(0.02)
    wire.sendall(data[10:])
    assert channel.receive(1) == {"half": "a message"}


def test_a_slow_stream_of_bytes_cannot_put_off_the_timeout(channel, wire):
    wire.sendall(HEADER.pack(1000))
    dripping = threading.Event()

    def drip():
        while not dripping.wait(0.02):
            wire.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()
    with pytest.raises(ChannelTimeout):
        channel.receive(0.2)
    dripping.set()
    thread.join()
    assert time.monotonic() - start < 1


def test_a_message_longer_than_the_limit_is_refused_by_its_header(channel, wire):
    wire.sendall(HEADER.pack(1_000_001))
    with pytest.raises(BadMessage, match="1,000,001 bytes, where 1,000,000 are allowed"):
        channel.receive(1)


@pytest.mark.parametrize(
    "data",
    [
        b"\xc1",
        b"\x81",
        b"",
        b"\x01\x02",
        msgpack.packb([1]),
        msgpack.packb("word"),
        msgpack.packb({1: 2}),
        msgpack.packb({b"op": 2}),
        b"\x91" * 3000,
        b"\x81\xa1\xff\x01",
        b"\x81\x90\x01",
    ],
)
def test_what_is_no_dictionary_of_names_is_refused(channel, wire, data):
    wire.sendall(HEADER.pack(len(data)) + data)
    with pytest.raises(BadMessage):
        channel.receive(1)


def test_the_message_after_a_bad_one_is_read(channel, wire):
    wire.sendall(HEADER.pack(1) + b"\xc1" + framed({"good": 1}))
    with pytest.raises(BadMessage):
        channel.receive(1)
    assert channel.receive(1) == {"good": 1}


def test_a_closed_peer_is_noticed_by_who_waits(channel, wire):
    wire.sendall(framed({"last": 1})[:-1])
    wire.close()
    with pytest.raises(ChannelClosed):
        channel.receive(1)


def test_a_message_sent_before_the_end_is_still_read(channel, wire):
    wire.sendall(framed({"last": 1}))
    wire.close()
    assert channel.receive(1) == {"last": 1}


def test_a_closed_peer_is_noticed_by_who_sends(channel, wire):
    wire.close()
    with pytest.raises(ChannelClosed):
        channel.send({"a": 1})


def give_up():
    raise ChannelTimeout


def test_who_sends_to_a_peer_that_does_not_read_is_asked_how_long_to_wait(channel):
    asked = []

    def is_not_taken():
        asked.append(None)
        if len(asked) == 5:
            raise ChannelTimeout
        return 0.01

    with pytest.raises(ChannelTimeout):
        channel.send({"bytes": b"x" * 5_000_000}, 0.01, is_not_taken)
    assert len(asked) == 5


def test_a_channel_says_whether_there_is_something_to_read_and_room_to_send(channel, wire):
    assert (channel.has_input(), channel.has_room()) == (False, True)
    wire.sendall(framed({"one": 1}) + framed({"two": 2}))
    assert channel.has_input()
    channel.receive()
    assert channel.has_input()  # in this process already
    channel.receive()
    assert not channel.has_input()
    wire.sendall(framed({"three": 3})[:-1])
    with pytest.raises(ChannelTimeout):
        channel.receive(0.01)
    assert not channel.has_input()  # the other side owes the rest of a message: no wait for us
    with pytest.raises(ChannelTimeout):
        channel.send({"bytes": b"x" * 5_000_000}, 0.01, give_up)
    assert not channel.has_room()


def test_a_message_of_which_a_part_was_waited_for_arrives_whole(channel, wire):
    message = {"bytes": bytes(range(256)) * 3_000}
    received = []
    reader = threading.Thread(target=lambda: received.append(channel.receive()))

    def is_not_taken():
        if not reader.is_alive() and not received:
            reader.start()
        return 0.01

    Channel(wire).send(message, 0.01, is_not_taken)
    reader.join()
    assert received == [message]


def test_text_that_is_no_unicode_arrives_with_a_mark_in_its_place(channel, wire):
    """Half a surrogate pair may stand in a notebook, a file's name or an error."""
    Channel(wire).send({"source": "print('\ud800')"})
    assert channel.receive(1)["source"].startswith("print('")


def test_the_last_message_that_has_arrived_can_be_seen_before_it_is_taken(channel, wire):
    assert channel.last_arrived() is None
    wire.sendall(framed({"a": 1}) + framed({"b": 2}) + framed({"c": 3})[:-1])
    assert channel.last_arrived() == {"b": 2}
    assert [channel.receive(1), channel.receive(1)] == [{"a": 1}, {"b": 2}]
    assert channel.last_arrived() is None
