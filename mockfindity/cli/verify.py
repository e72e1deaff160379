"""``mockfindity verify``: hold a real or a second server against the contracts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from .options import Problem, Url, json_option, option, timeout_option
from .output import print_json, printable

if TYPE_CHECKING:
    from ..verify import Report

STOPPED = 130


@click.command()
@option("--base-url", type=Url(), required=True, help="The server that is held.")
@option("--token-url", type=Url(), help="Where it gives tokens; BASE_URL/oauth/token, if not said.")
@option(
    "--legacy-base-url",
    type=Url(),
    help="Where its paths under /api/admin are, if elsewhere: Findity has a host of its own for "
    "them.",
)
@option("--client-id", required=True, help="The id of an API key of that server.")
@option("--client-secret", required=True, help="Its secret; better given in the environment.")
@option("--organization", required=True, help="The organization to look at, by either id.")
@option(
    "--write",
    "may_write",
    is_flag=True,
    help="Also make an account, a user and a dimension value, and take them away again.",
)
@timeout_option
@json_option
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    base_url: str,
    token_url: str | None,
    legacy_base_url: str | None,
    as_json: bool,
    **key: Any,
) -> None:
    """Hold a real or a second server against the contracts.

    Asks Findity's stage environment, or another mockfindity, for everything that
    can be read from one organization, and says what is not as the guides, their
    examples and the OpenAPI documents have it. A difference contradicts what is
    known of Findity; a guess is something that mockfindity chose where Findity's
    documentation is silent, and the server does otherwise; an extra is a field
    that nobody documents.

    Changes nothing without --write, acknowledges no export in any case, and asks
    no host of Findity's production. Exits with 2 if there is a difference.
    """
    _needs_jsonschema()
    from .verify_report import data_of, print_report

    report = _held(base_url, token_url, legacy_base_url, key)
    if as_json:
        print_json({"url": base_url, "wrote": key["may_write"], **data_of(report)})
    else:
        print_report(report, base_url, wrote=key["may_write"])
    for what in report.left:
        click.echo(f"Could not be taken away again: {printable(what)}.", err=True)
    if report.was_stopped:
        ctx.exit(STOPPED)
    if report.trouble:
        raise Problem(f"it did not come to its end: {printable(report.trouble)}")
    if report.of("difference"):
        ctx.exit(2)


def _held(url: str, token_url: str | None, legacy: str | None, key: dict[str, Any]) -> Report:
    """The report. Raises ``Problem`` where there can be none."""
    import httpx2

    from ..openapi.examples import contracts
    from ..verify import NotSignedIn, Production, Target, Unknown, Unreachable, verify

    try:
        target = Target.at(url, token_url, legacy, **key)
        with _progress() as tell:
            return verify(target, contracts(), tell)
    except (NotSignedIn, Production, Unknown, Unreachable) as error:
        raise Problem(printable(error)) from None
    except httpx2.InvalidURL as error:
        raise Problem(f"that is no URL: {error}") from None
    except FileNotFoundError as error:
        raise Problem(f"the contracts cannot be read: {error}") from None


def _needs_jsonschema() -> None:
    """Raise ``Problem`` where the extra is not installed."""
    from importlib.util import find_spec

    if find_spec("jsonschema") is None:
        raise Problem("this needs jsonschema: pip install 'mockfindity[verify]'")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Something to tell what is being done: a line on a terminal, nothing anywhere else."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Signing in") as status:
        yield status.update
