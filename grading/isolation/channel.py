"""Messages over a socket: four bytes of length, then msgpack. Neither side can make the other wait past its deadline."""

import socket
import struct
import threading
import time
from typing import Any

import msgpack

from grading.isolation.serialization import BadMessage

Message = dict[str, Any]
HEADER = struct.Struct("!I")
CHUNK = 1 << 20


class ChannelClosed(Exception):
    """The other side is gone."""


class ChannelTimeout(Exception):
    """Nothing whole came, or could be sent, in time."""


class Channel:
    """One end of a socket. limit: the largest message that is taken, in bytes."""

    def __init__(self, sock: socket.socket, limit: int = 64_000_000):
        self.socket = sock
        self.limit = limit
        self._received = bytearray()
        self._sending = threading.Lock()

    def send(self, message: Message, timeout: float | None = None) -> None:
        """Send a message whole; ChannelTimeout when the other side does not take it."""
        # half a character is legal in JSON, but no text
        data = msgpack.packb(message, unicode_errors="replace")
        try:
            with self._sending:
                self.socket.settimeout(timeout)
                self.socket.sendall(HEADER.pack(len(data)) + data)
        except TimeoutError:
            raise ChannelTimeout from None
        except OSError:
            raise ChannelClosed from None

    def receive(self, timeout: float | None = None) -> Message:
        """The next message. What came of a message that is not yet whole is kept for the next try."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (message := self._take()) is None:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise ChannelTimeout
            self._read(left)
        return message

    def close(self) -> None:
        self.socket.close()

    def _read(self, timeout: float | None) -> None:
        self.socket.settimeout(timeout)
        try:
            data = self.socket.recv(CHUNK)
        except TimeoutError:
            raise ChannelTimeout from None
        except OSError:
            raise ChannelClosed from None
        if not data:
            raise ChannelClosed
        self._received += data

    def _take(self) -> Message | None:
        if len(self._received) < HEADER.size:
            return None
        (length,) = HEADER.unpack_from(self._received)
        if length > self.limit:
            raise BadMessage(f"a message of {length:,} bytes; at most {self.limit:,} are taken")
        end = HEADER.size + length
        if len(self._received) < end:
            return None
        data = bytes(self._received[HEADER.size : end])
        del self._received[:end]
        return _message(data)


def _message(data: bytes) -> Message:
    try:
        message = msgpack.unpackb(data)
    except Exception as error:  # msgpack lets errors of many kinds through
        raise BadMessage(f"a message that cannot be read ({type(error).__name__})") from None
    if type(message) is not dict or not all(type(key) is str for key in message):
        raise BadMessage("a message that is no dictionary")
    return message
