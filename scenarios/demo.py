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

In the end one export is left to be fetched and one report to be sent, for whoever comes next.

Everything goes over HTTP: Findity's own API with a token, the humans' steps through mockfindity's
control API. The amounts follow from the seed and the dates from the sandbox's clock, so another
fresh server gives the same figures. To play it in the sandbox ``default`` of one that runs:

    python scenarios/demo.py --url http://127.0.0.1:4655 --archive pdfs
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2

COMPANY: dict[str, Any] = json.loads(Path(__file__).with_name("nordljus.json").read_text("utf-8"))
"""What each of the six steps sends, and what is bought in a week."""
EXTERNAL_ID: str = COMPANY["organization"]["externalSourceId"]
FORMATS: list[str] = COMPANY["formats"]
FIRST_MONDAY = date(2026, 3, 2)
STEPS = 6 + len(FORMATS) + 1

Json = dict[str, Any]
Step = Callable[[int, str], None]  # told the number of each step, from 1 to STEPS, and its name


class StoryError(Exception):
    """The story cannot go on: a request was refused, or a webhook did not come."""


def play(
    url: str,
    archive: Path,
    *,
    sandbox: str = "default",
    seed: int = 0,
    step: Step | None = None,
    control_token: str | None = None,
) -> Json:
    """Play the story on the server at ``url`` and file the PDFs in ``archive``.

    Gives the figures of each format, what waits in the end, and under ``problems`` all that did
    not add up. Raises ``StoryError`` where it cannot go on.
    """
    tell = step or (lambda number, text: None)
    with (
        closing(Findity(url, sandbox, control_token)) as findity,
        bookkeeping_entrance() as (hook, inbox),
    ):
        set_up(findity, tell)
        findity.recipient(webhookUrl=hook)
        weeks = [Week(findity, number, kind, seed) for number, kind in enumerate(FORMATS)]
        for week in weeks:
            tell(7 + week.number, week.kind)
            week.play(inbox, archive)
        tell(STEPS, "what is left for you to try")
        waiting = leave_something(findity, seed)
    return {
        "url": url,
        "sandbox": sandbox,
        "organizationId": findity.organization_id,
        "externalOrganizationId": EXTERNAL_ID,
        "formats": [week.figures for week in weeks],
        "totals": totals([week.figures for week in weeks]),
        "waiting": waiting,
        "archive": str(archive),
        "problems": [problem for week in weeks for problem in week.problems],
    }


class Findity:
    """One sandbox, as the integration (``api``) and as its people (``control``) see it."""

    def __init__(self, url: str, sandbox: str, control_token: str | None = None) -> None:
        self._http = httpx2.Client(base_url=url, timeout=30, trust_env=False)
        self._guarded = {} if control_token is None else {"x-mockfindity-token": control_token}
        self._control = f"/_mockfindity/sandboxes/{sandbox}"
        self._token = ""
        self.organization_id = ""

    def close(self) -> None:
        self._http.close()

    def turn_to(self, day: date) -> None:
        """Set the clock to eight in the morning of a day, and sign in: the last token is old."""
        self.control("PUT", "/clock", {"now": f"{day}T08:00:00Z"})
        key = self.control("GET", "")
        form = {
            "grant_type": "client_credentials",
            "client_id": key["clientId"],
            "client_secret": key["clientSecret"],
        }
        self._token = self._send("POST", "/oauth/token", data=form).json()["access_token"]

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """What Findity's API answers."""
        return json.loads(self.download(method, path, body), parse_float=Decimal)

    def download(self, method: str, path: str, body: Any = None) -> bytes:
        """The same, as it came."""
        headers = {"authorization": f"Bearer {self._token}"}
        if "/api/admin/" in path:
            headers["x-findity-apiversion"] = "3"
        return self._send(method, path, json=body, headers=headers).content

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """What the sandbox's control API answers."""
        path = self._control + path
        text = self._send(method, path, json=body, headers=self._guarded).content
        return json.loads(text, parse_float=Decimal)

    @property
    def exports(self) -> str:
        return f"/api/v1/connect/organizations/{self.organization_id}/exports"

    def recipient(self, **changes: Any) -> None:
        """Change the settings of the organization's API recipient."""
        path = f"/organizations/{self.organization_id}/recipients"
        for recipient in self.control("GET", path)["data"]:
            if recipient["integrationPluginName"] == "ce-integration-api":
                self.control("PUT", f"{path}/{recipient['id']}", changes)

    def bulk_send(self) -> Json:
        """Send all that is ready, as the administrator does."""
        sent: Json = self.control("POST", f"/organizations/{self.organization_id}/bulk-send")
        return sent

    def _send(self, method: str, path: str, **more: Any) -> httpx2.Response:
        try:
            answer = self._http.request(method, path, **more)
        except httpx2.HTTPError as error:
            raise StoryError(f"{method} {path}: {str(error) or type(error).__name__}") from None
        if not answer.is_success:
            raise StoryError(f"{method} {path} was answered {answer.status_code}: {answer.text}")
        return answer


