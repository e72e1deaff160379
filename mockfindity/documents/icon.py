"""The picture behind icon and logo URLs: a small PNG, drawn once. Source: chosen."""

from __future__ import annotations

import struct
import zlib
from functools import cache

__all__ = ["icon_png"]

SIDE, RADIUS = 64, 14
_CLEAR, _GROUND = bytes((0, 0, 0, 0)), bytes((31, 92, 84, 255))
_PAPER, _INK = bytes((255, 255, 255, 255)), bytes((143, 179, 174, 255))


@cache
def icon_png() -> bytes:
    """A PNG of 64 by 64 pixels: a white receipt on a dark green square with round corners."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(SIDE)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)  # 8 bits of red, green, blue, alpha
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _pixel(x: int, y: int) -> bytes:
    if _outside(x, y):
        return _CLEAR
    torn = 50 - abs((x - 20) % 8 - 4) // 2  # the zigzag where the paper was torn off
    if not (20 <= x < 44 and 13 <= y < torn):
        return _GROUND
    line = y in (20, 21, 27, 28, 34, 35) and 25 <= x < (34 if y > 30 else 39)
    return _INK if line else _PAPER


def _outside(x: int, y: int) -> bool:
    """Whether a pixel is cut off by a round corner."""
    beyond = [max(RADIUS - each, each - (SIDE - 1 - RADIUS), 0) for each in (x, y)]
    return beyond[0] ** 2 + beyond[1] ** 2 > RADIUS**2


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
