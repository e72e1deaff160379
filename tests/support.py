"""What tests talk to a mockfindity with: a signed-in client, and a receiver of webhooks.

Both use real sockets. ``Findity`` only shortens what tests would write again and again; what a
test is about it sends itself, through ``api`` (with a token) or ``control``.
"""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2

CLASS = "com.findity.consumer.Company"
TAXI = {
    "category": "Travel",
    "description": "Taxi",
    "date": "2026-03-02",
    "amount": 125.00,
    "taxAmount": 7.08,
}


class Findity:
    """One sandbox of a server, with a client that carries its token.

    ``org`` is the internal id of the organization made last, ``external`` its external id.
    """

    def __init__(self, url: str, made: dict[str, Any]) -> None:
        self.url, self.name = url, made["name"]
        self.client_id, self.client_secret = made["clientId"], made["clientSecret"]
        # Nothing here is TLS, and loading certificates would take most of a test's time.
        self.http = httpx2.Client(base_url=url, timeout=20, verify=False)
        self.api = httpx2.Client(base_url=url, timeout=20, verify=False)
        self.sign_in()
        self.org, self.external = "", ""

    def close(self) -> None:
        self.control("DELETE", "")
        self.http.close()
        self.api.close()

    def token(self, **key: str) -> dict[str, Any]:
        """A token answer for the sandbox's key, or for ``client_id`` and ``client_secret``."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        return self.http.post("/oauth/token", data=form | key).json()

    def sign_in(self, **key: str) -> None:
        """Let ``api`` carry a new token."""
        self.api.headers["authorization"] = f"Bearer {self.token(**key)['access_token']}"

    def control(self, method: str, path: str, json: Any = None) -> httpx2.Response:
        """A call of the sandbox's control API."""
        where = f"/_mockfindity/sandboxes/{self.name}{path}"
        return self.http.request(method, where, json=json)

    def made(self, path: str, json: Any = None) -> dict[str, Any]:
        """What a POST to the control API made."""
        answer = self.control("POST", path, json)
        assert answer.is_success, answer.text
        return answer.json()

    def changed(self, path: str, json: Any) -> dict[str, Any]:
        """What a PUT to the control API left."""
        answer = self.control("PUT", path, json)
        assert answer.is_success, answer.text
        return answer.json()

    def organization(self, external: str = "ACME", **fields: Any) -> dict[str, Any]:
        """Make an organization from the Swedish template; it is ``org`` from now on."""
        body = {
            "externalSourceId": external,
            "className": CLASS,
            "settings": {"templateOrganizationId": "tmpl-se-001"},
        }
        path = f"/api/admin/organizations/externalid/{external}/"
        answer = self.api.post(path, json=body | fields)
        assert answer.status_code == 200, answer.text
        self.org, self.external = answer.json()["id"], external
        return answer.json()

    @property
    def admin(self) -> str:
        """The legacy Admin path of the organization, by external id."""
        return f"/api/admin/organizations/externalid/{self.external}"

    @property
    def accounts(self) -> str:
        return f"/api/v1/admin/organizations/{self.org}/accounts"

    @property
    def exports(self) -> str:
        return f"/api/v1/connect/organizations/{self.org}/exports"

    def users(self, *names: str) -> None:
        """Make users whose external id, first name and mail address follow from one word."""
        body = [
            {
                "externalSourceId": name,
                "person": {
                    "externalSourceId": f"P-{name}",
                    "firstName": name.title(),
                    "lastName": "Ek",
                    "email": f"{name.lower()}@example.com",
                },
            }
            for name in names
        ]
        answer = self.api.put(f"{self.admin}/users/", json=body)
        assert answer.status_code == 200, answer.text

    def recipient(self, **changes: Any) -> dict[str, Any]:
        """Change the organization's first API recipient, and give it."""
        base = f"/organizations/{self.org}/recipients"
        found = self.control("GET", base).json()["data"]
        first = next(r for r in found if r["integrationPluginName"] == "ce-integration-api")
        return self.changed(f"{base}/{first['id']}", changes) if changes else first

    def report(self, *expenses: dict[str, Any], owner: str = "ANNA", name: str = "Trip") -> str:
        """Write a report (of one taxi ride, if nothing is said) and give its id."""
        body = {"owner": owner, "name": name, "expenses": list(expenses or [TAXI])}
        return str(self.made(f"/organizations/{self.org}/reports", body)["id"])

    def ready(self, *expenses: dict[str, Any], **more: Any) -> str:
        """A report that is ready to send, since nobody has to approve it."""
        report_id = self.report(*expenses, **more)
        assert self.made(f"/reports/{report_id}/submit")["status"] == "READY_TO_SEND"
        return report_id

    def status(self, report_id: str) -> str:
        return str(self.control("GET", f"/reports/{report_id}").json()["status"])

    def bulk_send(self, **body: Any) -> dict[str, Any]:
        return self.made(f"/organizations/{self.org}/bulk-send", body)

    def package(self, export_id: str) -> dict[str, Any]:
        answer = self.api.get(f"{self.exports}/{export_id}/export")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def vouchers(self, export_id: str) -> list[dict[str, Any]]:
        return self.package(export_id)["vouchers"]

    def update(self, export_id: str, *updates: dict[str, Any]) -> httpx2.Response:
        """Send voucher updates."""
        path = f"{self.exports}/{export_id}/updatestatus"
        return self.api.put(path, json={"voucherUpdates": list(updates)})

    def book(self, export_id: str) -> None:
        """Acknowledge every voucher of an export."""
        updates = [
            {"id": v["id"], "status": "SUCCESS", "voucherNumber": str(number)}
            for number, v in enumerate(self.vouchers(export_id))
        ]
        assert self.update(export_id, *updates).status_code == 200

    def deliveries(self, count: int = 1) -> list[dict[str, Any]]:
        """The webhooks that are over, once there are ``count``."""
        answer = self.control("GET", f"/webhooks/wait?count={count}&timeout=10")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


class Receiver(ThreadingHTTPServer):
    """Takes webhooks and answers as it is told to: ``status``, ``headers``, ``delay`` seconds."""

    daemon_threads = True

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status, self.delay = 200, 0.0
        self.headers: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append({"path": self.path, "headers": dict(self.headers), "body": body})
        time.sleep(self.server.delay)
        try:
            self.send_response(self.server.status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()
        except OSError:
            pass  # the sender did not wait that long

    def log_message(self, *args: object) -> None:
        """Say nothing."""