def set_up(findity: Findity, tell: Step) -> None:
    """Provision the organization; each step needs the ones before it."""
    base = f"/api/admin/organizations/externalid/{EXTERNAL_ID}/"
    findity.turn_to(FIRST_MONDAY)
    tell(1, "create the organization from the template tmpl-se-001")
    findity.organization_id = findity.api("POST", base, COMPANY["organization"])["id"]
    tell(2, "configure dimension fields")
    findity.api("PUT", f"{base}customdimensions/", COMPANY["dimensions"])
    tell(3, "add dimension values")
    for name, values in COMPANY["values"].items():
        findity.api("PUT", f"{base}customdimensions/{name}/list/?clearBeforeUpdate=false", values)
    tell(4, "set up the chart of accounts")
    accounts = f"/api/v1/admin/organizations/{findity.organization_id}/accounts"
    for account in COMPANY["accounts"]:
        findity.api("POST", accounts, account)
    tell(5, "add users")
    findity.api("PUT", f"{base}users/?sendInvitationMail=true", COMPANY["users"])
    tell(6, "create the approval structure")
    approvers = f"{base}customdimensions/cost-center/list/approvers/"
    findity.api("PUT", approvers, COMPANY["approvers"])


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

    def play(self, inbox: queue.Queue[Json], archive: Path) -> None:
        """From the first expense to the last PDF."""
        self.findity.turn_to(self.monday)
        self.findity.recipient(verificationListsType=self.kind)
        written = [approved(self.findity, body) for body in self.bodies]
        self.findity.turn_to(self.monday + timedelta(days=4))
        sent = self.findity.bulk_send()
        try:
            note = inbox.get(timeout=30)
        except queue.Empty:
            raise StoryError(f"{self.kind}: no webhook came within 30 s") from None
        self.expect(note["exportId"] == sent["exportId"], "the webhook is another export's")
        export = f"{self.findity.exports}/{note['exportId']}"
        vouchers = self.findity.api("GET", f"{export}/export")["vouchers"]
        pdfs = self.file(vouchers, archive / self.kind)
        status = self.book(export, vouchers)
        approvals = sum(report["approvals"] for report in written)
        self.figures |= {"reports": len(written), "approvals": approvals, **sums(vouchers)}
        self.figures |= {"status": status, "pdfs": pdfs}
        self.check(written, vouchers, sent["webhook"])

    def file(self, vouchers: list[Json], folder: Path) -> int:
        """Archive the PDF of every voucher; how many there are."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, voucher in self.numbered(vouchers):
            pdf = self.findity.download("GET", f"{voucher['basisUrl']}?format=pdf")
            self.expect(pdf.startswith(b"%PDF-"), f"the basis of voucher {number} is no PDF")
            (folder / f"{number}.pdf").write_bytes(pdf)
        return len(vouchers)

    def book(self, export: str, vouchers: list[Json]) -> str:
        """Say which number each voucher got in the ledger; the status the export has then."""
        updates = [
            {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": number}
            for number, voucher in self.numbered(vouchers)
        ]
        self.findity.api("PUT", f"{export}/updatestatus", {"voucherUpdates": updates})
        return str(self.findity.api("GET", export)["status"])

    def numbered(self, vouchers: list[Json]) -> list[tuple[str, Json]]:
        """The vouchers with their numbers in the ledger: A101, A102 … in the first week."""
        first = 100 * (self.number + 1) + 1
        return [(f"A{number}", voucher) for number, voucher in enumerate(vouchers, start=first)]

    def check(self, written: list[Json], vouchers: list[Json], webhook: str) -> None:
        """Note what does not add up, from the package, the reports and the webhook."""
        self.problems += [f"{self.kind}: {wrong}" for wrong in what_is_wrong(written, vouchers)]
        self.expect(self.figures["status"] == "SENT", f"the export is {self.figures['status']}")
        for report in written:
            status = self.findity.control("GET", f"/reports/{report['id']}")["status"]
            self.expect(status == "SENT", f"report {report['name']!r} is {status}, not SENT")
        self.findity.control("GET", f"/webhooks/wait?count={self.number + 1}")
        outcome = self.findity.control("GET", f"/webhooks/{webhook}")["status"]
        self.expect(outcome == "DELIVERED", f"the webhook is {outcome}")

    def expect(self, good: bool, problem: str) -> None:
        if not good:
            self.problems.append(f"{self.kind}: {problem}")


def reports_of(monday: date, rng: random.Random) -> list[Json]:
    """What the three of them write in a week: ``nordljus.json`` says for what, ``rng`` how much."""
    euro = 11 + Decimal(rng.randrange(6000)) / 10_000
    return [
        {
            "owner": plan["owner"],
            "name": plan["name"],
            "expenses": [
                expense_of(one, monday, rng, euro) | {"dimensionValues": plan["dimensionValues"]}
                for one in plan["expenses"]
            ],
        }
        for plan in COMPANY["reports"]
    ]


def expense_of(plan: Json, monday: date, rng: random.Random, euro: Decimal) -> Json:
    """An expense with its day and its amount; ``between`` is in money, kilometres or days."""
    low, high = plan["between"]
    expense = {name: plan[name] for name in plan if name not in ("day", "between", "tax")}
    expense["date"] = f"{monday + timedelta(days=plan['day'])}"
    if "rate" in plan:
        return expense | {"quantity": rng.randint(low, high)}
    gross, percent = Decimal(rng.randint(100 * low, 100 * high)) / 100, plan["tax"]
    tax = (gross * percent / (100 + percent)).quantize(Decimal("0.01"))
    if plan.get("currency") == "EUR":
        expense["exchangeRate"] = float(euro)
    return expense | {"amount": float(gross), "taxAmount": float(tax)}


def approved(findity: Findity, body: Json) -> Json:
    """Write a report, submit it, and let everybody approve it whose turn it is."""
    base = f"/organizations/{findity.organization_id}/reports"
    written: Json = findity.control("POST", base, body)
    now = findity.control("POST", f"/reports/{written['id']}/submit")
    written["approvals"] = 0
    while now["status"] == "APPROVAL":
        now = findity.control("POST", f"/reports/{written['id']}/approve")
        written["approvals"] += 1
    return written


def leave_something(findity: Findity, seed: int) -> Json:
    """One export to be fetched and one report to be sent; nobody listens for webhooks now."""
    monday = FIRST_MONDAY + timedelta(weeks=len(FORMATS))
    visit, desk, *_ = reports_of(monday, random.Random(f"{seed} left"))
    findity.turn_to(monday)
    findity.recipient(verificationListsType="REPORT_PER_EXPENSE", webhookUrl=None)
    approved(findity, visit)
    sent = findity.bulk_send()
    package = findity.api("GET", f"{findity.exports}/{sent['exportId']}/export")
    voucher, ready = package["vouchers"][0], approved(findity, desk)
    findity.control("PUT", "/clock", {"mode": "real"})
    return {
        "exportId": sent["exportId"],
        "voucherId": voucher["id"],
        "basisUrl": voucher["basisUrl"],
        "reportId": ready["id"],
    }


def sums(vouchers: list[Json]) -> Json:
    """What the vouchers of an export come to. ``credit`` is None where nothing is credited."""
    rows = [row for voucher in vouchers for row in voucher["voucherRows"]]
    credited = [v["totalCreditAmount"] for v in vouchers if v["totalCreditAmount"] is not None]
    return {
        "vouchers": len(vouchers),
        "rows": len(rows),
        "debit": sum(v["totalDebitAmount"] for v in vouchers),
        "credit": sum(credited) if credited else None,
        "tax": sum(row["taxAmount"] for row in rows),
    }


def totals(figures: list[Json]) -> Json:
    """The figures of all formats added up; a format that credits nothing counts as nothing."""
    names = ("reports", "approvals", "vouchers", "rows", "debit", "credit", "tax", "pdfs")
    return {name: sum(one[name] or 0 for one in figures) for name in names}


def what_is_wrong(written: list[Json], vouchers: list[Json]) -> list[str]:
    """What does not add up between reports as they were written and the vouchers made of them."""
    wrong = []
    for voucher in vouchers:
        debit, credit = voucher["totalDebitAmount"], voucher["totalCreditAmount"]
        if None not in (debit, credit) and debit != credit:
            wrong.append(f"voucher {voucher['id']} debits {debit} and credits {credit}")
        for side, total in (("DEBIT", debit), ("CREDIT", credit)):
            rows = [row["amount"] for row in voucher["voucherRows"] if row["type"] == side]
            if sum(rows) != (total or 0):
                wrong.append(f"voucher {voucher['id']}: its {side} rows come to {sum(rows)}")
    debit, gross = sums(vouchers)["debit"], sum(report["total"] for report in written)
    if debit != gross:
        wrong.append(f"the reports come to {gross}, the vouchers debit {debit}")
    expenses = [expense["id"] for report in written for expense in report["expenses"]]
    if sorted(expenses) != sorted(e for v in vouchers for e in v["expenseRecordIds"]):
        wrong.append("not every expense is in the vouchers exactly once")
    return wrong


def main() -> int:
    """Play the story on a server that runs, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:4655", help="the server")
    parser.add_argument("--seed", type=int, default=0, help="other amounts")
    parser.add_argument("--archive", type=Path, default="archive", help="where PDFs are filed")
    given = parser.parse_args()
    try:
        figures = play(given.url, given.archive, seed=given.seed)
    except StoryError as error:
        sys.exit(str(error))
    print(json.dumps(figures, indent=2, default=float))
    return 1 if figures["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
