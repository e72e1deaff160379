"""A client of Findity's that keeps every rule. Start from this.

It books what was approved, and keeps accounts, users and dimension values in line with a ledger:

    python reference.py          do all that waits to be done, and end
    python reference.py serve    go on, taking webhooks at $PORT (of $BIND_ADDRESS, or else of
                                 127.0.0.1; in a container it is 0.0.0.0)

Where Findity is, its key and the organization stand in the environment (FINDITY_BASE_URL, …), as
`mockfindity env` prints it. Two files may: FINDITY_LEDGER, without which nothing but the exports is
looked at, and FINDITY_BOOKINGS, without which our books and the PDFs are not kept.

What to keep when you change it: one token for many calls; every page of the list; a voucher is
booked in our own books first, under a number that it keeps, and reported then, so that a crash or
a lost answer at any point is made good by doing the same again; only what may go better next time
is tried again.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
from alignment import Alignment

Json = dict[str, Any]
TRIES = 4
PAUSE = 0.1  # seconds before the second try; each further one waits twice as long
NOT_OURS = {"6072"}  # accounts that our ledger does not have


class GivenUp(Exception):
    """A call that will not go better: says what was asked, what was answered, and its requestId."""

    def __init__(self, method: str, path: str, answer: httpx2.Response | None, why: str) -> None:
        body = _json(answer) if answer is not None else None
        said = body if isinstance(body, dict) else {}
        self.status = answer.status_code if answer is not None else None
        self.code = said.get("code") or said.get("error")
        request_id = said.get("requestId") or (answer and answer.headers.get("x-request-id"))
        super().__init__(f"{method} {path}: {why} {self.code or ''} (requestId {request_id})")


def _json(answer: httpx2.Response) -> Any:
    """The JSON of an answer; ``None`` where it is none."""
    try:
        return answer.json()
    except ValueError:
        return None


class Findity:
    """Findity's API for one organization: signs in by itself, and tries again what may help."""

    def __init__(self, given: Any) -> None:
        self.given = given
        secure = given.base_url.startswith("https:")  # else there are no certificates to load
        self.http = httpx2.Client(base_url=given.base_url, timeout=5, verify=secure)
        self.token: str | None = None

    def get(self, path: str) -> Any:
        """The JSON that a call is answered with. Raises ``GivenUp``."""
        return self.call("GET", path).json()

    def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """The answer to a call. Raises ``GivenUp``."""
        renewed = False
        for attempt in range(TRIES):
            answer, wrong = self.ask(method, path, body)
            if answer is not None and not wrong:
                return answer
            if answer is not None and answer.status_code == 401 and not renewed:
                self.token, renewed = self.renewed_token(), True
            elif attempt + 1 < TRIES and self.may_help(answer):
                time.sleep(self.pause(answer, attempt))
            else:
                break
        raise GivenUp(method, path, answer, wrong)

    def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
        """One answer, if one came, and what is wrong with it, if something is."""
        try:
            answer = self.http.request(method, path, json=body, headers=self._headers(path))
            if not answer.is_success:
                return answer, f"was answered {answer.status_code}"
            return self.whole(answer), ""
        except (httpx2.TransportError, ValueError) as error:
            return None, f"got no whole answer ({type(error).__name__})"

    def whole(self, answer: httpx2.Response) -> httpx2.Response:
        """The answer. Raises ``ValueError`` for JSON that was cut or is broken: that is none."""
        if "json" in answer.headers.get("content-type", ""):
            json.loads(answer.content)
        return answer

    def may_help(self, answer: httpx2.Response | None) -> bool:
        """Whether asking again may go better: not where the request itself was refused."""
        return answer is None or answer.status_code == 429 or answer.status_code >= 500

    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        """Seconds to wait before the next try: those we are told, else twice as many each time."""
        told = answer.headers.get("retry-after") if answer is not None else None
        return float(told) if told else PAUSE * 2.0**attempt

    def _headers(self, path: str) -> dict[str, str]:
        if self.token is None:
            self.token = self.sign_in()
        headers = {"authorization": f"Bearer {self.token}"}
        return headers | ({"x-findity-apiversion": "3"} if path.startswith("/api/admin/") else {})

    def renewed_token(self) -> str | None:
        """The token to go on with after a 401: none, so that the next try gets one."""
        return None

    def sign_in(self) -> str:
        """A new token. Raises ``GivenUp`` where our key is refused."""
        return str(self.granted({"grant_type": "client_credentials"})["access_token"])

    def granted(self, form: Json) -> Json:
        """What the token endpoint gives for a form. Raises ``GivenUp`` where it refuses."""
        key = {"client_id": self.given.client_id, "client_secret": self.given.client_secret}
        answer = self.post_form(form | key)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise httpx2.RemoteProtocolError(f"no token, but {answer.status_code}")
        if not answer.is_success:
            raise GivenUp("POST", self.given.token_url, answer, "the key was refused,")
        granted: Json = answer.json()
        return granted

    def post_form(self, form: Json) -> httpx2.Response:
        return self.http.post(self.given.token_url, data=form)


