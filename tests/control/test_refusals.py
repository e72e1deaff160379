"""Every refusal of the control API, and that nothing changes; the humans' steps among them."""

from __future__ import annotations

import httpx2
import pytest
from inspection import memories
from placeholders import PLACEHOLDER, filled
from refusals import BAD, Refused
from stage import Stage

from mockfindity.openapi.refusals import refusals_of
from mockfindity.route import Router
from mockfindity.routes import loaded
from mockfindity.sandboxes import Sandboxes

SERVER = "/_mockfindity/sandboxes"
HERE = f"{SERVER}/{{sandbox}}"
ACME = f"{HERE}/organizations/{{acme}}"
SEND = f"{ACME}/bulk-send"
REPORTS = f"{ACME}/reports"
TAXI = {"category": "Travel", "date": "2026-03-02", "amount": 125}
TRIP = {"owner": "ANNA", "name": "Trip"}


def trip(**changes: object) -> dict[str, object]:
    """A report of a good expense and one that is wrong."""
    return TRIP | {"expenses": [TAXI, TAXI | changes]}


def R(what: str, method: str, path: str, body: object, status: int, code: str, names: str = "") -> Refused:  # noqa: N802  # fmt: skip
    return Refused(what, method, path, body, status, code, names, token=None)


# fmt: off
TABLE = [
    R("a sandbox that is not there", "GET", f"{SERVER}/nobody", None, 404, "SANDBOX_NOT_FOUND", "'nobody'"),
    R("the settings of no sandbox", "GET", f"{SERVER}/nobody/settings", None, 404, "SANDBOX_NOT_FOUND", "'nobody'"),
    R("to drop no sandbox", "DELETE", f"{SERVER}/nobody", None, 404, "SANDBOX_NOT_FOUND", "'nobody'"),
    R("to drop the default sandbox", "DELETE", f"{SERVER}/default", None, 400, BAD, "'default'"),
    R("a sandbox twice", "POST", SERVER, {"name": "{sandbox}"}, 409, "ALREADY_EXISTS", "{sandbox}"),
    R("a sandbox with a dot in its name", "POST", SERVER, {"name": "a.b"}, 400, BAD, "'a.b'"),
    R("a sandbox in capitals", "POST", SERVER, {"name": "ACME"}, 400, BAD, "'ACME'"),
    R("a sandbox with a long name", "POST", SERVER, {"name": "a" * 65}, 400, BAD, "name"),
    R("a negative seed", "POST", SERVER, {"seed": -1}, 400, BAD, "seed"),
    R("a field nobody knows", "POST", SERVER, {"sed": 1}, 400, BAD, "sed (did you mean seed?)."),
    R("a negative max", "GET", f"{HERE}/webhooks?max=-1", None, 400, BAD, "max"),

    R("a switch nobody knows", "PUT", f"{HERE}/settings", {"colour": "red"}, 400, BAD, "nobody knows: colour."),
    R("a switch in a place it does not have", "PUT", f"{HERE}/settings", {"tokenLifetime": 60, "exportListShape": "list"}, 400, BAD, "exportListShape"),
    R("a token that never lives", "PUT", f"{HERE}/settings", {"tokenLifetime": 0}, 400, BAD, "tokenLifetime"),
    R("a switch that is null", "PUT", f"{HERE}/settings", {"webhookMode": None}, 400, BAD, "webhookMode"),
    R("a clock set to nothing", "PUT", f"{HERE}/clock", {}, 400, BAD, "expected"),
    R("a clock set to a word", "PUT", f"{HERE}/clock", {"now": "noon"}, 400, BAD, "'noon'"),
    R("a clock both real and set", "PUT", f"{HERE}/clock", {"now": "2026-03-01T08:00:00Z", "mode": "real"}, 400, BAD, "mode"),
    R("a clock moved back", "POST", f"{HERE}/clock/advance", {"seconds": -1}, 400, BAD, "seconds"),
    R("a clock moved nowhere", "POST", f"{HERE}/clock/advance", {}, 400, BAD, "seconds"),
    R("a clock moved past the year 9998", "POST", f"{HERE}/clock/advance", {"seconds": 10**12}, 400, BAD, "9998"),

    R("to delete no key", "DELETE", f"{HERE}/clients/nobody", None, 404, "CLIENT_NOT_FOUND", "'nobody'"),
    R("to rotate no key", "POST", f"{HERE}/clients/nobody/rotate", None, 404, "CLIENT_NOT_FOUND", "'nobody'"),
    R("to delete the sandbox's own key", "DELETE", f"{HERE}/clients/{{client}}", None, 400, BAD, "own key"),
    R("a scope that is none", "POST", f"{HERE}/clients", {"scope": "planet"}, 400, BAD, "scope"),
    R("a key of one organization that names none", "POST", f"{HERE}/clients", {"scope": "organization"}, 400, BAD, "organizationId"),
    R("a key of an organization that is not there", "POST", f"{HERE}/clients", {"scope": "organization", "organizationId": "nobody"}, 400, BAD, "'nobody'"),
    R("a key of a partner that names none", "POST", f"{HERE}/clients", {"scope": "partner"}, 400, BAD, "partnerCode"),
    R("a key of a partner that is not there", "POST", f"{HERE}/clients", {"scope": "partner", "partnerCode": "partner-xx"}, 400, BAD, "'partner-xx'"),
    R("a key of all that names one", "POST", f"{HERE}/clients", {"scope": "application", "organizationId": "{acme}"}, 400, BAD, "organizationId"),
    R("a client application in letters", "POST", f"{HERE}/clients", {"clientApplicationId": "acme"}, 400, BAD, "clientApplicationId"),
    R("a key of an organization in another client application", "POST", f"{HERE}/clients", {"scope": "organization", "organizationId": "{acme}", "clientApplicationId": "777"}, 400, BAD, "777"),
    R("a partner twice", "POST", f"{HERE}/partners", {"code": "partner-se", "name": "Again"}, 409, "ALREADY_EXISTS", "'partner-se'"),
    R("a partner without a name", "POST", f"{HERE}/partners", {"code": "partner-dk"}, 400, BAD, "name"),

    R("the settings of no organization", "GET", f"{HERE}/organizations/nobody/settings", None, 404, "ORGANIZATION_NOT_FOUND", "'nobody'"),
    R("a VAT account that is not there", "PUT", f"{ACME}/settings", {"approvalActive": False, "vatAccountId": "nobody"}, 400, BAD, "'nobody'"),
    R("a VAT account of another organization", "PUT", f"{ACME}/settings", {"vatAccountId": "{bareAccount}"}, 400, BAD, "vatAccountId"),
    R("an approval that is null", "PUT", f"{ACME}/settings", {"approvalActive": None}, 400, BAD, "approvalActive"),
    R("a currency that is no code", "PUT", f"{ACME}/settings", {"baseCurrency": "kronor"}, 400, BAD, "baseCurrency"),

    R("a report of nobody", "POST", REPORTS, TRIP | {"owner": "NOBODY"}, 400, BAD, "'NOBODY'"),
    R("a report without a name", "POST", REPORTS, {"owner": "ANNA"}, 400, BAD, "name"),
    R("an expense of a category that is not there", "POST", REPORTS, trip(category="Moon"), 400, BAD, "expenses[1].category: there is no 'Moon'"),
    R("an expense of a payment type that is not there", "POST", REPORTS, trip(paymentType="Gold"), 400, BAD, "expenses[1].paymentType: there is no 'Gold'"),
    R("an expense tagged with a field that is not there", "POST", REPORTS, trip(dimensionValues=[{"dimension": "moon", "value": "CC-001"}]), 400, BAD, "'moon'"),
    R("an expense tagged with a value that is not there", "POST", REPORTS, trip(dimensionValues=[{"dimension": "cost-center", "value": "CC-009"}]), 400, BAD, "'CC-009'"),
    R("an expense without an amount", "POST", REPORTS, trip(amount=None), 400, BAD, "expenses[1].amount"),
    R("an amount that is a text", "POST", REPORTS, trip(amount="125"), 400, BAD, "expenses[1].amount"),
    R("more tax than there is amount", "POST", REPORTS, trip(taxAmount=125.01), 400, BAD, "expenses[1].taxAmount"),
    R("tax of the other sign", "POST", REPORTS, trip(taxAmount=-1), 400, BAD, "expenses[1].taxAmount"),
    R("a day of a week", "POST", REPORTS, trip(date="2026-W10-1"), 400, BAD, "expenses[1].date"),
    R("mileage without a rate", "POST", REPORTS, trip(type="MILEAGE", quantity=120, amount=None), 400, BAD, "expenses[1].rate"),
    R("mileage with tax", "POST", REPORTS, trip(type="MILEAGE", quantity=120, rate=2.5, amount=None, taxAmount=1), 400, BAD, "expenses[1].taxAmount"),
    R("a receipt that is not base64", "POST", REPORTS, trip(receipts=[{"content": "?"}]), 400, BAD, "expenses[1].receipts[0].content"),
    R("a report that is not there", "GET", f"{HERE}/reports/nobody", None, 404, "REPORT_NOT_FOUND", "'nobody'"),
    R("to submit no report", "POST", f"{HERE}/reports/nobody/submit", None, 404, "REPORT_NOT_FOUND", "'nobody'"),

    R("to send without an API recipient", "POST", f"{HERE}/organizations/{{bare}}/bulk-send", None, 404, "RECIPIENT_NOT_FOUND", "{bare}"),
    R("to send to no recipient", "POST", SEND, {"recipientId": "nobody"}, 404, "RECIPIENT_NOT_FOUND", "'nobody'"),
    R("to send what is not there", "POST", SEND, {"reportIds": ["{ready}", "nobody"]}, 404, "REPORT_NOT_FOUND", "'nobody'"),
    R("to send another organization's report", "POST", SEND, {"reportIds": ["{unmappedReport}"]}, 404, "REPORT_NOT_FOUND", "{unmappedReport}"),
    R("to send no report at all", "POST", SEND, {"reportIds": []}, 400, BAD, "reportIds"),
    R("to send while nothing is ready", "POST", f"{HERE}/organizations/{{idle}}/bulk-send", None, 400, "NO_REPORTS_READY", "'IDLE'"),
    R("to send what has no account", "POST", f"{HERE}/organizations/{{unmapped}}/bulk-send", None, 400, "ACCOUNT_NOT_MAPPED", "'Travel'"),
    R("to send a draft", "POST", SEND, {"reportIds": ["{ready}", "{draft}"]}, 400, "INVALID_SEND_STATE", "NORMAL"),
    R("to send what is sent already", "POST", SEND, {"reportIds": ["{transfer}"]}, 400, "INVALID_SEND_STATE", "TRANSFER"),

    R("a webhook that is not there", "GET", f"{HERE}/webhooks/nobody", None, 404, "DELIVERY_NOT_FOUND", "'nobody'"),
    R("webhooks of a status that is none", "GET", f"{HERE}/webhooks?status=LOST", None, 400, BAD, "FAILED"),
    R("a request that is not in the journal", "GET", f"{HERE}/requests/0", None, 404, "REQUEST_NOT_FOUND", "'0'"),
    R("requests of a class of statuses that is none", "GET", f"{HERE}/requests?status=6xx", None, 400, BAD, "4xx"),
    R("to send no webhook again", "POST", f"{HERE}/webhooks/nobody/redeliver", None, 404, "DELIVERY_NOT_FOUND", "'nobody'"),
    R("the webhook of no export", "POST", f"{HERE}/webhooks/fire", {"exportId": "nobody"}, 404, "EXPORT_NOT_FOUND", "'nobody'"),
    R("the webhook of an export that has none", "POST", f"{HERE}/webhooks/fire", {"exportId": "{export}"}, 400, BAD, "webhookUrl"),
    R("a webhook a thousand times", "POST", f"{HERE}/webhooks/fire", {"exportId": "{withdrawn}", "times": 1000}, 400, BAD, "times"),
    R("a wait for ever", "GET", f"{HERE}/webhooks/wait?timeout=61", None, 400, BAD, "timeout"),
]
# fmt: on

