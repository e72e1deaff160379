"""Text broken into lines that fit a width, or cut short with an ellipsis. Widths in points."""

from __future__ import annotations

from collections.abc import Iterator

from mockfindity.documents import typeface

__all__ = ["elide", "wrap"]

_LONGEST = 300
"""No line has more characters, however narrow they are (combining marks have no width)."""

_WORD = 60
"""Longer words are measured letter by letter; shorter ones are remembered whole."""


def wrap(
    text: str, width: float, size: float, *, bold: bool = False, limit: int | None = None
) -> list[str]:
    """The lines of a text, broken at spaces and, where a word is too long, inside it.

    At least one line. With `limit`, no more lines than that, the last one ending in an
    ellipsis if something is missing. Without it nothing is left out but spaces.
    """
    if limit is not None:
        text = text[: 2 * limit * _LONGEST]  # more than can be shown, so no work for the rest
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += _paragraph(typeface.clean(paragraph), width / size, bold)
        if limit is not None and len(lines) > limit:
            rest = lines[limit - 1] + " " + lines[limit]
            return [*lines[: limit - 1], elide(rest, width, size, bold=bold, cut=True)]
    return lines or [""]


def elide(text: str, width: float, size: float, *, bold: bool = False, cut: bool = False) -> str:
    """The text if it fits on one line, else as much as fits, and an ellipsis.

    `cut` says that something is missing already, so that the ellipsis comes in any case.
    """
    text = typeface.clean(text[: _LONGEST + 1])
    em = width / size
    if not cut and len(text) <= _LONGEST and typeface.line(text, bold).width <= em:
        return text
    kept, _ = next(_pieces(text, em - typeface.advance("…", bold), bold))
    return kept.rstrip() + "…"


def _paragraph(text: str, em: float, bold: bool) -> list[str]:
    lines: list[str] = []
    current, used = "", 0.0
    space = typeface.advance(" ", bold)
    for word in text.split():
        *full, (last, wide) = _fitting(word, em, bold)
        joined = used + space + wide
        if current and not full and joined <= em and len(current) + len(last) < _LONGEST:
            current, used = f"{current} {last}", joined
            continue
        lines += [current] if current else []
        lines += [piece for piece, _ in full]
        current, used = last, wide
    return [*lines, current] if current else lines


def _fitting(word: str, em: float, bold: bool) -> list[tuple[str, float]]:
    """A word with its width in em; a word too long for a line in pieces that are not."""
    if len(word) <= _WORD:
        width = typeface.line(word, bold).width
        if width <= em:
            return [(word, width)]
    return list(_pieces(word, em, bold))


def _pieces(text: str, em: float, bold: bool) -> Iterator[tuple[str, float]]:
    """The text in pieces as wide as fits, each of at least one character, with their widths."""
    start, used = 0, 0.0
    for at, char in enumerate(text):
        width = typeface.advance(char, bold)
        if at > start and (used + width > em or at - start >= _LONGEST):
            yield text[start:at], used
            start, used = at, 0.0
        used += width
    yield text[start:], used
