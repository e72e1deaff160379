"""The first page: where the reports are, in the picture and in the list."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest
from support import Findity, Receiver

from mockfindity.dashboard.life_picture import picture

Read = Callable[..., httpx2.Response]


def test_the_first_page_is_that_of_the_sandbox_default(server: str) -> None:
    answer = httpx2.get(f"{server}/", verify=False)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Flow · default · mockfindity</title>" in answer.text


def test_every_status_has_its_number(acme: Findity, read: Read) -> None:
    acme.report()
    acme.ready()
    acme.ready()

    page = read().text
    assert 'aria-label="normal: 1 report"' in page
    assert 'aria-label="ready to send: 2 reports"' in page
    assert 'aria-label="sent: 0 reports"' in page


def test_a_status_leads_to_its_reports(acme: Findity, read: Read) -> None:
    acme.report(name="Stockholm")
    acme.ready(name="Kiel")

    page = read(status="READY_TO_SEND").text
    assert "Reports in ready to send" in page
    assert ">Kiel</a>" in page
    assert ">Stockholm</a>" not in page


def test_the_newest_report_stands_first_and_the_others_on_later_pages(
    acme: Findity, read: Read
) -> None:
    for number in range(60):
        acme.report(name=f"Trip {number}")

    first, second = read().text, read(offset="50").text
    assert first.index(">Trip 59</a>") < first.index(">Trip 10</a>")
    assert ">Trip 9</a>" not in first
    assert second.index(">Trip 9</a>") < second.index(">Trip 0</a>")
    assert "51 to 60 of 60" in second


def test_the_status_that_is_chosen_is_marked(acme: Findity, read: Read) -> None:
    marked = 'aria-label="sent: 0 reports" aria-current="true" id="status-SENT"'

    assert marked in read(status="SENT").text
    assert 'class="status" aria-label="sent: 0 reports"  id="status-SENT"' in read().text


def test_the_webhook_of_the_last_export_is_told_when_it_failed(
    acme: Findity, receiver: Receiver, read: Read
) -> None:
    acme.changed("/settings", {"webhookMode": "sync"})
    acme.recipient(webhookUrl=receiver.url)
    receiver.status = 503
    acme.ready()
    failed = acme.bulk_send()["webhook"]

    page = read().text
    assert "The webhook of the last export failed: it was answered 503." in page
    assert "Its reports are ready to send again." in page
    assert f'href="/dashboard/{acme.name}/webhooks/{failed}"' in page
    receiver.status = 200
    acme.bulk_send()
    assert 'id="failed"' not in read().text


def test_a_report_offers_the_steps_that_its_life_has(acme: Findity, read: Read) -> None:
    normal, ready = acme.report(), acme.ready()

    assert f"/reports/{normal}/submit" in read().text
    assert f"/reports/{normal}/approve" not in read().text
    assert f"/reports/{ready}/return" in read().text


def test_an_empty_findity_says_how_to_begin(read: Read) -> None:
    page = read().text

    assert "This Findity is empty" in page
    assert "/scenarios/demo" in page


def test_a_report_is_shown_with_its_expenses(acme: Findity, read: Read) -> None:
    report = acme.report(name="Stockholm")

    page = read(f"/reports/{report}").text
    assert "<h1>Stockholm" in page
    assert "<td>Taxi</td>" in page
    assert "125.00" in page
    assert "decided when it is submitted" in page


def test_a_report_says_why_nobody_has_to_approve_it(acme: Findity, read: Read) -> None:
    report = acme.ready()

    assert "nobody: no approver is set for its dimension values" in read(f"/reports/{report}").text
    acme.changed(f"/organizations/{acme.org}/settings", {"approvalActive": False})
    assert "nobody: approval is not active" in read(f"/reports/{report}").text


def test_a_report_that_is_ready_can_be_sent_alone_from_its_page(acme: Findity, read: Read) -> None:
    report = acme.ready()

    page = read(f"/reports/{report}").text
    assert f'name="reportIds" data-type="list" value="{report}"><button>Send alone<' in page


def test_what_is_not_there_is_told_to_people_as_a_page(read: Read, server: str) -> None:
    report = read("/reports/nothing")
    sandbox = httpx2.get(f"{server}/dashboard/nowhere", verify=False)

    assert (report.status_code, sandbox.status_code) == (404, 404)
    assert "<h1>404 REPORT_NOT_FOUND</h1>" in report.text
    assert "<h1>404 SANDBOX_NOT_FOUND</h1>" in sandbox.text
    assert 'href="/dashboard/default/sandboxes"' in sandbox.text
    assert "POST" not in sandbox.text


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard/default/nosuch"])
def test_an_address_of_no_page_is_told_to_people_as_a_page(server: str, path: str) -> None:
    answer = httpx2.get(f"{server}{path}", verify=False)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "The dashboard has no page at this address." in answer.text


def test_a_page_leaves_no_trace(acme: Findity, read: Read) -> None:
    acme.control("DELETE", "/requests")
    before = acme.control("GET", "/state").content

    read()

    assert acme.control("GET", "/requests/count").json() == {"count": 0}
    assert acme.control("GET", "/state").content == before


def test_a_page_may_load_and_be_framed_by_nothing_else(read: Read) -> None:
    policy = read().headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_new_line_of_the_table_is_drawn() -> None:
    drawn = picture(
        {
            "statuses": ["NEW", "NORMAL", "SENT"],
            "steps": [
                {"from": "NORMAL", "step": "send", "to": ["SENT"], "follows": False},
                {"from": "SENT", "step": "recall", "to": ["NORMAL"], "follows": True},
            ],
        }
    )

    assert [node.status for node in drawn.nodes] == ["NORMAL", "SENT", "NEW"]
    assert [(a.start, a.end, a.lines, a.follows) for a in drawn.arrows] == [
        ("NORMAL", "SENT", ["send"], False),
        ("SENT", "NORMAL", ["recall"], True),
    ]
