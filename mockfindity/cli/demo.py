"""``mockfindity demo``: a server, the demo scenario played on it, and what to try next."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from ..scenario_files import StoryError, find
from .options import Problem, json_option, option, server_options
from .output import print_json, print_table
from .progress import progress
from .running import application, bound, wants_log

HEADINGS = ("format", "vouchers", "rows", "debit", "credit", "tax", "status", "PDFs")
NUMBERS = ("vouchers", "rows", "debit", "credit", "tax", "PDFs")

WALKTHROUGH = """\
In a browser, see what is in it, approve, send, and watch it happen: {url}/
Every operation, to read about and to try, without signing in: {url}/docs

What to try next in a shell. A token first, with the key that every sandbox `default` has:

  TOKEN=$(curl -s {url}/oauth/token -d grant_type=client_credentials \\
    -d client_id=mockfindity-client -d client_secret=mockfindity-secret |
    sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

One export waits to be fetched. List it, and download its vouchers:

  EXPORTS={url}/api/v1/connect/organizations/{organizationId}/exports
  curl -s -H "Authorization: Bearer $TOKEN" $EXPORTS
  curl -s -H "Authorization: Bearer $TOKEN" $EXPORTS/{exportId}/export

Archive the PDF of its voucher, and say that it is booked; then the list is empty:

  curl -s -H "Authorization: Bearer $TOKEN" -o voucher.pdf '{basisUrl}?format=pdf'
  curl -s -H "Authorization: Bearer $TOKEN" -X PUT $EXPORTS/{exportId}/updatestatus \\
    -d '{{"voucherUpdates":[{{"id":"{voucherId}","status":"SUCCESS","voucherNumber":"B1"}}]}}'

One more report is ready. Send it, as an administrator does:

  {command} bulk-send{at} {externalOrganizationId}

And for a client of your own:

  eval "$({command} env{at})"
"""


@click.command()
@server_options
@option("--once", is_flag=True, help="Take a free port, unless --port is given, and end.")
@option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="a temporary one",
    help="The folder in which the vouchers' PDFs are filed.",
)
@json_option
@click.pass_context
def demo(
    ctx: click.Context,
    host: str,
    port: int,
    seed: int,
    log_requests: bool | None,
    once: bool,
    archive: Path | None,
    as_json: bool,
) -> None:
    """Run a server and see it at work.

    Sets up an organization, lets its employees write reports, and fetches,
    checks, books and files them in all eight voucher formats. Then the server
    is yours, until Ctrl-C. Exits with 1 if anything does not add up.
    """
    from ..server import address, in_thread

    if once and ctx.get_parameter_source("port") is not ParameterSource.COMMANDLINE:
        port = 0
    listener = bound(host, port)
    url = address(listener)
    app = application(listener, base_url=None, log=False, seed=seed)
    is_over = False
    _let_sigterm_interrupt()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="mockfindity-") as temporary,
            in_thread(app, listener),
        ):
            figures = _played(url, archive or Path(temporary), seed)
            _print_figures(figures, as_json)
            is_over = True
            if not once:
                _print_walkthrough(figures, as_json, archive is not None)
                app.on = wants_log(log_requests)
                while True:
                    time.sleep(3600)
    except KeyboardInterrupt:
        ctx.exit(0 if is_over else 130)


def _let_sigterm_interrupt() -> None:
    """SIGTERM does what Ctrl-C does; once one has come, another cannot disturb the tidying up."""

    def stop(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)


def _played(url: str, archive: Path, seed: int) -> dict[str, Any]:
    """The figures of the demo scenario. Raises ``Problem`` where it could not be played."""
    from httpx2 import HTTPError

    from .. import Findity, FindityError

    findity = Findity.at(url)
    try:
        with progress() as tell:
            given = {"seed": seed, "archive": archive}
            return find("demo").play(findity, tell, given) | {"archive": str(archive)}
    except (StoryError, FindityError, HTTPError) as error:
        raise Problem(f"the demo could not be played: {error}") from None
    except OSError as error:
        raise Problem(f"the PDFs cannot be filed in {archive}: {error}") from None
    finally:
        findity.close()


def _print_figures(figures: dict[str, Any], as_json: bool) -> None:
    """The table, or all of it as JSON. Raises ``Problem`` where something does not add up."""
    if as_json:
        print_json(figures)
    else:
        total = figures["totals"] | {"format": "total", "status": ""}
        rows = [_row(one) for one in (*figures["formats"], total)]
        print_table(HEADINGS, rows, right=NUMBERS, last_is_total=True)
    if figures["problems"]:
        raise Problem("it does not add up.\n" + "\n".join(figures["problems"]))
    if not as_json:
        click.echo(
            f"\nIt adds up: all {figures['totals']['reports']} reports are SENT, and debit equals "
            "credit in every voucher that has both.\n"
        )


def _row(one: dict[str, Any]) -> list[str]:
    return [
        one["format"],
        str(one["vouchers"]),
        str(one["rows"]),
        *("-" if one[name] is None else f"{one[name]:.2f}" for name in ("debit", "credit", "tax")),
        one["status"],
        str(one["pdfs"]),
    ]


def _command() -> str:
    """How this program can be called from the shell it was started in."""
    if shutil.which("mockfindity"):
        return "mockfindity"
    program = Path(sys.argv[0])
    if program.name == "mockfindity":
        here = program.is_relative_to(Path.cwd())
        return shlex.quote(str(program.relative_to(Path.cwd()) if here else program))
    return f"{shlex.quote(sys.executable)} -m mockfindity"


def _print_walkthrough(figures: dict[str, Any], as_json: bool, archived: bool) -> None:
    url = figures["url"]
    if not as_json:
        at = "" if url == "http://127.0.0.1:4655" else f" --url {url}"
        told = {**figures, **figures["waiting"], "at": at, "command": _command()}
        click.echo(WALKTHROUGH.format(**told))
        until = "" if archived else ", until then (--archive DIR keeps them)"
        click.echo(f"Ctrl-C ends the server. The PDFs are in {figures['archive']}{until}.")
    click.echo(f"Ready. {url}", err=as_json)
