"""One EXPENSE export: a voucher per expense.

Eleven expenses in four reports make eleven vouchers, each with the rows of its expense and a PDF of
its receipt alone. The report is booked when the last of its vouchers is.

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
    return one_format(findity, tell, "expense", seed=seed, weeks=weeks)
