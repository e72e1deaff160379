"""Resilience: what a client does when Findity does not do what it should."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

import pytest

from mockfindity.kit import MUST, SHOULD, Client, Company, rule, violated
from mockfindity.kit.company import TAXI
from mockfindity.kit.process import wait_until
from mockfindity.kit.seen import DOWNLOAD, LIST, UPDATE

if TYPE_CHECKING:
    from mockfindity.shapes.requests import RequestOut
    from mockfindity.testing import Export

WAIT = 1
"""The seconds of a Retry-After, which takes whole ones."""

EARLY = 0.05
"""Seconds by which a client's timer may be early."""

GROWTH = 1.25
"""Waits are the same where the longest is not so many times the shortest."""

SOME = 0.015
"""Seconds that somebody waits, on the average, who waits at all."""

MUCH = 0.06
"""Seconds that nobody waits on the average who does not mean to, however busy the machine is."""

ENOUGH = 9
"""So many waits are looked at before it is said that they do not grow."""

SILENT = 0.3
"""Seconds for which a request is taken, and nothing said, before the connection is closed."""

MOST_TRIES = 10
"""How often the same request may be sent before its sender gives up."""


@rule(
    "RES-1",
    MUST,
    "exports",
    source="charts-of-accounts guide: error codes",
    says="429: there were too many requests. Try again later, and each time later than before;"
    " where Retry-After says how many seconds, after those.",
    remedy="Wait the seconds of Retry-After; without it 1, 2, 4, … seconds, and so on.",
)
def test_it_waits_out_a_429(company: Company, client: Client) -> None:
    """429 with Retry-After: it waits it out; without: it backs off, growing."""
    hinted = _tries(company, client, status=429, headers={"Retry-After": str(WAIT)}, times=1)
    if (waited := _waits(hinted)[0]) < WAIT - EARLY:
        raise violated(f"it was told to wait {WAIT} s, and came again after {waited:.2f} s", hinted)

    waits: list[float] = []
    seen: list[RequestOut] = []
    while len(waits) < ENOUGH:
        tries = _tries(company, client, status=429, times=3)
        seen += tries
        waits += _waits(tries)
        if _backs_off(waits, is_alone=len(tries) == 2):
            return
    told = ", ".join(f"{wait:.2f}" for wait in waits)
    raise violated(f"told to come later, it waited {told} s: that does not grow", seen)


def _backs_off(waits: list[float], *, is_alone: bool) -> bool:
    """Whether somebody waits, and not always for as long.

    Who draws waits by lot, below a bound that grows (full jitter), may wait less the third time
    than the first: such waits can be told from those that never grow only in that they differ. Of
    one that is alone, with no other before the next success, nothing can be said but that it is.
    """
    least = SOME if len(waits) >= ENOUGH else MUCH
    return fmean(waits) >= least and (is_alone or max(waits) >= GROWTH * min(waits))


@rule(
    "RES-2",
    MUST,
    "exports",
    source="charts-of-accounts guide: error codes",
    says="500: safe to try again. 400, 403 and 404: the request itself is refused, and will be.",
    remedy="After a 5xx send the request again, a few times. After another error mend it first.",
)
def test_it_repeats_what_may_go_better(company: Company, client: Client) -> None:
    """500: it retries, bounded; 400, 403, 404: it does not retry the same request."""
    _expect_bounded(_tries(company, client, status=500), "was answered 500")
    for status in (400, 403, 404):
        company.has_trouble(UPDATE, status=status, times=1)
    exports = [company.sends(expenses=[TAXI]) for _ in range(3)]

    client.works()

    for export in exports:
        looks = [r for r in company.seen.all() if _looks_or_reports(r, export)]
        for refused, again in pairwise(looks):
            # One that was mended, or says that the voucher has FAILED, is another request.
            is_the_same = again["operationId"] == UPDATE and again["body"] == refused["body"]
            if refused["status"] in (400, 403, 404) and is_the_same:
                raise violated(
                    f"it sent a request again that was answered {refused['status']}",
                    [refused, again],
                )


def _looks_or_reports(request: RequestOut, export: Export) -> bool:
    """Whether a request reports on an export, or looks at what there is to report on."""
    is_look = request["operationId"] in (LIST, DOWNLOAD)
    return is_look or (request["operationId"] == UPDATE and export.id in request["path"])


