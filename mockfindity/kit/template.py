"""Templates: the ledger in the shape that a client reads, be it CSV, XML or another JSON.

A template is the wanted file with fields in it, ``${organization.name}``, and lines of its own that
repeat what stands between them:

    number;name
    $for account in accounts
    ${account.number};${account.name}
    $end

What a field gives is written as the template's suffix wants it: in ``.xml`` and ``.html`` it is
escaped, in ``.csv`` quoted where it must be, in ``.json`` it is a whole JSON value, quotes
included, and a repeated part is parted by commas. ``$$`` is a dollar sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

Write = Callable[[Any], str]
FOR = re.compile(r"\$for\s+(\w+)\s+in\s+([\w.]+)")


class TemplateError(ValueError):
    """A template that cannot be filled: says where, and what was expected."""


class _Fields(Template):
    idpattern = r"[A-Za-z_][A-Za-z0-9_.]*"


def filled(path: Path, data: Mapping[str, Any]) -> str:
    """A template, filled. Raises ``TemplateError``."""
    try:
        lines = iter(enumerate(path.read_text("utf-8").splitlines(keepends=True), 1))
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path.name} cannot be read: {error}") from None
    try:
        tree = _tree(lines, None)
        return _text(tree, data, *_way(path.suffix.lower()))
    except TemplateError as error:
        raise TemplateError(f"{path.name}: {error}") from None


def _way(suffix: str) -> tuple[Write, str]:
    """How a value is written, and what parts the repetitions."""
    if suffix == ".json":
        return lambda value: json.dumps(value, ensure_ascii=False), ","
    if suffix in (".xml", ".html"):
        return lambda value: escape(_plain(value), {'"': "&quot;"}), ""
    return (_cell if suffix == ".csv" else _plain), ""


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _cell(value: Any) -> str:
    text = _plain(value)
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",;\t\r\n]', text) else text


Lines = Iterator[tuple[int, str]]
Tree = list[Any]
"""Lines as ``(number, text)``, and repeated parts as ``(name, path, tree, number)``."""


def _tree(lines: Lines, opened: int | None) -> Tree:
    """The lines up to the ``$end`` of the part that line ``opened`` began."""
    tree: Tree = []
    for number, line in lines:
        word = line.strip()
        if word == "$end":
            if opened is None:
                raise TemplateError(f"line {number}: $end without $for")
            return tree
        if found := FOR.fullmatch(word):
            tree.append((found[1], found[2], _tree(lines, number), number))
        else:
            tree.append((number, line))
    if opened is not None:
        raise TemplateError(f"line {opened}: $for without $end")
    return tree


def _text(tree: Tree, data: Mapping[str, Any], write: Write, comma: str) -> str:
    parts = []
    for entry in tree:
        if len(entry) == 2:
            parts.append(_line(entry[0], entry[1], data, write))
            continue
        name, path, inner, number = entry
        items = _value(path, data, number)
        if not isinstance(items, list):
            raise TemplateError(f"line {number}: {path} is no list")
        parts.append(comma.join(_text(inner, {**data, name: i}, write, comma) for i in items))
    return "".join(parts)


def _line(number: int, line: str, data: Mapping[str, Any], write: Write) -> str:
    wanted = _Fields(line)
    if not wanted.is_valid():
        raise TemplateError(f"line {number}: $name, ${{name}} or $$ was expected")
    values = {name: write(_value(name, data, number)) for name in wanted.get_identifiers()}
    return wanted.substitute(values)


def _value(path: str, data: Mapping[str, Any], number: int) -> Any:
    found: Any = data
    for key in path.split("."):
        if not isinstance(found, Mapping) or key not in found:
            known = ", ".join(found) if isinstance(found, Mapping) else "nothing"
            raise TemplateError(f"line {number}: {path}: there is no {key}; there is {known}")
        found = found[key]
    return found
