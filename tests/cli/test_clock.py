from __future__ import annotations

from typing import Any

import click
import pytest

from mockfindity.cli.clock import Duration


def test_the_clock_is_stopped_moved_and_let_go(shell: Any) -> None:
    assert shell("clock").stdout.endswith("Z, going\n")
    assert shell("clock", "set", "2026-03-01T08:00:00Z").stdout == (
        "2026-03-01T08:00:00Z, standing still\n"
    )
    assert shell("clock", "advance", "1h30m").stdout == "2026-03-01T09:30:00Z, standing still\n"
    assert shell.json("clock") == {"now": "2026-03-01T09:30:00Z", "mode": "frozen"}
    assert shell.json("clock", "real")["mode"] == "real"
    assert shell.json("clock", "freeze")["mode"] == "frozen"


def test_a_time_that_is_none_is_refused_by_the_server(shell: Any) -> None:
    done = shell("clock", "set", "tomorrow", code=1)

    assert "ISO 8601" in done.stderr


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("0.5", 0.5), ("45s", 45), ("1h30m", 5400), ("2d", 172_800), ("1D 2h", 93_600)],
)
def test_a_length_of_time(text: str, seconds: float) -> None:
    assert Duration().convert(text, None, None) == seconds


@pytest.mark.parametrize(
    "text", ["", "h", "5x", "-5", "30m1h", "1h1h", "1e3", "1h 5", "9999999999999"]
)
def test_no_length_of_time(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no length of time such as 90, 1h30m or 2d"):
        Duration().convert(text, None, None)
