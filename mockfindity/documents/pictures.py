"""Receipt pictures, read once and checked: what can be shown, and why the rest is not.

A JPEG goes into the PDF as it came, so that a photograph costs next to nothing. It is still
decoded, at an eighth of its size, because a broken one would spoil the page it stands on.
Everything else becomes plain pixels on white.
"""

from __future__ import annotations

import hashlib
import zlib
from io import BytesIO
from typing import NamedTuple

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

__all__ = ["MOST_PIXELS", "Picture", "read"]

MOST_PIXELS = 50_000_000
"""Larger pictures are refused before they are decoded: a small file can hold a huge one."""

_MOST_SIDE = 2400
"""Pixels a side that a decoded picture is brought down to: 300 dpi on the width of a page."""

_ORIENTATION = 0x0112
_TYPES = ("image/png", "image/jpeg", "image/jpg")


class Picture(NamedTuple):
    """A picture as a PDF holds it. `width` and `height` are in pixels, as stored.

    `filter` is the name of the PDF filter that `data` went through, `color` the colour space,
    `turn` the EXIF orientation (1 to 8), `name` the same for equal pictures only.
    """

    width: int
    height: int
    color: str
    filter: str
    data: bytes
    turn: int
    name: str

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as the eye sees them; orientations 5 to 8 lie on their side."""
        return (self.height, self.width) if self.turn >= 5 else (self.width, self.height)


def read(content: bytes, content_type: str) -> Picture | str:
    """The picture, or a sentence that says why it is not shown. Never raises for bad input."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _TYPES:
        return f"A file of type {kind or 'unknown'} is not shown here."
    try:
        return _read(content)
    except MemoryError:
        return "The picture is too large to be shown."
    except Exception:  # noqa: BLE001 - Pillow has no common error for broken files
        return "The picture cannot be read."


def _read(content: bytes) -> Picture | str:
    # Opened by its own class: `Image.open` loads every format there is, and warns of size
    # before it can be asked.
    png = content.startswith(b"\x89PNG")
    image = (PngImageFile if png else JpegImageFile)(BytesIO(content))
    if image.width * image.height > MOST_PIXELS:
        return f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels."
    turn = image.getexif().get(_ORIENTATION, 1)
    turn = turn if turn in range(1, 9) else 1
    if image.format == "JPEG" and image.mode in ("L", "RGB"):
        return _as_it_came(image, content, turn)
    return _as_pixels(image, turn)


def _as_it_came(image: Image.Image, content: bytes, turn: int) -> Picture:
    (width, height), mode = image.size, image.mode
    image.draft(mode, (max(1, width // 8), max(1, height // 8)))
    image.load()
    return _picture(width, height, mode, "DCTDecode", content, turn)


def _as_pixels(image: Image.Image, turn: int) -> Picture:
    if image.mode.startswith("I"):  # 16 bits a pixel, which `convert` would cut off, not scale
        image = image.convert("I").point(lambda value: value / 256)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    image = image.convert("L" if image.mode in ("1", "L", "I", "F") else "RGB")
    image.thumbnail((_MOST_SIDE, _MOST_SIDE))
    # Level 1: a scanned page in a third of the time, for a file a little larger.
    data = zlib.compress(image.tobytes(), 1)
    return _picture(image.width, image.height, image.mode, "FlateDecode", data, turn)


def _picture(width: int, height: int, mode: str, how: str, data: bytes, turn: int) -> Picture:
    color = "DeviceGray" if mode == "L" else "DeviceRGB"
    name = hashlib.sha256(b"%d %d %s " % (width, height, color.encode()) + data).hexdigest()
    return Picture(width, height, color, how, data, turn, name[:32])
