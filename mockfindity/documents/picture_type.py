"""What kind of picture a file is, by its own first bytes: a client may call it what it likes."""

from __future__ import annotations

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def picture_type(content: bytes) -> str | None:
    """The media type of a picture that a browser shows and that runs nothing; else ``None``.

    SVG is not among them, because it may hold a script.
    """
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return "image/webp" if is_webp else None
