"""One USER_PER_REPORT_PAID export: what is paid out, a voucher and a row per employee.

For a payment system rather than bookkeeping: three employees make three vouchers, each with one
row, the total of all the reports that the employee handed in. Anna's two reports are one sum.

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
    return one_format(findity, tell, "user-per-report-paid", seed=seed, weeks=weeks)
