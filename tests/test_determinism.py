"""Same seed, same clock, same base URL, same steps: the same bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from support import TAXI, Findity

from mockfindity.domain.vouchers import FORMATS
from mockfindity.server import serving

MILEAGE = {
    "type": "MILEAGE",
    "category": "Mileage",
    "date": "2026-03-03",
    "quantity": 120,
    "rate": 2.5,
}


def packages(url: str, seed: int) -> list[bytes]:
    """A package in every format, made in a new sandbox, and the PDF of a voucher in it."""
    made: dict[str, Any] = httpx2.post(f"{url}/_mockfindity/sandboxes", json={"seed": seed}).json()
    findity = Findity(url, made)
    findity.changed("/clock", {"now": "2026-03-31T08:00:00Z"})
    findity.organization("ACME")
    findity.users("ANNA", "BO")
    found: list[bytes] = []
    for list_type in FORMATS:
        findity.recipient(verificationListsType=list_type)
        findity.ready(TAXI, MILEAGE)
        findity.ready(TAXI, owner="BO")
        export = findity.bulk_send()["exportId"]
        found.append(findity.api.get(f"{findity.exports}/{export}/export").content)
    basis = findity.vouchers(export)[0]["basisUrl"]
    found.append(findity.api.get(f"{basis}?format=pdf").content)
    findity.close()
    return found


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as url:
        yield url


def test_two_runs_give_the_same_packages_and_pdf(url: str) -> None:
    assert packages(url, 7) == packages(url, 7)


def test_another_seed_gives_other_ids(url: str) -> None:
    pairs = itertools.zip_longest(packages(url, 7), packages(url, 8))

    assert all(one != other for one, other in pairs)
