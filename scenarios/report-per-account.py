"""One REPORT_PER_ACCOUNT export: a voucher per report, rows summed by account.

Four reports make four vouchers. In each of them what would be booked on the same account, with the
same dimension values, is one row: of Omar's hotel and his lunch in Kiel there is only the sum. Such
rows are of no single expense.

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
    return one_format(findity, tell, "report-per-account", seed=seed, weeks=weeks)
