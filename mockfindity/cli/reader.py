"""Whoever reads what a command prints may leave before its end, as ``head`` does.

What is printed afterwards goes nowhere: the command goes on, in silence, to the exit code that it
would have had. One that prints for ever asks ``has_left``.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path
from typing import Any, TextIO


class _Pipe(io.BufferedWriter):
    """The end of a pipe; ``has_reader`` until nobody is at the other one.

    It is not the raw file that is patient: a Ctrl-C between what that has written and its saying so
    would have it written twice.
    """

    has_reader = True

    def write(self, data: Any, /) -> int:
        """Write as ever. What nobody reads counts as written."""
        try:
            return super().write(data)
        except BrokenPipeError:
            self._give_up()
            return memoryview(data).nbytes

    def flush(self) -> None:
        """Write what has been kept back."""
        try:
            super().flush()
        except BrokenPipeError:
            self._give_up()

    def _give_up(self) -> None:
        """Lead what comes, and what is kept back still, to where it is nobody's."""
        self.has_reader = False
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def may_leave() -> None:
    """Let those who read stdout and stderr leave at any time."""
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)


def has_left() -> bool:
    """Whether who read stdout was found to have left, when something was printed."""
    pipe = getattr(sys.stdout, "buffer", None)
    return isinstance(pipe, _Pipe) and not pipe.has_reader


def _patient(stream: TextIO | None) -> TextIO:
    """A stream as it is, but that it minds no reader who leaves."""
    if stream is None:  # it was closed by whoever started this
        return Path(os.devnull).open("w", encoding="utf-8")
    mode = os.fstat(stream.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        _Pipe(io.FileIO(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream is sys.stderr,
    )
