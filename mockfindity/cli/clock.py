"""``mockfindity clock``: what time it is in a sandbox, and making it another."""

from __future__ import annotations

import re
from typing import Any

import click

from .control import Control, with_control
from .options import Group, json_option
from .output import print_json

UNITS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}
NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
LENGTH = re.compile("".join(f"(?:(?P<{unit}>{NUMBER}){unit})?" for unit in UNITS))
"""Each unit once at the most, the longest first."""


class Duration(click.ParamType[float]):
    """A length of time in seconds: ``90``, ``1h30m``, ``2d``."""

    name = "DURATION"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        text = str(value).replace(" ", "").lower()
        parts = LENGTH.fullmatch(f"{text}s" if re.fullmatch(NUMBER, text) else text)
        if parts is None or not text:
            self.fail(f"{value!r} is no length of time such as 90, 1h30m or 2d.", param, ctx)
        seconds = sum(float(n) * UNITS[u] for u, n in parts.groupdict("0").items())
        return int(seconds) if seconds % 1 == 0 else seconds


@click.group(cls=Group, default="show")
def clock() -> None:
    """Look at the clock of a sandbox, stop it, move it (show, if not said).

    Tokens expire by it, and every date and time in an answer is its own.
    """


@clock.command()
@with_control
@json_option
def show(control: Control, as_json: bool) -> None:
    """Say what time it is, and whether the clock stands still."""
    _print(control("GET", "/clock"), as_json)


@clock.command("set")
@click.argument("time")
@with_control
@json_option
def set_(control: Control, time: str, as_json: bool) -> None:
    """Stop the clock at TIME, such as 2026-03-01T08:00:00Z; without a zone it is UTC."""
    _print(control("PUT", "/clock", {"now": time}), as_json)


@clock.command()
@with_control
@json_option
def freeze(control: Control, as_json: bool) -> None:
    """Stop the clock where it is."""
    _print(control("PUT", "/clock", {"mode": "frozen"}), as_json)


@clock.command()
@click.argument("duration", type=Duration())
@with_control
@json_option
def advance(control: Control, duration: float, as_json: bool) -> None:
    """Move the clock forward by DURATION: seconds, or such as 45s, 1h30m, 2d.

    One that stands still goes on standing still, one that goes goes on.
    """
    _print(control("POST", "/clock/advance", {"seconds": duration}), as_json)


@clock.command()
@with_control
@json_option
def real(control: Control, as_json: bool) -> None:
    """Let the clock go by the machine's again."""
    _print(control("PUT", "/clock", {"mode": "real"}), as_json)


def _print(now: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(now)
    else:
        click.echo(f"{now['now']}, {'standing still' if now['mode'] == 'frozen' else 'going'}")
