"""Options from a file: ``mockfindity.toml``, or else ``[tool.mockfindity]`` of ``pyproject.toml``.

All keys are checked before any command starts, also those of other commands: a misspelt key would
otherwise go unnoticed until somebody wonders why it does nothing.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from .options import Problem

FILES = {"mockfindity.toml": (), "pyproject.toml": ("tool", "mockfindity")}
"""The files, first come first read, and the table in each that is ours."""
TABLES = ("check", "env")
"""The tables within ours that are those of ``mockfindity check``, which looks at them itself."""


def from_file(folder: Path, group: click.Group, ctx: click.Context) -> dict[str, Any]:
    """A ``default_map`` for all of the group's commands, from the first file that is there.

    Raises ``Problem``, naming file and key, for what no option is called or can be.
    """
    file, given = _read(folder)
    given = {k: v for k, v in given.items() if not (k in TABLES and isinstance(v, dict))}
    found: dict[str, Any] = {}
    known: set[str] = set()
    for path, option in _options(group, ctx) if given else ():
        key = option.opts[0].removeprefix("--")
        known.add(key)
        if key in given:
            _check(file, key, given[key], option, ctx)
            table = found
            for name in path:
                table = table.setdefault(name, {})
            table[option.name or ""] = given[key]
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key.replace("_", "-"), known, 1)
            hint = (
                f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known))}."
            )
            raise Problem(f"{file}: {key!r} is no option; {hint}")
    return found


def _read(folder: Path) -> tuple[str, dict[str, Any]]:
    """The name of the first file that is there and our table in it."""
    for name, tables in FILES.items():
        path = folder / name
        if not path.is_file():
            continue
        try:
            data: Any = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Problem(f"{name} cannot be read: {error}") from None
        for table in tables:
            data = data.get(table, {}) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            raise Problem(f"{name}: {'.'.join(tables)} is no table.")
        return name, data
    return "", {}


def _options(
    group: click.Group, ctx: click.Context, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Option]]:
    """Every option that can be set, with the names that lead to its command."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        here = (*path, name)
        if isinstance(command, click.Group):
            yield from _options(command, ctx, here)
        elif command is not None:
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    yield here, parameter


def _check(file: str, key: str, value: Any, option: click.Option, ctx: click.Context) -> None:
    """Raise ``Problem`` where a value is not what the option takes."""
    kind, expected = _kind(option)
    values = value if option.multiple and isinstance(value, list) else [value]
    wrong = option.multiple and not isinstance(value, list)
    if wrong or any(not isinstance(v, kind) or (type(v) is bool) != (kind is bool) for v in values):
        raise Problem(f"{file}: {key}: {expected} was expected, got {value!r}.")
    try:
        option.type_cast_value(ctx, value)
    except click.BadParameter as error:
        raise Problem(f"{file}: {key}: {error.message}") from None


def _kind(option: click.Option) -> tuple[type | tuple[type, ...], str]:
    """The type in TOML that an option takes, and what that is called."""
    if option.multiple:
        return str, "a list of texts"
    if option.is_flag:
        return bool, "true or false"
    if isinstance(option.flag_value, str):
        return (bool, str), "true, false or a text"
    if isinstance(option.type, click.types.IntParamType):
        return int, "a whole number"
    if isinstance(option.type, click.types.FloatParamType):
        return (int, float), "a number"
    return str, "a text"
