"""Files of exports: PDFs, receipts, what a client attached; none of them is to be trusted."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import httpx2
import pytest
from support import TAXI, Findity

from mockfindity.app import App
from mockfindity.gate import TOKEN, Gate
from mockfindity.sandboxes import Sandboxes
from mockfindity.server import address, in_thread, listen

Read = Callable[..., httpx2.Response]


@pytest.fixture
def sent(acme: Findity) -> str:
    """An export of one report."""
    acme.ready()
    return str(acme.bulk_send()["exportId"])


def file(findity: Findity, *path: str) -> httpx2.Response:
    return findity.http.get("/".join(("/dashboard-files", findity.name, *path)))


def test_the_pdf_may_be_framed_by_this_server_only(acme: Findity, sent: str, read: Read) -> None:
    voucher = acme.vouchers(sent)[0]["id"]

    answer = file(acme, "vouchers", voucher, "basis.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    frame = (
        f'<iframe src="/dashboard-files/{acme.name}/vouchers/{voucher}/basis.pdf" loading="lazy"'
    )
    assert frame in read(f"/exports/{sent}").text


def test_a_receipt_is_a_picture_or_nothing(acme: Findity, read: Read) -> None:
    svg = base64.b64encode(b"<svg><script>alert(1)</script></svg>").decode()
    receipts = [{"contentType": "text/html"}, {"content": svg, "contentType": "image/svg+xml"}]
    acme.ready(TAXI | {"receipts": receipts})
    export = acme.bulk_send()["exportId"]
    voucher = acme.vouchers(export)[0]["id"]

    drawn, script = (file(acme, "vouchers", voucher, "receipts", place) for place in "01")

    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/jpeg")
    assert drawn.headers["x-content-type-options"] == "nosniff"
    assert script.status_code == 404
    page = read(f"/exports/{export}").text
    assert page.count("<img ") == 1
    assert "It is no picture that can be shown." in page


def test_what_was_attached_is_saved_and_never_shown(acme: Findity, sent: str, read: Read) -> None:
    headers = {"content-type": "text/html", "content-disposition": 'attachment; filename="b.html"'}
    acme.api.put(f"{acme.exports}/{sent}/content", content=b"<b>", headers=headers)

    answer = file(acme, "exports", sent, "content")

    assert answer.content == b"<b>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert ">b.html</a> <small>3 bytes, text/html</small>" in read(f"/exports/{sent}").text
    assert "attached: b.html" in read("/exports").text


def test_files_leave_no_trace(acme: Findity, sent: str) -> None:
    voucher = acme.vouchers(sent)[0]["id"]
    acme.control("DELETE", "/requests")

    file(acme, "vouchers", voucher, "basis.pdf")
    file(acme, "vouchers", "nothing", "basis.pdf")

    assert acme.control("GET", "/requests/count").json() == {"count": 0}


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The URL of a server with ``--control-token``."""
    listener = listen(port=0)
    with in_thread(App(Sandboxes(address(listener)), Gate("s3cret")), listener):
        yield address(listener)


@pytest.mark.parametrize(
    "path", ["exports/1/content", "vouchers/1/basis.pdf", "vouchers/1/receipts/0"]
)
def test_files_are_for_those_who_have_the_control_token(guarded: str, path: str) -> None:
    url, cookie = f"{guarded}/dashboard-files/default/{path}", {"cookie": f"{TOKEN}=s3cret"}

    without, with_it = (httpx2.get(url, headers=h, verify=False) for h in ({}, cookie))

    assert (without.status_code, with_it.status_code) == (401, 404)
