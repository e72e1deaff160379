"""What the commands' options have in common: the environment, URLs, and the shared ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import click

F = TypeVar("F", bound=Callable[..., Any])


class Decorator(Protocol):
    """Gives a function back with an option added to it."""

    def __call__(self, function: F, /) -> F: ...


class Problem(click.ClickException):
    """Something is wrong that the user can mend; said in one line on stderr, exit code 1."""


class Option(click.Option):
    """An option that is not misled by Kubernetes.

    Beside a service called mockfindity, that sets MOCKFINDITY_PORT=tcp://10.0.0.1:4655.
    """

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        values = (os.environ.get(name) for name in self.envvar or ())
        return next((v for v in values if v and not v.startswith("tcp://")), None)


def option(*names: str, env: tuple[str, ...] = (), **attributes: Any) -> Decorator:
    """``click.option`` with MOCKFINDITY_<OPTION>, or else one of ``env``, in the environment."""
    name = names[0].partition("/")[0].removeprefix("--").replace("-", "_").upper()
    variables = [f"MOCKFINDITY_{name}", *env]
    attributes = {"show_default": True, "show_envvar": True, **attributes}
    return click.option(*names, cls=Option, envvar=variables, **attributes)


class Url(click.ParamType[str]):
    """An absolute http(s) URL; gives it without a slash at its end."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            self.fail(f"{text!r} is not a URL such as http://127.0.0.1:4655.", param, ctx)
        return text.rstrip("/")


class Token(click.ParamType[str]):
    """What can be sent as a header; blanks and line ends around it are cut off."""

    name = "TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if not text.isprintable():
            self.fail("a token is one line, of characters that can be printed.", param, ctx)
        return text


DEFAULT_URL = "http://127.0.0.1:4655"
DEFAULT_SANDBOX = "default"

url_option = option("--url", type=Url(), default=DEFAULT_URL, help="The server to talk to.")
sandbox_option = option("--sandbox", default=DEFAULT_SANDBOX, help="The sandbox, by its name.")
token_option = option(
    "--control-token",
    type=Token(),
    help="What the server was started with as --control-token, if it was.",
)
timeout_option = option(
    "--timeout", type=click.FloatRange(0), default=30.0, help="Seconds to wait at the most."
)
json_option = option("--json", "as_json", is_flag=True, help="Print JSON.")


class Group(click.Group):
    """Commands of which one is meant where none is named: ``mockfindity clock`` shows it."""

    def __init__(self, *args: Any, default: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


def server_options(function: F) -> F:
    """How ``serve`` and ``demo`` start a server."""
    for decorate in reversed(
        (
            option("--host", default="127.0.0.1", help="The address to listen at."),
            option(
                "--port",
                type=click.IntRange(0, 65535),
                default=4655,
                env=("PORT",),
                help="The port to listen at; 0 takes a free one.",
            ),
            option(
                "--seed",
                type=click.IntRange(0, 2**63 - 1),
                default=0,
                help="Another seed gives other ids, and the demo other amounts.",
            ),
            option(
                "--log-requests/--no-log-requests",
                default=None,
                show_default="on a terminal",
                help="Write a line for every request to stderr.",
            ),
        )
    ):
        function = decorate(function)
    return function