@rule(
    "RES-3",
    MUST,
    "exports",
    source="connect guide: Idempotent processing",
    says="Networks fail, and whoever asked does not know what came of it. Every call of an export"
    " may be repeated.",
    remedy="After a lost connection, or no answer in time, send the request again, a few times.",
)
def test_it_repeats_what_was_lost(company: Company, client: Client) -> None:
    """A reset connection, or one without an answer in time: it retries, bounded.

    How long a client waits is its own affair, and may be a minute: what is tried is a connection
    that is closed after some silence, as proxies do. Who waits for less than that has a time-out.
    """
    _tries(company, client, connection="reset", times=1)
    _tries(company, client, connection="close", delay_ms=round(SILENT * 1000), times=1)

    tries = _tries(company, client, connection="close")

    _expect_bounded(tries, "lost the connection")


@rule(
    "RES-4",
    MUST,
    "exports",
    source="connect guide: Export lifecycle overview",
    says="What is acknowledged is not sent again: it is to be downloaded, whole, before.",
    remedy="Parse the whole package before you book any of it; what cannot be parsed fetch again.",
)
def test_it_acknowledges_whole_packages(company: Company, client: Client) -> None:
    """A truncated or malformed package is never acknowledged."""
    company.has_trouble(DOWNLOAD, body="malformed", times=1)
    company.has_trouble(DOWNLOAD, connection="truncate", times=1)
    export = company.sends(reports=3)
    client.works()
    _goes_on(company, client, export)
    if company.was_delivered_whole(export) and not company.seen.about(export, DOWNLOAD):
        pytest.skip("its packages come in its webhooks, whole or not at all")

    whole = company.seen.downloads(export)
    too_early = company.seen.before(whole[0]) if whole else company.seen.all()
    early = [r for r in company.seen.about(export, UPDATE) if r in too_early]
    if early:
        before = [r for r in company.seen.before(early[0]) if r["operationId"] == DOWNLOAD]
        raise violated("it acknowledged a package that it had not got whole", [*before, early[0]])
    company.expect_booked(export)


@rule(
    "RES-5",
    SHOULD,
    "exports",
    source="charts-of-accounts guide: error format",
    says="Every error has a requestId: with it Findity's support finds what happened.",
    remedy="Print the requestId of the answer when you give up, to standard output or error.",
)
def test_it_logs_the_request_id(company: Company, client: Client) -> None:
    """It logs the requestId of an error it gives up on."""
    company.has_trouble(UPDATE, status=400)
    export = company.sends(expenses=[TAXI])

    client.works()

    refused = company.seen.about(export, UPDATE)
    client.stop()  # some print what they have to say only now
    if not refused:
        raise violated(
            f"it reported nothing of export {export.id}{company.refused(export)}",
            company.seen.all(),
        )
    if not any(request["requestId"] in client.output for request in refused):
        raise violated(
            f"it gave up on an error with the requestId {refused[-1]['requestId']}, which is not "
            "in what it printed",
            refused,
        )


def _tries(company: Company, client: Client, **trouble: object) -> list[RequestOut]:
    """How often a client reports an export where something goes wrong with that, in one step.
    Afterwards all is well, and the export booked.

    Raises ``Violation`` for one that tries only once.
    """
    company.has_trouble(UPDATE, **trouble)
    export = company.sends(expenses=[TAXI])
    client.works()
    # What a client did not wait for is in the journal only when it was answered.
    wait_until(1 + SILENT, lambda: not client.traffic.under_way())
    tries = company.seen.about(export, UPDATE)
    _goes_on(company, client, export)
    company.expect_booked(export)
    if len(tries) < 2:
        raise violated(f"it did not try again what {_told(trouble)}", tries)
    return tries


def _told(trouble: dict[str, object]) -> str:
    if status := trouble.get("status"):
        return f"was answered {status}"
    return "had no answer in time" if trouble.get("delay_ms") else "lost the connection"


def _goes_on(company: Company, client: Client, export: Export) -> None:
    """All is well again; where the export is open, let the client work once more."""
    company.findity.faults.clear()
    if export.status != "SENT":
        client.works()


def _waits(tries: list[RequestOut]) -> list[float]:
    """Seconds from each answer to the next request."""
    return [b["begun"] - a["begun"] - a["durationMs"] / 1000 for a, b in pairwise(tries)]


def _expect_bounded(tries: list[RequestOut], what: str) -> None:
    if len(tries) > MOST_TRIES:
        raise violated(f"it sent a request {len(tries)} times that {what}", tries)
