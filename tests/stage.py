"""A sandbox in which everything stands that a refusal can be about.

Nothing on it is changed by a test: whoever is refused has changed nothing. So it is built once.
"""

from __future__ import annotations

import json
from typing import Any

import httpx2
from placeholders import filled
from refusals import Refused
from support import CLASS, TAXI, Findity

NOBODY_LISTENS = "http://127.0.0.1:9/hook"
VAT, FOREIGN_VAT = "556123-4567", "556999-0000"


class Stage:
    """``known`` names the ids on it, ``tokens`` the tokens of several callers.

    Organizations: ACME has everything; IDLE has nothing to send; UNMAPPED has a ready report and a
    category without an account; BARE has no API recipient and no approval, and is another
    partner's; FOREIGN is another client application's.
    Callers: ``own`` reaches what is of its client application, ``idle`` only IDLE, ``partner``
    only BARE, ``foreign`` only FOREIGN. ``expired`` and ``revoked`` are tokens that were good.
    """

    def __init__(self, findity: Findity) -> None:
        self.findity = findity
        self.known: dict[str, str] = {"sandbox": findity.name, "client": findity.client_id}
        self.tokens: dict[str, str] = {}
        findity.changed("/settings", {"webhookMode": "sync"})
        self._ended_tokens()
        self._others()
        self._acme()
        self._exports()
        self._keys()

    def control(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.findity.control(method, path, body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    def send(self, refused: Refused) -> httpx2.Response:
        """The request of a table's line, with ids in place of the braces."""
        headers: list[tuple[bytes, bytes]] = []
        if refused.token is not None:
            token = self.tokens.get(refused.token) or filled(refused.token, self.known)
            headers.append((b"authorization", f"Bearer {token}".encode()))
        content = refused.raw
        if content is None and refused.body is not None:
            content = json.dumps(filled(refused.body, self.known)).encode()
        path = filled(refused.path, self.known)
        return self.findity.http.request(refused.method, path, headers=headers, content=content)

    def _ended_tokens(self) -> None:
        findity = self.findity
        self.control("PUT", "/clock", {"now": "2026-03-31T08:00:00Z"})
        self.tokens["expired"] = findity.token()["access_token"]
        self.control("POST", "/clock/advance", {"seconds": 3600})
        self.tokens["revoked"] = findity.token()["access_token"]
        key = {"client_id": findity.client_id, "client_secret": findity.client_secret}
        findity.http.post("/oauth/revoke", data=key | {"token": self.tokens["revoked"]})
        findity.sign_in()

    def _others(self) -> None:
        findity, known = self.findity, self.known
        findity.organization("BARE", name="Bare AS", partnerCode="partner-no", settings={})
        findity.api.put(f"{findity.admin}/customdimensions/", json=[{"description": "Crew"}])
        listed = findity.api.get(f"{findity.admin}/customdimensions/").json()
        known |= {"bare": findity.org, "crew": listed["dimensions"][0]["id"]}
        known["idle"] = findity.organization("IDLE")["id"]
        known["unmapped"] = findity.organization("UNMAPPED")["id"]
        findity.users("ANNA")
        known["unmappedReport"] = findity.ready()
        accounts = findity.api.get(findity.accounts).json()["data"]
        travel = next(account["id"] for account in accounts if account["number"] == "5800")
        findity.api.delete(f"{findity.accounts}/{travel}")

    def _acme(self) -> None:
        findity, known = self.findity, self.known
        known["acme"] = findity.organization("ACME", vat=VAT)["id"]
        findity.users("ANNA", "BO")
        accounts = findity.api.get(findity.accounts).json()["data"]
        known["account"], known["otherAccount"] = accounts[0]["id"], accounts[1]["id"]
        known["accountNumber"] = accounts[0]["number"]
        bare = findity.api.get(f"/api/v1/admin/organizations/{known['bare']}/accounts").json()
        known["bareAccount"] = bare["data"][0]["id"]
        base = f"/api/v1/admin/organizations/{findity.org}/categories"
        known["category"] = findity.api.get(base).json()["data"][0]["id"]
        values = [{"id": "CC-001", "value": "Marketing"}]
        path = f"{findity.admin}/customdimensions/cost-center/list/"
        assert findity.api.put(path, json={"values": values}).status_code == 200
        known["draft"] = findity.report()
        empty = {"owner": "ANNA", "name": "Empty"}
        known["empty"] = findity.made(f"/organizations/{findity.org}/reports", empty)["id"]
        approver = {"id": "CC-001", "approvers": [{"externalSourceId": "BO"}]}
        assert findity.api.put(f"{path}approvers/", json={"values": [approver]}).is_success
        use = {"dimension": "cost-center", "value": "CC-001"}
        known["approval"] = findity.report(TAXI | {"dimensionValues": [use]})
        assert findity.made(f"/reports/{known['approval']}/submit")["status"] == "APPROVAL"

    def _exports(self) -> None:
        """A withdrawn export, one that failed, and one that is half booked."""
        findity, known = self.findity, self.known
        findity.recipient(webhookUrl=NOBODY_LISTENS)
        known["transfer"] = findity.ready()
        sent = findity.bulk_send()
        known |= {"withdrawn": sent["exportId"], "delivery": sent["webhook"]}
        known["recipient"] = findity.recipient(webhookUrl=None)["id"]
        known["ready"] = findity.ready()
        known["failedExport"] = findity.bulk_send(reportIds=[known["ready"]])["exportId"]
        known["failed"] = findity.vouchers(known["failedExport"])[0]["id"]
        findity.update(known["failedExport"], {"id": known["failed"], "status": "FAILED"})
        known["sent"] = findity.ready()
        both = [known["transfer"], known["sent"]]
        known["export"] = findity.bulk_send(reportIds=both)["exportId"]
        vouchers = findity.vouchers(known["export"])
        known |= {"open": vouchers[0]["id"], "booked": vouchers[1]["id"]}
        known["basis"] = vouchers[0]["basisUrl"].rpartition("/")[2]
        booked = {"id": known["booked"], "status": "SUCCESS", "voucherNumber": "1"}
        assert findity.update(known["export"], booked).status_code == 200

    def _keys(self) -> None:
        scopes = {
            "own": {"scope": "application"},
            "idle": {"scope": "organization", "organizationId": self.known["idle"]},
            "partner": {"scope": "partner", "partnerCode": "partner-no"},
            "foreign": {"scope": "application", "clientApplicationId": "777"},
        }
        for name, body in scopes.items():
            key = self.findity.made("/clients", body)
            given = {"client_id": key["clientId"], "client_secret": key["clientSecret"]}
            self.tokens[name] = self.findity.token(**given)["access_token"]
        fields = {
            "externalSourceId": "FOREIGN",
            "className": CLASS,
            "vat": FOREIGN_VAT,
            "settings": {"templateOrganizationId": "tmpl-se-001"},
        }
        path = "/api/admin/organizations/externalid/FOREIGN/"
        headers = {"authorization": f"Bearer {self.tokens['foreign']}"}
        made = self.findity.http.post(path, json=fields, headers=headers)
        assert made.status_code == 200, made.text
        self.known["foreign"] = made.json()["id"]
