"""``mockfindity check --init``: writes down what is judged, so that ``check`` is enough."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import click

from .check_options import ADAPTERS, said
from .options import Problem

OWN = Path("mockfindity.toml")
SHARED = Path("pyproject.toml")

NEXT = """\
Wrote {file}. Next:

    mockfindity check

Later, in CI: mockfindity check --junit report.xml --markdown "$GITHUB_STEP_SUMMARY"
"""


def write(ctx: click.Context, words: tuple[str, ...], *, force: bool) -> None:
    """Write the table ``check`` into the project's file, and say what comes next.

    Raises ``Problem`` where there is one already, unless ``force``.
    """
    from ..kit.configuration import ConfigurationError, configuration

    file, prefix = _place()
    before = file.read_text("utf-8") if file.exists() else ""
    if _has_table(before, file) and not force:
        raise Problem(f"{file} says already what is judged; --force writes over it.")
    values = said(ctx, words)
    if not any(values.get(name) for name in ADAPTERS):
        if not sys.stdin.isatty():
            raise Problem(
                "there is nobody to ask: say what is judged, as in "
                '`mockfindity check --init --command "python sync.py"`.'
            )
        values |= _asked()
    try:
        configuration(values)
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    kept = _without(before, prefix).rstrip()
    file.write_text((f"{kept}\n\n" if kept else "") + _toml(values, prefix), "utf-8")
    click.echo(NEXT.format(file=file), nl=False)


def write_example(folder: Path, *, force: bool) -> None:
    """Write the reference clients, in Python and for Node. Raises ``Problem`` where they are there
    already, unless ``force``."""
    from ..kit.suite import suite

    there = [folder / name for name in EXAMPLES if (folder / name).exists()]
    if there and not force:
        raise Problem(f"{there[0]} is there already; --force writes over it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in EXAMPLES:
            shutil.copyfile(suite().parent / "clients" / name, folder / name)
    except OSError as error:
        raise Problem(f"{folder} cannot be written: {error.strerror}.") from None
    python = shlex.quote(str(folder / EXAMPLES[0]))
    service = shlex.quote(f"python {python} serve")
    click.echo(FIRST.format(files=", ".join(EXAMPLES), python=python, service=service), nl=False)


FIRST = """\
Wrote {files}. Next:

    mockfindity check -- python {python}

That asks it what every client is asked. These two ask it all of the rules:

    mockfindity check --areas exports,archive,admin-sync --bookings --refuses 6072 \\
      -- python {python}
    mockfindity check --area webhook --service {service} \\
      --webhook-url 'http://127.0.0.1:{{port}}/findity'
"""

EXAMPLES = ("reference.py", "alignment.py", "reference.mjs")
"""What is copied; the second is part of the first."""


def _place() -> tuple[Path, str]:
    """The file, and what the tables' names begin with in it: where our options stand already."""
    if not OWN.exists() and SHARED.exists() and "mockfindity" in _read(SHARED).get("tool", {}):
        return SHARED, "tool.mockfindity."
    return OWN, ""


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(f"{file} cannot be read: {error}") from None


def _has_table(text: str, file: Path) -> bool:
    if not text:
        return False
    found = _read(file)
    if file == SHARED:
        found = found.get("tool", {}).get("mockfindity", {})
    return "check" in found or isinstance(found.get("env"), dict)


def _without(text: str, prefix: str) -> str:
    """The text of a file without our tables ``check`` and ``env``."""
    ours = re.compile(rf"\[{re.escape(prefix)}(check|env)(\..*)?\]\s*(#.*)?")
    kept, is_ours = [], False
    for line in text.splitlines():
        if line.startswith("["):
            is_ours = ours.fullmatch(line.strip()) is not None
        if not is_ours:
            kept.append(line)
    return "\n".join(kept)


def _asked() -> dict[str, Any]:
    """What somebody at the terminal says."""
    click.echo("What is your client?\n")
    click.echo("  command   a program that is run and ends; it asks Findity for what there is")
    click.echo("  service   a program that is kept running, and is sent webhooks")
    click.echo("  client    a Python function\n")
    kinds = click.Choice(ADAPTERS[:3])
    kind = click.prompt("It is a", type=kinds, default="command")
    values: dict[str, Any] = {kind: click.prompt(QUESTIONS[kind])}
    areas = "exports"
    if kind == "service":
        url = "http://127.0.0.1:{port}/findity"
        values["webhook_url"] = click.prompt("Where does it take webhooks", default=url)
        areas = "exports,webhook"
    click.echo("\nAreas: exports, webhook, archive (keeps PDFs), admin-sync (accounts, users, …)")
    values["areas"] = click.prompt("What does it do", default=areas)
    return values


QUESTIONS = {
    "command": "How is it started, as python sync.py",
    "service": "How is it started, as node app.js",
    "client": "Which one, as package.module:function",
}


def _toml(values: dict[str, Any], prefix: str) -> str:
    """The tables as TOML; one that has tables in it comes first."""
    from ..kit.configuration import configuration

    lines = [f"[{prefix}check]"]
    for key, value in values.items():
        if key != "env":
            name = key.replace("_", "-")
            lines.append(f"{name} = {_literal(key, value)}")
    if "formats" not in values:
        formats = ", ".join(json.dumps(one) for one in configuration(values).formats)
        lines.append(f"# formats = [{formats}]")
    if env := values.get("env"):
        lines += ["", f"[{prefix}env]"]
        lines += [f"{json.dumps(name)} = {json.dumps(text)}" for name, text in env.items()]
    return "\n".join(lines) + "\n"


def _literal(key: str, value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)} = {json.dumps(text)}" for name, text in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, tuple):
        return json.dumps(shlex.join(value))
    if key in ("areas", "formats", "syncs"):
        return json.dumps([word.strip() for word in value.split(",")])
    return json.dumps(value)
