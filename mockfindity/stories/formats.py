"""What the scenarios have in common that are named after a voucher format: Nordljus AB sends what
its people bought, and leaves the export to be fetched."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..scenario_files import Tell
from .books import sums, told
from .nordljus import FIRST_MONDAY, SET_UP_STEPS, approved, reports_of, set_up, turn_to

if TYPE_CHECKING:
    from ..testing.export import Export
    from ..testing.findity import Findity
    from ..testing.organization import Organization

Figures = dict[str, Any]


def one_format(findity: Findity, tell: Tell, name: str, *, seed: int, weeks: int) -> Figures:
    """One export in the format that a scenario is named after, with some weeks' reports in it."""
    kind = name.replace("-", "_").upper()
    company, ((export, figures),) = _sent(findity, tell, [kind], [f"{seed} {name}"], weeks)
    return told(company, [export], **figures)


def every_format(
    findity: Findity, tell: Tell, name: str, kinds: Sequence[str], *, seed: int, weeks: int
) -> Figures:
    """An export in each format, one after the other, each with some weeks' reports in it."""
    seeds = [f"{seed} {name} {kind}" for kind in kinds]
    company, sent = _sent(findity, tell, kinds, seeds, weeks)
    figures = [{"exportId": export.id, **one} for export, one in sent]
    return told(company, [export for export, _ in sent], formats=figures)


def _sent(
    findity: Findity, tell: Tell, kinds: Sequence[str], seeds: Sequence[str], weeks: int
) -> tuple[Organization, list[tuple[Export, Figures]]]:
    """The company, and its exports with their figures, in the order of ``kinds``."""
    steps = SET_UP_STEPS + len(kinds) * (weeks + 1)
    company = set_up(findity, lambda number, what: tell(number, steps, what))
    made: list[tuple[Export, Figures]] = []
    for number, (kind, seed) in enumerate(zip(kinds, seeds, strict=True)):
        rng, step = random.Random(seed), SET_UP_STEPS + number * (weeks + 1)
        reports = 0
        for week in range(weeks):
            monday = FIRST_MONDAY + timedelta(weeks=number * weeks + week)
            tell(step + week + 1, steps, f"the reports of the week of {monday}")
            turn_to(findity, monday)
            reports += len([approved(company, body) for body in reports_of(monday, rng)])
        tell(step + weeks + 1, steps, f"send them as {kind}")
        turn_to(findity, monday + timedelta(days=4))
        export = company.bulk_send(format=kind)
        made.append((export, {"format": kind, "reports": reports, **sums(export.vouchers())}))
    return company, made
