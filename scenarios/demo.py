"""Eight weeks at Nordljus AB: one for each of the eight voucher formats.

Nordljus is a new customer. The integration sets it up in the six steps of the admin guide: the
organization from a template, dimension fields, their values, the chart of accounts, users, and
who approves what.

Then come eight weeks. Every week the administrator has the API recipient write another format.
Anna travels to a customer, and brings back a keyboard that she was refunded for; Omar drives to
the ferry and pays in euros; Sofia takes a customer out for dinner. They submit their reports, and
whoever is responsible for the cost center approves them, step by step. On Friday the administrator
sends what is ready. The webhook reaches the bookkeeping: a small receiver of this script's own,
which answers 200 and leaves a note. The bookkeeping downloads the package, checks that it adds up,
files every voucher's PDF, and reports the numbers its vouchers got.

In the end one export is left to be fetched and one report to be sent, for whoever comes next, and
the clock goes by the wall again. ``mockfindity demo`` plays this on a server of its own. The one
thing that is not the same every time is the port of the receiver, which exports remember.
"""

from __future__ import annotations

import json
import queue
import random
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.scenario_files import StoryError, Tell
from mockfindity.stories import exact, total
from mockfindity.stories.nordljus import (
    EXTERNAL_ID,
    FIRST_MONDAY,
    FORMATS,
    SET_UP_STEPS,
    approved,
    handed_in,
    reports_of,
    set_up,
    turn_to,
)

STEPS = SET_UP_STEPS + len(FORMATS) + 1

Json = dict[str, Any]


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    archive: Annotated[Path | None, "The folder in which the vouchers' PDFs are filed."] = None,
) -> Json:
    with bookkeeping_entrance() as (hook, inbox):
        company = set_up(findity, lambda number, what: tell(number, STEPS, what))
        company.recipient(webhook_url=hook)
        weeks = [Week(findity, number, kind, seed) for number, kind in enumerate(FORMATS)]
        for week in weeks:
            tell(SET_UP_STEPS + 1 + week.number, STEPS, week.kind)
            week.play(inbox, archive)
        tell(STEPS, STEPS, "what is left for you to try")
        waiting = leave_something(findity, seed)
    return {
        "url": findity.url,
        "sandbox": findity.name,
        "organizationId": company.id,
        "externalOrganizationId": EXTERNAL_ID,
        "exports": [*(week.export.id for week in weeks), waiting["exportId"]],
        "formats": [week.figures for week in weeks],
        "totals": totals([week.figures for week in weeks]),
        "waiting": waiting,
        "problems": [problem for week in weeks for problem in week.problems],
    }


@contextmanager
def bookkeeping_entrance() -> Iterator[tuple[str, queue.Queue[Json]]]:
    """Where webhooks arrive, and a queue of them; it answers at once, the work comes later."""
    inbox: queue.Queue[Json] = queue.Queue()

    class Entrance(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inbox.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Entrance) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/findity", inbox
        finally:
            server.shutdown()
            thread.join()


