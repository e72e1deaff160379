"""Where the value of an option comes from. ``wait`` names the URL it gave up on, which shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from mockfindity.cli import commands
from mockfindity.cli.defaults import from_file
from mockfindity.cli.options import Problem
from mockfindity.cli.serve import serve

HOLD_OUT = ("wait", "--timeout", "0")


def test_an_option_beats_the_environment(mockfindity: Any) -> None:
    there = ("--url", "http://127.0.0.1:1")

    done = mockfindity(*HOLD_OUT, *there, code=1, MOCKFINDITY_URL="http://127.0.0.1:2")

    assert "at http://127.0.0.1:1 " in done.stderr


def test_the_environment_beats_the_file(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "mockfindity.toml").write_text('url = "http://127.0.0.1:3"')

    done = mockfindity(*HOLD_OUT, code=1, MOCKFINDITY_URL="http://127.0.0.1:2")

    assert "at http://127.0.0.1:2 " in done.stderr


def test_the_file_beats_the_default(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "mockfindity.toml").write_text('url = "http://127.0.0.1:3"\ntimeout = 0')

    assert "at http://127.0.0.1:3 within 0 s" in mockfindity("wait", code=1).stderr


def test_pyproject_has_a_table_for_it(mockfindity: Any, tmp_path: Path) -> None:
    text = '[tool.mockfindity]\nurl = "http://127.0.0.1:4"\n[tool.other]\nprot = 1'
    (tmp_path / "pyproject.toml").write_text(text)

    assert "at http://127.0.0.1:4 " in mockfindity(*HOLD_OUT, code=1).stderr


def port_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> int:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    port: int = serve.make_context("serve", []).params["port"]
    return port


def test_port_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert port_with(monkeypatch, PORT="5000") == 5000


def test_mockfindity_port_beats_port(monkeypatch: pytest.MonkeyPatch) -> None:
    assert port_with(monkeypatch, PORT="nonsense", MOCKFINDITY_PORT="5001") == 5001


def test_what_kubernetes_sets_for_a_service_of_this_name_is_no_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert port_with(monkeypatch, PORT="5002", MOCKFINDITY_PORT="tcp://10.0.0.1:4655") == 5002


def test_a_wrong_file_is_named_with_its_key_and_nothing_starts(
    mockfindity: Any, tmp_path: Path
) -> None:
    (tmp_path / "mockfindity.toml").write_text("prot = 5000")

    done = mockfindity("version", code=1)

    assert done.stderr == ("Error: mockfindity.toml: 'prot' is no option; did you mean 'port'?\n")
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("zzz = 1", "mockfindity.toml: 'zzz' is no option; there are allow-public-webhooks, "),
        ("base_url = 'x'", "'base_url' is no option; did you mean 'base-url'?"),
        ("port = '5000'", "mockfindity.toml: port: a whole number was expected, got '5000'."),
        ("port = true", "mockfindity.toml: port: a whole number was expected, got True."),
        ("port = 70000", "mockfindity.toml: port: 70000 is not in the range"),
        ("host = 1", "mockfindity.toml: host: a text was expected, got 1."),
        ("once = 1", "mockfindity.toml: once: true or false was expected, got 1."),
        ("report = 'a'", "mockfindity.toml: report: a list of texts was expected, got 'a'."),
        ("base-url = 'x'", "mockfindity.toml: base-url: 'x' is not a URL"),
        ("port = ", "mockfindity.toml cannot be read: "),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "mockfindity.toml").write_text(text)

    with pytest.raises(Problem) as refused:
        from_file(tmp_path, commands, click.Context(commands))

    assert complaint in refused.value.message


def test_help_is_given_beside_a_wrong_file(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "mockfindity.toml").write_text("prot = 5000")

    assert "--port" in mockfindity("serve", "--help").stdout
