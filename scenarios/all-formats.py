"""Eight exports, one in each voucher format, all of them left to be fetched.

For a client that wants to see them all: Nordljus AB's administrator has the API recipient write
another format every week. The same four reports are handed in every time, by Anna, Omar and Sofia,
with other amounts; on Friday they are sent. Nobody fetches anything, so by the end of April there
are eight exports, of as many formats.
"""

from __future__ import annotations

from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.scenario_files import Tell
from mockfindity.stories.formats import every_format
from mockfindity.stories.nordljus import FORMATS


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    weeks: Annotated[int, "How many weeks' reports there are in each.", range(1, 7)] = 1,
) -> dict[str, Any]:
    return every_format(findity, tell, "all-formats", FORMATS, seed=seed, weeks=weeks)