class Week:
    """A week in one format: reports are written, approved, sent, booked and filed.

    ``problems`` is what did not add up, ``figures`` what the table shows.
    """

    def __init__(self, findity: Findity, number: int, kind: str, seed: int) -> None:
        self.findity, self.number, self.kind = findity, number, kind
        self.monday = FIRST_MONDAY + timedelta(weeks=number)
        self.bodies = reports_of(self.monday, random.Random(f"{seed} {kind}"))
        self.problems: list[str] = []
        self.figures: Json = {"format": kind}

    def play(self, inbox: queue.Queue[Json], archive: Path | None) -> None:
        """From the first expense to the last PDF."""
        company = self.findity.here
        turn_to(self.findity, self.monday)
        written = [handed_in(company, body) for body in self.bodies]
        approvals = sum(len(report.data["approvers"]) for report in written)
        written = [report.approve() for report in written]
        turn_to(self.findity, self.monday + timedelta(days=4))
        self.export = company.bulk_send(format=self.kind)
        try:
            note = inbox.get(timeout=30)
        except queue.Empty:
            raise StoryError(f"{self.kind}: no webhook came within 30 s") from None
        self.expect(note["exportId"] == self.export.id, "the webhook is another export's")
        vouchers = self.export.vouchers()
        pdfs = self.file(vouchers, archive / self.kind if archive else None)
        status = self.export.acknowledge(
            *(
                {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": number}
                for number, voucher in self.numbered(vouchers)
            )
        )
        self.figures |= {"reports": len(written), "approvals": approvals, **sums(vouchers)}
        self.figures |= {"status": status, "pdfs": pdfs}
        self.check(written, vouchers)

    def file(self, vouchers: list[Any], folder: Path | None) -> int:
        """Archive the PDF of every voucher; how many there are."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        for number, voucher in self.numbered(vouchers):
            pdf = self.export.pdf(voucher)
            self.expect(pdf.startswith(b"%PDF-"), f"the basis of voucher {number} is no PDF")
            if folder is not None:
                (folder / f"{number}.pdf").write_bytes(pdf)
        return len(vouchers)

    def numbered(self, vouchers: list[Any]) -> list[tuple[str, Any]]:
        """The vouchers with their numbers in the ledger: A101, A102 … in the first week."""
        first = 100 * (self.number + 1) + 1
        return [(f"A{number}", voucher) for number, voucher in enumerate(vouchers, start=first)]

    def check(self, written: list[Any], vouchers: list[Any]) -> None:
        """Note what does not add up, from the package, the reports and the webhook."""
        reports = [report.data for report in written]
        self.problems += [f"{self.kind}: {wrong}" for wrong in what_is_wrong(reports, vouchers)]
        self.expect(self.figures["status"] == "SENT", f"the export is {self.figures['status']}")
        for report in written:
            status = report.status
            self.expect(status == "SENT", f"report {report.data['name']!r} is {status}, not SENT")
        webhooks = {one["id"]: one["status"] for one in self.findity.webhooks.wait(self.number + 1)}
        outcome = webhooks.get(self.export.delivery or "")
        self.expect(outcome == "DELIVERED", f"the webhook is {outcome}")

    def expect(self, good: bool, problem: str) -> None:
        if not good:
            self.problems.append(f"{self.kind}: {problem}")


def leave_something(findity: Findity, seed: int) -> Json:
    """One export to be fetched and one report to be sent; nobody listens for webhooks now."""
    company, monday = findity.here, FIRST_MONDAY + timedelta(weeks=len(FORMATS))
    visit, desk, *_ = reports_of(monday, random.Random(f"{seed} left"))
    turn_to(findity, monday)
    company.recipient(format="REPORT_PER_EXPENSE", webhook_url=None)
    approved(company, visit)
    export = company.bulk_send()
    voucher, ready = export.vouchers()[0], approved(company, desk)
    findity.clock.go()
    return {
        "exportId": export.id,
        "voucherId": voucher["id"],
        "basisUrl": voucher["basisUrl"],
        "reportId": ready.id,
    }


def sums(vouchers: list[Any]) -> Json:
    """What the vouchers of an export come to. ``credit`` is None where nothing is credited."""
    rows = [row for voucher in vouchers for row in voucher["voucherRows"]]
    credited = [v["totalCreditAmount"] for v in vouchers if v["totalCreditAmount"] is not None]
    return {
        "vouchers": len(vouchers),
        "rows": len(rows),
        "debit": added(v["totalDebitAmount"] for v in vouchers),
        "credit": added(credited) if credited else None,
        "tax": added(row["taxAmount"] for row in rows),
    }


def totals(figures: list[Json]) -> Json:
    """The figures of all formats added up; a format that credits nothing counts as nothing."""
    counts = ("reports", "approvals", "vouchers", "rows", "pdfs")
    money = ("debit", "credit", "tax")
    return {name: sum(one[name] for one in figures) for name in counts} | {
        name: added(one[name] or 0 for one in figures) for name in money
    }


def added(amounts: Iterable[float]) -> float:
    """A sum to the öre; floats alone would miss it."""
    return float(total(amounts))


def what_is_wrong(written: list[Any], vouchers: list[Any]) -> list[str]:
    """What does not add up between reports as they were written and the vouchers made of them."""
    wrong = []
    for voucher in vouchers:
        debit, credit = voucher["totalDebitAmount"], voucher["totalCreditAmount"]
        if None not in (debit, credit) and debit != credit:
            wrong.append(f"voucher {voucher['id']} debits {debit} and credits {credit}")
        for side, said in (("DEBIT", debit), ("CREDIT", credit)):
            rows = total(row["amount"] for row in voucher["voucherRows"] if row["type"] == side)
            if rows != exact(said or 0):
                wrong.append(f"voucher {voucher['id']}: its {side} rows come to {rows}")
    debit = total(voucher["totalDebitAmount"] for voucher in vouchers)
    gross = total(report["total"] for report in written)
    if debit != gross:
        wrong.append(f"the reports come to {gross}, the vouchers debit {debit}")
    expenses = [expense["id"] for report in written for expense in report["expenses"]]
    if sorted(expenses) != sorted(e for v in vouchers for e in v["expenseRecordIds"]):
        wrong.append("not every expense is in the vouchers exactly once")
    return wrong
