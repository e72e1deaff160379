"""What a client prints, kept up to a limit: its beginning and its end."""

from __future__ import annotations

import io
import threading

KEPT = 64 * 1024
"""Bytes that are kept, from the beginning and from the end."""


class Output:
    """What was printed: the beginning and the end, with what lies between left out."""

    def __init__(self) -> None:
        self._head, self._tail, self._size = bytearray(), bytearray(), 0
        self._lock = threading.Lock()

    def add(self, data: bytes) -> None:
        """Keep some more."""
        with self._lock:
            self._size += len(data)
            room = KEPT - len(self._head)
            self._head += data[:room]
            self._tail += data[room:]
            del self._tail[: max(0, len(self._tail) - KEPT)]

    @property
    def size(self) -> int:
        """How many bytes were printed, also those that were not kept."""
        return self._size

    def since(self, size: int) -> str:
        """What was printed after so many bytes, as far as it was kept."""
        with self._lock:
            tail_from = self._size - len(self._tail)
            left_out = tail_from - max(size, len(self._head))
            gap = f"\n[{left_out} bytes left out]\n".encode() if left_out > 0 else b""
            text = bytes(self._head[size:]) + gap + bytes(self._tail[max(0, size - tail_from) :])
        return text.decode("utf-8", "replace")

    def __str__(self) -> str:
        return self.since(0)


class Told(io.TextIOBase):
    """A file for text that is written into an output."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._output.add(text.encode("utf-8", "replace"))
        return len(text)
