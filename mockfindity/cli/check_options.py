"""How ``mockfindity check`` is told what it judges: options, the environment, a file.

What is not a matter of the command line alone is checked by ``kit.configuration``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from .options import Decorator, F, Problem, Url, option

if TYPE_CHECKING:
    from ..kit.configuration import Configuration

ADAPTERS = ("command", "service", "client", "webhook_probe")
AREAS = ("exports", "webhook", "admin-sync", "archive")


class Pair(click.ParamType[str]):
    """A name and a text, with a sign between them."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        self.name = f"NAME{sign}TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        name, sign, _ = text.partition(self.sign)
        if not sign or not name.strip():
            self.fail(f"{text!r} is not {self.name}.", param, ctx)
        return text


CLIENT = (
    option("--command", metavar="COMMAND", help="A program that is run to its end once a step."),
    option("--service", metavar="COMMAND", help="A program that is kept running, sent webhooks."),
    option("--webhook-url", metavar="URL", help="Where it takes webhooks; {port} is a free port."),
    option(
        "--webhook-header",
        "webhook_headers",
        multiple=True,
        type=Pair(":"),
        help="A header that webhooks have; several.",
    ),
    option("--client", metavar="MODULE:FUNCTION", help="A function that is called, in process."),
    option("--webhook-probe", type=Url(), help="A receiver of webhooks that runs already."),
    option("--areas", metavar="AREAS", help=f"What it does, of {','.join(AREAS)}."),
    option("--formats", metavar="FORMATS", help="The voucher formats that it handles; all eight."),
    option("--payload", metavar="KIND", help="The webhook it wants, METADATA or STANDARD_JSON."),
    option("--refuses", metavar="ACCOUNT", help="The number of an account it cannot book on."),
    option("--bookings", is_flag=True, help="It writes the file FINDITY_BOOKINGS."),
    option("--syncs", metavar="PARTS", help="What of the ledger it keeps Findity in line with."),
    option("--clears-values", is_flag=True, help="Dimension values are maintained by it alone."),
    option("--ledger-template", metavar="PATH", help="How it reads the ledger, if in its own way."),
    option(
        "--env",
        multiple=True,
        type=Pair("="),
        metavar="NAME=TEMPLATE",
        help="An environment variable that it gets, such as API={base_url}/api; several.",
    ),
    option("--folder", metavar="PATH", help="Where it is started; here, if nothing is said."),
    option("--time-limit", type=float, help="Seconds that a step has at the most; 30."),
)
"""The options that say what is judged: each is a key of the file's table ``check``."""


class Report(click.ParamType[str]):
    """A file to write, or ``-`` for stdout, which also a bare option means."""

    name = "FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        # What says yes and no to the flags of other commands, in the environment and the file.
        if text.lower() in ("1", "true", "yes", "on"):
            return "-"
        return "" if text.lower() in ("0", "false", "no", "off") else text


REPORTS = tuple(
    option(
        f"--{kind}",
        f"{kind}_file",
        is_flag=False,
        flag_value="-",
        type=Report(),
        help=f"Write {what}; - is stdout.",
    )
    for kind, what in (
        ("junit", "a report in JUnit's XML"),
        ("json", "everything as JSON"),
        ("markdown", "a report in Markdown, such as to $GITHUB_STEP_SUMMARY"),
        ("html", "a report as one HTML page"),
    )
)


def with_options(options: Iterable[Decorator]) -> Decorator:
    """A decorator that adds options, in their order."""

    def decorated(function: F) -> F:
        for decorate in reversed(tuple(options)):
            function = decorate(function)
        return function

    return decorated


def configured(ctx: click.Context, words: tuple[str, ...]) -> Configuration:
    """What is judged. Options beat the environment, which beats the file; an adapter that is named
    takes the place of any other that was named with less weight.

    Raises ``Problem``.
    """
    from ..kit.configuration import ConfigurationError, configuration, from_files

    try:
        values = _overlaid([from_files(Path()), said(ctx, words)])
        if not any(values.get(name) for name in ADAPTERS):
            raise Problem(NOTHING)
        return configuration(values)
    except ConfigurationError as error:
        raise Problem(str(error)) from None


def said(ctx: click.Context, words: tuple[str, ...]) -> dict[str, Any]:
    """What the options say, and the environment where those do not."""
    from ..kit.configuration import Configuration

    weights = {
        ParameterSource.DEFAULT_MAP: 0,
        ParameterSource.ENVIRONMENT: 1,
        ParameterSource.COMMANDLINE: 2,
    }
    given: list[dict[str, Any]] = [{}, {}, {}]
    for name in (field.name for field in fields(Configuration)):
        source = ctx.get_parameter_source(name)
        if source in weights:
            given[weights[source]][name] = _value(name, ctx.params[name])
    if words:
        given[2]["command"] = words
    return _overlaid(given)


NOTHING = (
    "what is judged? A command: mockfindity check -- python sync.py. A service: --service. "
    "A function: --client. `mockfindity check --init` writes it down, once for all."
)


def _value(name: str, value: Any) -> Any:
    if name in ("env", "webhook_headers"):
        sign = "=" if name == "env" else ":"
        pairs = (text.partition(sign) for text in value)
        return {key.strip(): text.strip() if sign == ":" else text for key, _, text in pairs}
    return value


def _overlaid(layers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Tables one upon the other. Of tables within them the keys are laid one upon the other."""
    result: dict[str, Any] = {}
    for layer in layers:
        values = {key.replace("-", "_"): value for key, value in layer.items()}
        if any(values.get(name) for name in ADAPTERS):
            result = {key: value for key, value in result.items() if key not in ADAPTERS}
        for key, value in values.items():
            before = result.get(key)
            if isinstance(before, dict) and isinstance(value, dict):
                result[key] = before | value
            else:
                result[key] = value
    return result
