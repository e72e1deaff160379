"""The headers of a request, looked up by name without a search through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, overload

Raw = list[tuple[bytes, bytes]]


def lines(headers: Raw) -> bytes:
    """Headers as HTTP/1.1 has them, a line each."""
    return b"".join([b"%b: %b\r\n" % header for header in headers])


class Headers(Mapping[str, str]):
    """Headers by lower-case name; of several of one name the first counts. ``raw`` is all of them,
    as they came, ``first`` those that count."""

    __slots__ = ("first", "raw")

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.first = dict(raw)
        if len(self.first) != len(raw):
            self.first = dict(raw[::-1])

    def __getitem__(self, name: str) -> str:
        return self.first[name.encode("latin-1")].decode("latin-1")

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.encode("latin-1") in self.first

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self.first)

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, /, default: str) -> str: ...
    @overload
    def get(self, name: str, /, default: Any) -> Any: ...
    def get(self, name: str, /, default: Any = None) -> Any:
        """The value of a header, or ``default`` where there is none."""
        value = self.first.get(name.encode("latin-1"))
        return default if value is None else value.decode("latin-1")