class Books:
    """Our own books: a line per row, and for every voucher the number that it was booked under."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.numbers: dict[str, str] = {}
        if path is not None and path.exists():
            for line in path.read_text("utf-8").splitlines():
                entry = json.loads(line)
                self.numbers[entry["voucherId"]] = entry["voucherNumber"]

    def book(self, export_id: str, voucher: Json) -> str:
        """Book a voucher, unless that was done; the number it has."""
        number = self.numbers.get(voucher["id"])
        if number is None:
            number = f"A{len(self.numbers) + 1}"
            lines = [self._line(export_id, voucher, row, number) for row in voucher["voucherRows"]]
            self._write("".join(lines))
            self.numbers[voucher["id"]] = number
        return number

    def _write(self, lines: str) -> None:
        """Keep the rows of a voucher: all in one step, or none."""
        if self.path is not None:
            with self.path.open("ab", buffering=0) as file:
                file.write(lines.encode())

    def _line(self, export_id: str, voucher: Json, row: Json, number: str) -> str:
        account = row["accountingNumber"]
        entry = {
            "exportId": export_id,
            "voucherId": voucher["id"],
            "voucherNumber": number,
            "rowId": row["id"],
            "account": account["number"] if account else None,
            "debit": self.amount(row) if row["type"] == "DEBIT" else 0,
            "credit": self.amount(row) if row["type"] == "CREDIT" else 0,
        }
        return json.dumps(entry) + "\n"

    def amount(self, row: Json) -> float:
        """What a row books."""
        amount: float = row["amount"]
        return amount


class Integration:
    """What is done with Findity: book the exports, keep what Findity knows in line."""

    findity_kind: type[Findity] = Findity
    books_kind: type[Books] = Books
    alignment_kind: type[Alignment] = Alignment

    def __init__(self, given: Any) -> None:
        self.given = given
        self.organization_id = given.organization_id
        self.findity = self.findity_kind(given)
        self.books = self.books_kind(Path(given.bookings) if given.bookings else None)
        self.problems: list[str] = []
        self.webhooks: queue.SimpleQueue[Json | None] = queue.SimpleQueue()

    def work(self) -> bool:
        """Do all that waits to be done; whether nothing was left undone."""
        self.problems.clear()
        if self.given.ledger and Path(self.given.ledger).exists():
            self.align(json.loads(Path(self.given.ledger).read_text("utf-8")))
        for export in self.unprocessed():
            try:
                self.process(export)
            except GivenUp as problem:
                if problem.code != "EXPORT_NOT_FOUND":  # it was withdrawn; it comes again
                    self.problems.append(str(problem))
        for told in self.problems:
            print(told, file=sys.stderr)
        return not self.problems

    # ---- exports ------------------------------------------------------------------------------

    @property
    def exports(self) -> str:
        return f"/api/v1/connect/organizations/{self.organization_id}/exports"

    def unprocessed(self) -> list[str]:
        """The ids of the exports that wait, from every page of the list."""
        found: list[str] = []
        while True:
            page = self.findity.get(f"{self.exports}?max=100&offset={len(found)}")
            found += [export["id"] for export in page["data"]]
            if not page["data"] or len(found) >= page["meta"]["total"]:
                return found

    def process(self, export_id: str) -> None:
        """Download an export, book it, archive it, and say what became of each voucher."""
        package = self.findity.get(f"{self.exports}/{export_id}/export")
        for voucher in package["vouchers"]:
            self.archive(voucher)
        updates = [self.booked(export_id, voucher) for voucher in package["vouchers"]]
        self.acknowledge(export_id, updates)

    def booked(self, export_id: str, voucher: Json) -> Json:
        """Book a voucher; what to report of it."""
        rows = voucher["voucherRows"]
        accounts = {r["accountingNumber"]["number"] for r in rows if r["accountingNumber"]}
        if refused := sorted(accounts & NOT_OURS):
            error = f"Our ledger has no account {refused[0]}: map the category to another one."
            return {"id": voucher["id"], "status": "FAILED", "errorText": error}
        return {
            "id": voucher["id"],
            "status": "SUCCESS",
            "voucherNumber": self.books.book(export_id, voucher),
            "bookingDate": voucher["bookingDate"],
        }

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        path = f"{self.exports}/{export_id}/updatestatus"
        self.findity.call("PUT", path, {"voucherUpdates": updates})

    def archive(self, voucher: Json) -> None:
        """Keep the voucher's PDF, beside our books."""
        if not self.given.bookings:
            return
        pdf = self.findity.call("GET", self.pdf_url(voucher)).content
        folder = Path(self.given.bookings).parent / "archive"
        folder.mkdir(exist_ok=True)
        (folder / f"{voucher['id']}.pdf").write_bytes(pdf)

    def pdf_url(self, voucher: Json) -> str:
        """Where a voucher's PDF is."""
        return str(voucher["basisUrl"]) + "?format=pdf"

    # ---- webhooks -----------------------------------------------------------------------------

    def take(self, body: bytes) -> int:
        """Take a webhook, and give the status to answer it with. ``go_on`` does the work."""
        webhook = self.read(body)
        if webhook is None:
            return 400
        self.webhooks.put(webhook)
        return 200

    def read(self, body: bytes) -> Json | None:
        """The webhook that a body is, whatever else may be in it; ``None`` of what is none."""
        try:
            found = json.loads(body)
        except ValueError:
            return None
        is_webhook = isinstance(found, dict) and ("exportId" in found or "vouchers" in found)
        return found if is_webhook else None

    def go_on(self) -> None:
        """Do what waits since we were last here, and then work at each webhook, until ``None``."""
        webhook: Json | None = {}
        while webhook is not None:
            try:
                self.heed(webhook)
            except Exception as problem:  # noqa: BLE001 (the next webhook may be a better one)
                print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
            webhook = self.webhooks.get()

    def heed(self, webhook: Json) -> None:
        """A webhook says that there is work. Anybody may send one: what is booked is what Findity
        has, all that waits, so that one that was lost, or came twice, makes no difference."""
        self.work()

    # ---- what Findity knows -------------------------------------------------------------------

    def align(self, ledger: Json) -> None:
        """Bring what Findity knows in line with our ledger; see ``alignment``."""
        alignment = self.alignment_kind(self.findity, ledger)
        alignment.run()
        self.problems += alignment.problems
        if alignment.found is not None:
            self.organization_id = alignment.found["id"]


