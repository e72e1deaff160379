"""What stands in a sandbox when a document is tried: a company with something of everything.

It is made over HTTP, as any client would. The same steps with the same seed and a clock that stands
still give the same ids, so a run can be repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

Json = dict[str, Any]

TAXI: Json = {
    "category": "Travel",
    "description": "Taxi",
    "date": "2026-03-02",
    "amount": 125.0,
    "taxAmount": 7.08,
}
APPROVED_BY_BO: Json = {"dimensionValues": [{"dimension": "cost-center", "value": "CC-001"}]}
SNAPSHOT = "staged"
NOBODY_LISTENS = "http://127.0.0.1:9/hook"
"""Where webhooks would go; in the mode ``collect`` nothing is sent."""


class Caller:
    """A client of one sandbox: its key, its token, and the few calls that a stage is made of."""

    def __init__(self, url: str, name: str, token: str | None = None) -> None:
        self.url, self.name = url, name
        headers = {"x-mockfindity-token": token} if token else {}
        # Certificates take longer to load than a stage to build, and there is no TLS to a sandbox.
        self.http = httpx2.Client(base_url=url, timeout=60, headers=headers, verify=False)

    def send(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """The answer to a request that must succeed."""
        answer = self.http.request(method, path, json=json, **more)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """A call of the sandbox's control API."""
        return self.send(method, f"/_mockfindity/sandboxes/{self.name}{path}", json)

    def sandboxes(self) -> list[Json]:
        """Every sandbox of the server."""
        listed: list[Json] = self.send("GET", "/_mockfindity/sandboxes?max=1000000")["data"]
        return listed

    def make_sandbox(self, **options: Any) -> Json:
        """Make the sandbox anew; the one of this name goes."""
        self.http.delete(f"/_mockfindity/sandboxes/{self.name}")
        made: Json = self.send("POST", "/_mockfindity/sandboxes", {"name": self.name, **options})
        return made

    def sign_in(self, key: Mapping[str, str]) -> None:
        """Carry a token from now on."""
        form = {
            "grant_type": "client_credentials",
            "client_id": key["clientId"],
            "client_secret": key["clientSecret"],
        }
        given = self.send("POST", "/oauth/token", data=form)
        self.http.headers["authorization"] = f"Bearer {given['access_token']}"

    def report(self, org: str, *steps: str, **more: Any) -> str:
        """A report that these steps were done with."""
        body = {"owner": "ANNA", "name": "Trip", "expenses": [TAXI | more]}
        made = self.control("POST", f"/organizations/{org}/reports", body)
        for step in steps:
            self.control("POST", f"/reports/{made['id']}/{step}")
        return str(made["id"])

    def export(self, org: str) -> tuple[str, str]:
        """An export of what is ready, and its first voucher."""
        sent = self.control("POST", f"/organizations/{org}/bulk-send")["exportId"]
        package = self.send("GET", f"/api/v1/connect/organizations/{org}/exports/{sent}/export")
        return str(sent), str(package["vouchers"][0]["id"])


def build(caller: Caller) -> Json:
    """Make the company in a new sandbox, and say what its ids are, by the names the configuration
    has for them."""
    key = caller.make_sandbox(seed=1)
    caller.control("PUT", "/clock", {"now": "2026-03-31T08:00:00Z"})
    caller.control("PUT", "/settings", {"webhookMode": "collect"})
    caller.sign_in(key)
    known = _organization(caller)
    org = known["ORGANIZATION_ID"]
    known |= _exports(caller, org)
    known |= {
        "DRAFT_ID": caller.report(org),
        "APPROVAL_ID": caller.report(org, "submit", **APPROVED_BY_BO),
        "READY_ID": caller.report(org, "submit"),
        "ANNOUNCED_ID": caller.report(org, "submit"),
        "CLIENT_ID": key["clientId"],
        "CLIENT_SECRET": key["clientSecret"],
        "SANDBOX": caller.name,
    }
    codes = caller.control("GET", f"/organizations/{org}/salary-codes")["data"]
    known["SALARY_CODE"] = codes[0]["number"]
    for noun in ("recipients", "categories", "payment-types", "salary-codes"):
        listed = caller.control("GET", f"/organizations/{org}/{noun}")["data"]
        known[f"{noun.upper().replace('-', '_')}_ID"] = listed[0]["id"]
    caller.control("PUT", f"/snapshots/{SNAPSHOT}")
    return known


