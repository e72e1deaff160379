"""How a client is to be driven, and what it says that it can."""

from __future__ import annotations

import json
import os
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

from ..domain.recipients import ListType
from .connection import check_template
from .rule import AREAS

VARIABLE = "MOCKFINDITY_CHECK"
"""The environment variable that takes a configuration to the processes that judge."""

FORMATS: tuple[str, ...] = get_args(ListType)
PAYLOADS = ("METADATA", "STANDARD_JSON")
ADAPTERS = ("command", "service", "client", "webhook_probe")
PARTS = ("organization", "accounts", "users", "dimensions")
"""What a client of the area `admin-sync` may keep in line with the ledger."""


class ConfigurationError(Exception):
    """A configuration that cannot be: says which key is wrong and what was expected."""


@dataclass(frozen=True)
class Configuration:
    """One of ``command`` (run to its end), ``service`` (kept running, sent webhooks) and
    ``client`` (``package.module:function`` or ``file.py:function``) is what is judged, or
    ``webhook_probe``, the URL of a receiver of webhooks that runs already.

    ``areas`` are what it declares; ``formats`` those it handles; ``payload`` the kind of webhook
    it wants; ``refuses`` the number of an account that it cannot book on; ``bookings`` whether it
    writes the bookings file; ``syncs`` what it keeps in line with the ledger; ``clears_values``
    whether dimension values are its own alone; ``ledger_template`` the file that says how it reads
    the ledger, or a folder of such files; see ``template``.
    ``webhook_url`` may have ``{port}``, a free one, which the service is given as ``PORT``.
    ``time_limit`` is that of one step, in seconds.
    """

    command: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    client: str | None = None
    webhook_probe: str | None = None
    webhook_url: str | None = None
    webhook_headers: dict[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    payload: str = "METADATA"
    refuses: str | None = None
    bookings: bool = False
    syncs: tuple[str, ...] = PARTS
    clears_values: bool = False
    ledger_template: str | None = None
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "."
    time_limit: float = 30.0

    def __post_init__(self) -> None:
        adapters = [name for name in ADAPTERS if getattr(self, name)]
        if len(adapters) != 1:
            found = " and ".join(adapters) or "none"
            raise ConfigurationError(
                f"one of {', '.join(ADAPTERS)} says what is judged; there is {found}."
            )
        if self.service and not self.webhook_url:
            raise ConfigurationError(
                "webhook_url: where the service takes webhooks, such as "
                "http://127.0.0.1:{port}/findity."
            )
        default = ("exports", "webhook") if self.service else ("exports",)
        default = ("webhook",) if self.webhook_probe else default
        object.__setattr__(self, "areas", tuple(self.areas) or default)
        self._check_words("areas", self.areas, AREAS)
        self._check_words("formats", self.formats, FORMATS)
        self._check_words("payload", (self.payload,), PAYLOADS)
        self._check_words("syncs", self.syncs, PARTS)
        self._check_fit()
        if not self.formats:
            raise ConfigurationError("formats: a client that handles none cannot be judged.")
        if not 0 < self.time_limit <= 600:
            raise ConfigurationError("time_limit: seconds, up to 600, were expected.")
        try:
            for name, text in self.env.items():
                check_template(name, text)
        except ValueError as error:
            raise ConfigurationError(str(error)) from None

    def _check_fit(self) -> None:
        if "webhook" in self.areas and not (self.service or self.webhook_probe):
            raise ConfigurationError("areas: webhook is for a service; this is none.")
        if self.webhook_probe and self.areas != ("webhook",):
            raise ConfigurationError("areas: a webhook probe sees the area webhook alone.")
        if self.ledger_shape is not None and not self.ledger_shape.exists():
            raise ConfigurationError(f"ledger_template: there is no {self.ledger_shape}.")

    def _check_words(self, key: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
        for word in given:
            if word not in known:
                raise ConfigurationError(f"{key}: {word!r} is none of {', '.join(known)}.")

    @property
    def adapter(self) -> str:
        """Which of them it is."""
        return next(name for name in ADAPTERS if getattr(self, name))

    @property
    def ledger_shape(self) -> Path | None:
        """The template of the ledger, if the client reads it in a shape of its own."""
        return Path(self.folder) / self.ledger_template if self.ledger_template else None

    def tells(self, need: str) -> bool:
        """Whether the client declares something: ``bookings``, ``syncs accounts or users``."""
        key, _, words = need.partition(" ")
        value = getattr(self, key)
        return any(word in value for word in words.split(" or ")) if words else bool(value)

    def exported(self) -> dict[str, str]:
        """The environment variable that ``from_environment`` reads."""
        return {VARIABLE: json.dumps(asdict(self))}


_TYPES: dict[str, tuple[type, ...]] = {
    "bookings": (bool,),
    "clears_values": (bool,),
    "time_limit": (int, float),
    "env": (dict,),
    "webhook_headers": (dict,),
}
_WORDS = ("areas", "formats", "syncs")
_LISTS = ("command", "service", *_WORDS)


def configuration(given: Mapping[str, Any]) -> Configuration:
    """A configuration from keys as a file has them (``webhook-url`` or ``webhook_url``).

    Raises ``ConfigurationError`` for a key nobody knows, and for a value that it cannot have.
    """
    known = {one.name for one in fields(Configuration)}
    values: dict[str, Any] = {}
    for key, value in given.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ConfigurationError(f"{key}: no such key; there are {', '.join(sorted(known))}.")
        values[name] = _value(key, name, value)
    return Configuration(**values)


def _value(key: str, name: str, value: Any) -> Any:
    if name in _LISTS:
        if isinstance(value, str):
            value = shlex.split(value) if name in ("command", "service") else value.split(",")
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise ConfigurationError(f"{key}: a text or a list of texts was expected.")
        return tuple(part.strip() if name in _WORDS else part for part in value)
    kinds = _TYPES.get(name, (str, type(None)))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise ConfigurationError(f"{key}: {value!r} is not what was expected.")
    if isinstance(value, dict) and not all(isinstance(v, str) for v in value.values()):
        raise ConfigurationError(f"{key}: a table of texts was expected.")
    return value


def from_environment() -> Configuration | None:
    """The configuration of ``mockfindity check``, in the processes that it starts."""
    text = os.environ.get(VARIABLE)
    return None if text is None else configuration(json.loads(text))


def from_files(folder: Path) -> dict[str, Any]:
    """The tables ``check`` and ``env`` of mockfindity.toml, or of ``[tool.mockfindity]`` in
    pyproject.toml; ``env`` has the templates of environment variables.

    Raises ``ConfigurationError`` for a file that cannot be read.
    """
    for name, tables in (("mockfindity.toml", ()), ("pyproject.toml", ("tool", "mockfindity"))):
        path = folder / name
        if not path.is_file():
            continue
        try:
            found: Any = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"{name} cannot be read: {error}") from None
        for table in tables:
            found = found.get(table, {}) if isinstance(found, dict) else {}
        env, check = (_table(name, found, key) for key in ("env", "check"))
        if check or env:
            own = check.get("env", {})
            return check | {"env": own if not isinstance(own, dict) else own | env}
    return {}


def _table(file: str, found: Any, key: str) -> dict[str, Any]:
    table = found.get(key, {}) if isinstance(found, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(f"{file}: {key}: a table was expected.")
    return dict(table)
