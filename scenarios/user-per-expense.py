"""One USER_PER_EXPENSE export: a voucher per employee, the rows of every expense.

Anna hands in two reports and gets one voucher for both, with the rows of every expense in them;
Omar and Sofia get one each. Anna's is of no single report.

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
    return one_format(findity, tell, "user-per-expense", seed=seed, weeks=weeks)
