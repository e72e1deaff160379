from support import Findity


def test_a_report_travels_from_its_owner_into_the_ledger(acme: Findity) -> None:
    report = acme.ready()
    sent = acme.bulk_send()

    acme.book(sent["exportId"])

    assert acme.status(report) == "SENT"
