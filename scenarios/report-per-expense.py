"""One REPORT_PER_EXPENSE export: a voucher per report, the rows of every expense.

Anna hands in two reports, Omar and Sofia one each, so there are four vouchers. In each of them
every expense has its own rows, in the order in which it was written: what it cost, its VAT, and
whom the company owes it to.

It is Nordljus AB's first week of March 2026, sent on Friday and left to be fetched.
"""

from __future__ import annotations

from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.scenario_files import Tell
from mockfindity.stories.formats import one_format


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    weeks: Annotated[int, "How many weeks' reports there are in it.", range(1, 53)] = 1,
) -> dict[str, Any]:
    return one_format(findity, tell, "report-per-expense", seed=seed, weeks=weeks)