# What a human cannot do to a report in each of these statuses.
STEPS = {
    ("empty", "NEW"): ("submit", "approve", "reject", "return", "pay"),
    ("draft", "NORMAL"): ("approve", "reject", "return", "pay"),
    ("approval", "APPROVAL"): ("submit", "return", "pay"),
    ("ready", "READY_TO_SEND"): ("submit", "approve", "reject", "pay"),
    ("transfer", "TRANSFER"): ("submit", "approve", "reject", "return", "pay"),
    ("sent", "SENT"): ("submit", "approve", "reject", "return"),
}
TABLE += [
    R(
        f"to {step} a report in {status}",
        "POST",
        f"{HERE}/reports/{{{report}}}/{step}",
        None,
        400,
        "INVALID_SEND_STATE",
        f"is {status}, where '{step}' cannot happen",
    )
    for (report, status), steps in STEPS.items()
    for step in steps
]


def check_envelope(answer: httpx2.Response, status: int, code: str) -> str:
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert (body["result"], body["requestId"]) == ("error", answer.headers["x-request-id"])
    return str(body["description"])


@pytest.mark.parametrize("refused", [pytest.param(r, id=r.what) for r in TABLE])
def test_it_is_refused_and_nothing_changes(
    stage: Stage, sandboxes: Sandboxes, refused: Refused
) -> None:
    before = memories(sandboxes)
    answer = stage.send(refused)
    assert memories(sandboxes) == before
    description = check_envelope(answer, refused.status, refused.code)
    assert filled(refused.names, stage.known) in description


def test_every_refusal_is_one_that_its_route_promises() -> None:
    router, broken = Router(loaded()), []
    for refused in TABLE:
        path = PLACEHOLDER.sub("id", refused.path).partition("?")[0]
        promised = refusals_of(router.match(refused.method, path).route)
        if refused.code not in {refusal.code for refusal in promised}:
            broken.append(refused.what)
    assert broken == []


def test_a_wait_that_is_not_satisfied_gives_what_there_was(
    stage: Stage, sandboxes: Sandboxes
) -> None:
    before = memories(sandboxes)
    wait = f"{HERE}/webhooks/wait?count=2&timeout=0"
    answer = stage.send(R("", "GET", wait, None, 408, "WAIT_TIMEOUT"))
    assert memories(sandboxes) == before
    assert "1 of 2" in check_envelope(answer, 408, "WAIT_TIMEOUT")
    assert [delivery["id"] for delivery in answer.json()["data"]] == [stage.known["delivery"]]
