"""The administrator's bulk send: what goes, and to whom."""

from __future__ import annotations

from support import Findity


def test_all_that_is_ready_goes_to_the_first_recipient(acme: Findity) -> None:
    base = f"/organizations/{acme.org}/recipients"
    payroll = acme.made(base, {"recipientName": "Payroll", "sortOrder": 0})
    acme.ready(), acme.ready()
    draft = acme.report()

    sent = acme.bulk_send()

    assert (sent["recipientId"], sent["numberOfReports"]) == (payroll["id"], 2)
    assert acme.status(draft) == "NORMAL"


def test_reports_and_recipient_may_be_named(acme: Findity) -> None:
    base = f"/organizations/{acme.org}/recipients"
    payroll = acme.made(base, {"recipientName": "Payroll", "sortOrder": 2})
    first, second = acme.ready(), acme.ready()

    sent = acme.bulk_send(recipientId=payroll["id"], reportIds=[second])

    assert (sent["recipientId"], sent["numberOfReports"]) == (payroll["id"], 1)
    assert [acme.status(first), acme.status(second)] == ["READY_TO_SEND", "TRANSFER"]
