"""``mockfindity check``: judge a client of Findity's."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .check_options import AREAS, CLIENT, REPORTS, configured, with_options
from .options import Problem, option

if TYPE_CHECKING:
    from ..kit.configuration import Configuration
    from ..kit.judging import Judged, Listed

STOPPED = 130

WHICH = (
    option("--only", metavar="RULE", multiple=True, help="Judge this rule, as EXP-5; several."),
    option(
        "--area",
        "only_areas",
        multiple=True,
        type=click.Choice(AREAS),
        help="Judge the rules of this area; several.",
    ),
    option("--keyword", "-k", metavar="EXPRESSION", help="Judge what pytest's -k would take."),
    option("--exit-first", "-x", is_flag=True, help="Stop at the first violation."),
    option("--workers", "-n", default="1", metavar="N", help="Judge so many at once, or auto."),
    option("--strict", is_flag=True, help="Let a SHOULD count as a MUST."),
)
OTHER = (
    option("--list", "lists", is_flag=True, help="Only list the rules; also --json, --markdown."),
    option("--init", "inits", is_flag=True, help="Only write a configuration, asking for it."),
    option(
        "--example", metavar="FOLDER", help="Only put an exemplary client there, to start from."
    ),
    option("--force", is_flag=True, help="Let --init and --example write over what is there."),
)


@click.command(context_settings={"allow_interspersed_args": False})
@click.argument("words", nargs=-1, metavar="[-- COMMAND...]")
@with_options((*CLIENT, *WHICH, *REPORTS, *OTHER))
@click.pass_context
def check(ctx: click.Context, /, words: tuple[str, ...], **given: Any) -> None:
    """Judge a client: does it keep Findity's rules?

    Plays Findity to it, watches every request, and says which rules it kept and
    which it broke, with the requests that prove it, and what to do:

    \b
        mockfindity check -- python sync.py
        mockfindity check --client package.module:function
        mockfindity check --service "node app.js" \\
            --webhook-url http://127.0.0.1:{port}/findity

    The client finds where Findity is in its environment, as FINDITY_BASE_URL and
    the like. What is said here may stand in mockfindity.toml under [check], or in
    pyproject.toml under [tool.mockfindity.check]. Exit codes: 0 well, 2 a MUST was
    violated, 1 something is wrong with the configuration, the client or a rule.
    """
    if given["inits"]:
        from .check_init import write

        write(ctx, words, force=given["force"])
        return
    if given["example"]:
        from .check_init import write_example

        write_example(Path(given["example"]), force=given["force"])
        return
    _needs_pytest()
    rules = _chosen(given)
    if given["lists"]:
        from .check_reports import print_rules

        print_rules([one.rule for one in rules], given)
        return
    configuration = configured(ctx, words)
    workers = _workers(given["workers"], configuration)
    ctx.exit(_judged(configuration, rules, workers, given))


def _judged(
    configuration: Configuration, rules: list[Listed], workers: str, given: dict[str, Any]
) -> int:
    from ..kit.judging import Stopped, judge
    from ..kit.starting import Unusable, ensure_it_starts, nothing_left
    from .check_reports import Reports

    reports = Reports(given)
    try:
        with nothing_left(), _terminated_as_if_interrupted():
            ensure_it_starts(configuration)
            judged = judge(
                configuration,
                rules,
                reports.progress,
                workers=workers,
                exit_first=given["exit_first"],
            )
    except Unusable as error:
        raise Problem(str(error)) from None
    except (KeyboardInterrupt, Stopped):
        click.echo("Stopped.", err=True)
        return STOPPED
    return _reported(judged, configuration, reports, strict=given["strict"])


def _reported(judged: Judged, configuration: Configuration, reports: Any, *, strict: bool) -> int:
    from ..kit.verdict import exit_code

    code = exit_code(judged.verdicts, strict=strict)
    if judged.troubles and code == 0:
        code = 1
    reports.write(judged.verdicts, configuration, code)
    for trouble in judged.troubles:
        click.echo(f"Error: {trouble}", err=True)
    if not any(v.outcome != "not applicable" for v in judged.verdicts) and not judged.troubles:
        click.echo("Error: nothing was judged: no rule that was chosen applies.", err=True)
    return code


def _chosen(given: dict[str, Any]) -> list[Listed]:
    """The rules that are asked for. Raises ``Problem`` where there are none."""
    from ..kit.judging import SuiteError, listed

    try:
        found = listed(given["keyword"] or "")
        known = {one.rule.id for one in (listed() if given["keyword"] else found)}
    except SuiteError as error:
        raise Problem(f"the rules cannot be read: {error}") from None
    only = {name.upper() for name in given["only"]}
    if unknown := sorted(only - known):
        raise Problem(f"there is no rule {unknown[0]}; `mockfindity check --list` has them all.")
    areas = set(given["only_areas"])
    rules = [
        one
        for one in found
        if (not only or one.rule.id in only) and (not areas or areas & set(one.rule.areas))
    ]
    if not rules:
        raise Problem("no rule is chosen; `mockfindity check --list` has them all.")
    return rules


def _workers(wanted: str, configuration: Configuration) -> str:
    """How many processes judge: one, where xdist is not there or the client cannot run twice."""
    if wanted in ("0", "1"):
        return "0"
    if wanted != "auto" and not wanted.isdecimal():
        raise Problem(f"--workers: {wanted!r} is neither a number nor auto.")
    fixed = configuration.webhook_probe or (
        configuration.service and "{port}" not in (configuration.webhook_url or "")
    )
    if fixed and wanted != "auto":
        raise Problem("--workers: several services at once need {port} in webhook_url.")
    if find_spec("xdist") is None:
        if wanted == "auto":
            return "0"
        raise Problem("--workers needs pytest-xdist: pip install pytest-xdist")
    if fixed:
        return "0"
    return str(os.cpu_count() or 1) if wanted == "auto" else wanted


def _needs_pytest() -> None:
    """Raise ``Problem`` where the extra is not installed."""
    if find_spec("pytest") is None:
        raise Problem(
            "this needs pytest: pip install 'mockfindity[check]', or in a checkout "
            "pip install '.[check]'"
        )


@contextmanager
def _terminated_as_if_interrupted() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C: a build that is cancelled leaves nothing running either."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
