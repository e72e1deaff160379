"""``mockfindity doctor``: what is wrong with a set-up, and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from .control import Control, with_control
from .findings import Finding
from .options import json_option
from .output import many, print_json, printable

COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}


@click.command()
@with_control
@json_option
@click.pass_context
def doctor(ctx: click.Context, control: Control, as_json: bool) -> None:
    """Say what is wrong with a set-up, and what to do.

    Looks at the FINDITY_ variables of this shell, the server, and the sandbox:
    its clock, keys, faults, recipients, webhooks, reports and exports. Changes
    nothing, and no receiver of webhooks gets a request. A problem keeps a client
    from working; a note says what may be meant so. Exits with 1 if there is a
    problem.
    """
    found = list(_examined(control))
    problems = sum(finding.level == "problem" for finding in found)
    if as_json:
        checks = [finding._asdict() for finding in found]
        print_json(
            {"url": control.url, "sandbox": control.name, "problems": problems, "checks": checks}
        )
    else:
        _print(found)
    if problems:
        ctx.exit(1)


def _examined(control: Control) -> Iterator[Finding]:
    """Every finding, as far as one can get."""
    from . import doctor_inside, doctor_outside

    yield from doctor_outside.environment(control, os.environ)
    for look in (doctor_outside.server, doctor_outside.door):
        found = list(look(control))
        yield from found
        if any(finding.check != "base URL" and finding.level == "problem" for finding in found):
            return
    patient = doctor_inside.Patient(control)
    yield from doctor_outside.key(control, os.environ, patient.tables["keys"])
    for examine in doctor_inside.EXAMINATIONS:
        yield from examine(patient)


def _print(found: list[Finding]) -> None:
    wide = max(len(finding.check) for finding in found)
    for finding in found:
        level = click.style(finding.level.ljust(8), fg=COLOURS[finding.level])
        click.echo(f"{level} {finding.check.ljust(wide)}  {printable(finding.found)}")
        if finding.remedy:
            click.echo(f"{'':8} {'':{wide}}  -> {printable(finding.remedy)}")
    problems = [finding for finding in found if finding.level == "problem"]
    notes = sum(finding.level == "note" for finding in found)
    click.echo(f"\n{many(len(problems), 'problem')}, {many(notes, 'note')}.")
