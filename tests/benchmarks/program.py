"""What the two programs share: where they write, what they say, how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def with_files(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser, which also takes files to write."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured here")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="write the table into this page")
    return parser


def say(line: str) -> None:
    """Write a line to stderr, now."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def ended(main: Callable[[], int]) -> int:
    """The exit code of a program; Ctrl-C just stops it."""
    try:
        return main()
    except KeyboardInterrupt:
        return 130
