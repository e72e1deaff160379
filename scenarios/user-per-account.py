"""One USER_PER_ACCOUNT export: a voucher per employee, rows summed by account.

Three employees make three vouchers. In Anna's, what she bought for the desk and what she was
refunded are one row, and so are all the rows of her two reports that go to one account with the
same dimension values.

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
    return one_format(findity, tell, "user-per-account", seed=seed, weeks=weeks)