# ---- how it is run --------------------------------------------------------------------------


def from_environment() -> Any:
    """Where Findity is, its key and our files, as the environment has it; ``None`` for a file that
    it does not name. Exits where anything else is missing."""
    needed = ("base_url", "token_url", "client_id", "client_secret", "organization_id")
    names = {name: f"FINDITY_{name.upper()}" for name in (*needed, "ledger", "bookings")}
    if missing := [names[name] for name in needed if not os.environ.get(names[name])]:
        raise SystemExit(f"The environment lacks {', '.join(missing)}: see `mockfindity env`.")
    return SimpleNamespace(**{name: os.environ.get(names[name]) or None for name in names})


def once(integration: Integration) -> None:
    """Do all that waits to be done; exits with 1 where something was left undone."""
    try:
        done = integration.work()
    except GivenUp as problem:
        print(problem, file=sys.stderr)
        done = False
    finally:
        integration.findity.http.close()
    if not done:
        raise SystemExit(1)


def sync(given: Any) -> None:
    """The same, for whoever calls it in process with a connection."""
    once(Integration(given))


def serve(integration: Integration) -> None:
    """Take webhooks at ``$PORT`` until SIGTERM: answer at once; another thread does the work."""
    here = (os.environ.get("BIND_ADDRESS") or "127.0.0.1", int(os.environ["PORT"]))

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            self.send_response(integration.take(self.rfile.read(size)))
            self.send_header("content-length", "0")
            self.end_headers()

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit())
    worker = threading.Thread(target=integration.go_on)
    with ThreadingHTTPServer(here, Receiver) as server:
        worker.start()
        try:
            server.serve_forever()
        finally:
            integration.webhooks.put(None)
            worker.join()


if __name__ == "__main__":
    this = Integration(from_environment())
    serve(this) if sys.argv[1:] == ["serve"] else once(this)
