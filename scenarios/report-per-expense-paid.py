"""One REPORT_PER_EXPENSE_PAID export: what is paid out, a voucher per report, a row per expense.

For a payment system rather than bookkeeping: four reports make four vouchers, each with one row per
expense, gross. There are no accounts, no dimension values and no credit side.

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
    return one_format(findity, tell, "report-per-expense-paid", seed=seed, weeks=weeks)
