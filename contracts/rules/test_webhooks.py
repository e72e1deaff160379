"""Webhooks: how a client takes them, and what it does then."""

from __future__ import annotations

from typing import Any

from mockfindity.kit import MUST, SHOULD, Client, Company, rule, violated
from mockfindity.kit.seen import UPDATE

NOBODYS = "f" * 32
"""An id that Findity never gave anything."""

SLOW = 1.5
"""Seconds that Findity takes over one call of an import that is slow."""

LONGEST = 5.0
"""Seconds within which a webhook should be answered, whatever it leads to."""


@rule(
    "HOOK-1",
    MUST,
    "webhook",
    source="webhook page",
    says="Only the answer 200 counts. After any other one the reports go back to the administrator,"
    " and the export is gone.",
    remedy="Answer 200, neither 201, 202 nor 204, as soon as you know that it is a webhook.",
)
def test_it_answers_200(company: Company, client: Client) -> None:
    """It answers 200 to a good webhook."""
    export = company.sends()

    client.works()

    company.hooks.expect_taken(export)


@rule(
    "HOOK-2",
    MUST,
    "exports",
    "webhook",
    source="connect guide: Idempotent processing",
    says="The same webhook may come again. The export's id says that it is the same.",
    remedy="Keep the ids of vouchers that you have booked, and book none of them a second time.",
)
def test_a_duplicate_books_once(company: Company, client: Client) -> None:
    """A duplicate webhook books once."""
    company.findity.settings(webhook_chaos={"duplicate": 1})
    export = company.sends()
    client.works()
    company.findity.webhooks.redeliver(company.hooks.of(export)[0])

    client.works()

    company.hooks.expect_taken(export)
    company.expect_booked_once(export)


@rule(
    "HOOK-3",
    MUST,
    "exports",
    "webhook",
    source="connect guide: Common integration patterns",
    says="Each export is announced by a webhook of its own, whenever an administrator sends.",
    remedy="Take webhooks at any time, in any order: note each of them, and work them off later.",
)
def test_it_processes_all_that_come_at_once(company: Company, client: Client) -> None:
    """Two webhooks at once, or out of order, are both processed."""
    company.findity.faults.add(UPDATE, times=1, delay_ms=300)  # it is busy when the second comes
    with company.hooks.held_back():
        older, newer, *both = [company.sends() for _ in range(4)]
    answers = [company.hooks.post(newer), company.hooks.post(older)]
    answers += company.hooks.post_at_once(*both)

    client.works()

    for export, answered in zip((newer, older, *both), answers, strict=True):
        company.hooks.expect_good(export, answered)
    company.expect_booked_once(older, newer, *both)


@rule(
    "HOOK-4",
    MUST,
    "webhook",
    source="connect guide: Troubleshooting",
    says="EXPORT_NOT_FOUND: the export was withdrawn, or is of another organization.",
    remedy="Take it as a webhook about nothing, and go on with the next one.",
)
def test_an_unknown_export_does_not_bring_it_down(company: Company, client: Client) -> None:
    """An unknown exportId does not bring it down."""
    first = company.sends()
    client.works()
    answered = company.hooks.fire(first, _of_nobody(company.hooks.payload(first)))
    client.works()
    second = company.sends()

    client.works()

    if answered.status is None:
        raise violated(f"it answered the webhook of an unknown export {answered}")
    company.hooks.expect_taken(first, second)


def _of_nobody(payload: dict[str, Any]) -> dict[str, Any]:
    """A webhook about an export, or a package of vouchers, that Findity does not have."""
    if "vouchers" not in payload:
        return payload | {"exportId": NOBODYS}
    vouchers = [voucher | {"id": NOBODYS} for voucher in payload["vouchers"]]
    return payload | {"vouchers": vouchers}


@rule(
    "HOOK-5",
    MUST,
    "exports",
    "webhook",
    source="webhook page",
    says="Of the two payloads the recipient asks for one. Fields are added over time, and nothing"
    " shows that a webhook is Findity's: anybody can send one.",
    remedy="Read the fields you need and pass over the others; fetch the package, and book that.",
)
def test_it_takes_its_payload_and_trusts_it_little(company: Company, client: Client) -> None:
    """It takes its declared payload, unknown fields included; it does not trust its amounts."""
    with company.hooks.held_back():
        export = company.sends()
    answered = company.hooks.post(export, _forged(company.hooks.payload(export)))

    client.works()

    company.hooks.expect_good(export, answered)
    company.expect_booked(export)
    rows = {r["id"]: r["amount"] for v in export.vouchers() for r in v["voucherRows"]}
    for booked in company.bookings():
        amount = booked.get("debit") or booked.get("credit") or 0
        true = rows.get(str(booked.get("rowId")))
        if true is not None and float(amount) != float(true):
            raise violated(
                f"it booked {amount} for row {booked['rowId']}, which the webhook had; Findity has "
                f"{true}",
                company.seen.about(export),
            )


def _forged(payload: Any) -> Any:
    """A webhook with fields nobody knows, and with amounts and numbers that are not true."""
    if isinstance(payload, list):
        return [_forged(one) for one in payload]
    if not isinstance(payload, dict):
        return payload
    known = {name: _forged(value) for name, value in payload.items()}
    numbers = {name: value + 1000 for name, value in known.items() if _is_number(value)}
    return known | numbers | {"addedLater": {"as": ["an", "object"]}}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@rule(
    "HOOK-6",
    MUST,
    "webhook",
    source="webhook page",
    says="A webhook is a JSON object. Whatever else comes to its URL is not from Findity.",
    remedy="Answer 400 to what is no JSON object, and go on.",
)
def test_it_refuses_a_malformed_body(company: Company, client: Client) -> None:
    """A malformed body gets a 4xx, and the service lives."""
    first = company.sends()
    client.works()
    bodies = {"that was cut": '{"exportId": "8a5c', "without anything in it": ""}
    answers = {what: company.hooks.fire(first, body) for what, body in bodies.items()}
    second = company.sends()

    client.works()

    for what, answered in answers.items():
        if answered.status is None or not 400 <= answered.status < 500:
            raise violated(f"it answered a body {what} {answered}")
    company.hooks.expect_taken(first, second)


@rule(
    "HOOK-7",
    SHOULD,
    "webhook",
    source="webhook page",
    says="Findity waits for the answer, and takes the export back if none comes. It does not say"
    f" how long it waits; {LONGEST:g} seconds are surely not too long. Measured with a call of the"
    f" import that takes {SLOW:g} seconds: the answer must not wait for it.",
    remedy="Answer first, and do the import afterwards, in another thread or from a queue.",
)
def test_it_answers_before_it_works(company: Company, client: Client) -> None:
    """It answers within 5 s, whatever its import takes."""
    company.findity.faults.add(UPDATE, times=1, delay_ms=round(SLOW * 1000))
    export = company.sends()

    client.works()

    company.hooks.expect_taken(export)
    answered = company.hooks.answers(export)[0]
    if answered.seconds >= (SLOW if client.is_seen else LONGEST):
        raise violated(
            f"it answered the webhook of export {export.id} {answered}, as if it did its import "
            "first",
            company.seen.about(export),
        )