def _organization(caller: Caller) -> Json:
    """ACME: users, dimension values, an approver of one of them, accounts from the template."""
    base = "/api/admin/organizations/externalid/ACME"
    made = caller.send(
        "POST",
        base,
        {
            "externalSourceId": "ACME",
            "className": "com.findity.consumer.Company",
            "name": "Acme AB",
            "vat": "556123-4567",
            "settings": {"templateOrganizationId": "tmpl-se-001"},
        },
    )
    people = [
        {"externalSourceId": name, "person": {"firstName": name.title(), "lastName": "Ek"}}
        for name in ("ANNA", "BO")
    ]
    caller.send("PUT", f"{base}/users", people)
    values = f"{base}/customdimensions/cost-center/list"
    caller.send("PUT", values, {"values": [{"id": "CC-001", "value": "Marketing"}]})
    approvers = [{"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}]
    caller.send("PUT", f"{values}/approvers", {"values": approvers})
    accounts = caller.send("GET", f"/api/v1/admin/organizations/{made['id']}/accounts")["data"]
    listed = caller.send("GET", f"{base}/users")
    return {
        "ORGANIZATION_ID": made["id"],
        "USER_ID": listed[0]["id"],
        "ACCOUNT_ID": accounts[0]["id"],
        "ACCOUNT_NUMBER": accounts[0]["number"],
    }


def _exports(caller: Caller, org: str) -> Json:
    """One export that is booked, and one that waits, with a file attached and a webhook told."""
    exports = f"/api/v1/connect/organizations/{org}/exports"
    sent = caller.report(org, "submit")
    export, voucher = caller.export(org)
    booked = {"id": voucher, "status": "SUCCESS", "voucherNumber": "A-1"}
    caller.send("PUT", f"{exports}/{export}/updatestatus", {"voucherUpdates": [booked]})
    recipients = caller.control("GET", f"/organizations/{org}/recipients")["data"]
    announced = {"webhookUrl": NOBODY_LISTENS}
    caller.control("PUT", f"/organizations/{org}/recipients/{recipients[0]['id']}", announced)
    caller.report(org, "submit")
    export, voucher = caller.export(org)
    caller.send("PUT", f"{exports}/{export}/content", content=b"file")
    package = caller.send("GET", f"{exports}/{export}/export")
    return {
        "SENT_ID": sent,
        "EXPORT_ID": export,
        "VOUCHER_ID": voucher,
        "RESOURCE_ID": package["vouchers"][0]["basisUrl"].rpartition("/")[2],
    }


def renew(caller: Caller) -> None:
    """Put the sandbox back to how it was built."""
    caller.control("POST", f"/snapshots/{SNAPSHOT}/restore")


def fork(caller: Caller, origin: str, known: Json) -> Json:
    """Make the sandbox anew from the one that was built, with what a copy does not carry: an API
    key, a fault rule, a webhook, a snapshot, a request in the journal.

    Only the key's id is another each time.
    """
    caller.make_sandbox(**{"from": origin})
    org = known["ORGANIZATION_ID"]
    made = caller.control("POST", "/clients", {})
    rule = {"operation": "listExports", "status": 503}
    sent = {"reportIds": [known["ANNOUNCED_ID"]]}
    caller.control("PUT", f"/snapshots/{SNAPSHOT}")
    caller.sign_in(made)
    return {
        "KEY_ID": made["clientId"],
        "FAULT_ID": caller.control("POST", "/faults", rule)["id"],
        "DELIVERY_ID": caller.control("POST", f"/organizations/{org}/bulk-send", sent)["webhook"],
    }
