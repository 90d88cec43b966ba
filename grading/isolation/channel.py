"""Messages over a socket: four bytes of length, then msgpack.

No side can make the other wait for longer than that wants to.
"""

import math
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Any

import msgpack

from grading.isolation.serialization import BUFFER, BadMessage
from grading.messages import message as sentence

Message = dict[str, Any]
HEADER = struct.Struct("!I")
CHUNK = 1 << 16  # bytes read at a time; the room for more is asked of the kernel each time
MAX_CHUNKS_AT_ONCE = 16  # more than a socket's buffer holds: the other side may go on sending
MAX_MESSAGE = 64_000_000  # bytes
MAX_MESSAGE_ITEMS = 1_000_000  # of all lists and dictionaries of one message
MAX_NAMES = 10_000  # of one dictionary of a message


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """No whole message was received in time."""


class Channel:
    """One end of a socket. limit: the largest message that is received; total: of all; in bytes."""

    def __init__(self, sock: socket.socket, limit: int = MAX_MESSAGE, total: float = math.inf):
        self.socket = sock
        self.limit = limit
        self._received = bytearray()
        self._total = self._room = total
        self._sending = threading.Lock()

    def send(
        self,
        message: Message,
        seconds: float | None = None,
        is_not_taken: Callable[[], float] | None = None,
    ) -> None:
        """Send a whole message, however long the other side takes to read it.

        is_not_taken: called when the other side has taken nothing for some seconds; it returns the
            seconds until it is to be called again, or raises an error, after which the channel is
            of no use any more
        """
        # Half of a surrogate pair is legal in a Python text and in JSON, but has no UTF-8.
        data = msgpack.packb(message, unicode_errors="replace", buf_size=BUFFER)
        left = memoryview(HEADER.pack(len(data)) + data)
        with self._sending:
            while left:
                self.socket.settimeout(seconds)
                if taken := self._send_part(left):
                    left = left[taken:]
                elif is_not_taken:
                    seconds = is_not_taken()

    def _send_part(self, data: memoryview) -> int:
        """How many bytes the other side took."""
        try:
            return self.socket.send(data)
        except TimeoutError:
            return 0
        except OSError:
            raise ChannelClosed from None

    def has_input(self) -> bool:
        """Whether there is something to take: a whole message, or bytes that were not received.

        A part of a message that was received already is nothing: the other side owes the rest.
        """
        return self._end_of_message() is not None or self._is_ready(select.POLLIN)

    def last_arrived(self) -> Message | None:
        """The last whole message that has arrived and was not taken yet; it is left to be taken.

        All that has arrived is read in: the other side is not kept waiting for room.
        """
        for _ in range(MAX_CHUNKS_AT_ONCE):
            if not self._is_ready(select.POLLIN):
                break
            self._receive_chunk(None)
        last, end = None, 0
        while next_end := self._end_of_message(end):
            last, end = end, next_end
        return None if last is None else _decode_message(self._content(last, end))

    def has_room(self) -> bool:
        """Whether the other side can be sent something."""
        return self._is_ready(select.POLLOUT)

    def _is_ready(self, event: int) -> bool:
        poll = select.poll()
        poll.register(self.socket, event)
        return bool(poll.poll(0))

    def receive(self, timeout: float | None = None) -> Message:
        """The next message. After a ChannelTimeout, the part that has arrived is kept."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (message := self._buffered_message()) is None:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise ChannelTimeout
            self._receive_chunk(left)
        return message

    def close(self) -> None:
        self.socket.close()

    def _receive_chunk(self, timeout: float | None) -> None:
        self.socket.settimeout(timeout)
        try:
            data = self.socket.recv(CHUNK)
        except TimeoutError:
            raise ChannelTimeout from None
        except OSError:
            raise ChannelClosed from None
        if not data:
            raise ChannelClosed
        self._room -= len(data)
        if self._room < 0:
            raise BadMessage(sentence("sent.too_much", most=self._total))
        self._received += data

    def _buffered_message(self) -> Message | None:
        """Remove the first message from what has arrived; None while it is not whole."""
        end = self._end_of_message()
        if end is None:
            return None
        data = self._content(0, end)
        del self._received[:end]
        return _decode_message(data)

    def _content(self, start: int, end: int) -> bytes:
        return bytes(self._received[start + HEADER.size : end])

    def _end_of_message(self, start: int = 0) -> int | None:
        """Where the message ends that begins at `start` of what has arrived; None if not whole."""
        if len(self._received) < start + HEADER.size:
            return None
        (length,) = HEADER.unpack_from(self._received, start)
        if length > self.limit:
            raise BadMessage(sentence("sent.too_long", size=length, most=self.limit))
        end = start + HEADER.size + length
        return end if len(self._received) >= end else None


class _Counter:
    """Counts the items of a message, since a few bytes of it can become many objects."""

    def __init__(self) -> None:
        self._items = 0

    def take(self, items: Any) -> Any:
        """A list or dictionary that was read; BadMessage when the message holds too much."""
        self._items += len(items) + 1
        if self._items > MAX_MESSAGE_ITEMS:
            raise BadMessage(sentence("sent.too_many_items", most=MAX_MESSAGE_ITEMS))
        return items


def _decode_message(data: bytes) -> Message:
    try:
        take = _Counter().take
        message = msgpack.unpackb(data, list_hook=take, object_hook=take, max_map_len=MAX_NAMES)
    except Exception as error:  # msgpack lets errors of many kinds through
        raise BadMessage(sentence("sent.unreadable", error=type(error).__name__)) from None
    if type(message) is not dict or not all(type(key) is str for key in message):
        raise BadMessage(sentence("sent.no_dictionary"))
    return message


def as_list(value: Any) -> list:
    """A part of a message that should be a list, or an empty list where it is none."""
    return value if isinstance(value, list) else []


def as_dictionary(value: Any) -> dict:
    """A part of a message that should be a dictionary, or an empty one where it is none."""
    return value if isinstance(value, dict) else {}
