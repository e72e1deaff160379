"""The routes of the control API list what they refuse: whatever a path names may be missing."""

from __future__ import annotations

import pytest
from placeholders import PLACEHOLDER, filled
from shaped import routes_of
from support import Findity

from mockfindity.route import Route

CODES = {
    "organizationId": "ORGANIZATION_NOT_FOUND",
    "recipientId": "RECIPIENT_NOT_FOUND",
    "categoryId": "CATEGORY_NOT_FOUND",
    "paymentTypeId": "PAYMENT_TYPE_NOT_FOUND",
    "salaryCodeId": "SALARY_CODE_NOT_FOUND",
    "reportId": "REPORT_NOT_FOUND",
    "exportId": "EXPORT_NOT_FOUND",
    "voucherId": "RESOURCE_NOT_FOUND",
    "receipt": "RESOURCE_NOT_FOUND",
    "deliveryId": "DELIVERY_NOT_FOUND",
    "requestId": "REQUEST_NOT_FOUND",
    "faultId": "FAULT_NOT_FOUND",
    "clientId": "CLIENT_NOT_FOUND",
    "snapshot": "SNAPSHOT_NOT_FOUND",
    "scenario": "SCENARIO_NOT_FOUND",
}
NAMED = [
    pytest.param(route, name, id=f"{route.id}-{name}")
    for route in routes_of("mockfindity.control.")
    for name in PLACEHOLDER.findall(route.path)
    if name != "sandbox" and route.id != "putSnapshot"
]
BODIES = {"createReport": {"owner": "ANNA", "name": "Trip"}}


@pytest.mark.parametrize(("route", "name"), NAMED)
def test_what_is_not_there_is_refused_as_the_route_says(
    acme: Findity, route: Route, name: str
) -> None:
    known = dict.fromkeys(CODES, "nobody") | {"organizationId": acme.org, name: "nobody"}
    takes_body = route.body is not None

    answer = acme.control(
        route.method, filled(route.path, known), BODIES.get(route.id, {}) if takes_body else None
    )

    assert (answer.status_code, answer.json()["code"]) == (404, CODES[name])
    assert CODES[name] in {refusal.code for refusal in route.codes}
