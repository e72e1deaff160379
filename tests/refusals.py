"""What is refused, and how: the specification of every refusal, as tables.

A line says in words what is wrong, what is sent, and the status and code of the answer. ``names``
is what the description must name. Ids stand in braces, see ``stage.py``.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Refused(NamedTuple):
    """A request, and how it is refused. ``raw`` is sent as it is; ``token`` names the caller."""

    what: str
    method: str
    path: str
    body: Any
    status: int
    code: str
    names: str = ""
    token: str | None = "own"
    raw: bytes | None = None


R = Refused
BAD, NO_KNOWN, BAD_ID, BAD_JSON = (
    "INVALID_REQUEST",
    "NO_KNOWN_JSON_PROPERTIES",
    "INVALID_ID",
    "INVALID_JSON",
)

EXTERNAL = "/api/admin/organizations/externalid"
ACME, BARE, NEW = f"{EXTERNAL}/ACME/", f"{EXTERNAL}/BARE/", f"{EXTERNAL}/NEW/"
USERS = f"{ACME}users/"
DIMENSIONS = f"{ACME}customdimensions/"
VALUES = f"{DIMENSIONS}cost-center/list/"
APPROVERS = f"{VALUES}approvers/"
V1 = "/api/v1/admin/organizations/{acme}"
ACCOUNTS, CATEGORIES = f"{V1}/accounts", f"{V1}/categories"
ACCOUNT, CATEGORY = f"{ACCOUNTS}/{{account}}", f"{CATEGORIES}/{{category}}"
EXPORTS = "/api/v1/connect/organizations/{acme}/exports"
EXPORT = f"{EXPORTS}/{{export}}"
UPDATE = f"{EXPORT}/updatestatus"
RESOURCE = "/api/resources/{basis}"

COMPANY = {
    "externalSourceId": "NEW",
    "className": "com.findity.consumer.Company",
    "name": "New AB",
    "partnerCode": "partner-se",
}
FROM_TEMPLATE = {
    "externalSourceId": "NEW",
    "className": "com.findity.consumer.Company",
    "settings": {"templateOrganizationId": "tmpl-se-001"},
}
CLAES = {"externalSourceId": "CLAES", "person": {"firstName": "Claes", "lastName": "Ek"}}
GOOD_VALUE = {"id": "CC-002", "value": "Engineering"}
GOOD_APPROVER = {"id": "CC-001", "approvers": [{"externalSourceId": "ANNA"}]}
GOOD_UPDATE = {"id": "{open}", "status": "SUCCESS", "voucherNumber": "2"}


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


def updates(*given: dict[str, Any]) -> dict[str, Any]:
    return {"voucherUpdates": list(given)}


# fmt: off
WIRE = [
    R("a body that is not JSON", "POST", ACCOUNTS, None, 400, BAD_JSON, "not JSON", raw=b'{"name": '),
    R("a body of two documents", "POST", ACCOUNTS, None, 400, BAD_JSON, "not JSON", raw=b"{} {}"),
    R("a number that JSON does not have", "POST", ACCOUNTS, None, 400, BAD_JSON, "not JSON", raw=b'{"name": NaN}'),
    R("a body that is not UTF-8", "POST", ACCOUNTS, None, 400, BAD_JSON, "not JSON", raw=b'{"name": "\xff"}'),
    R("a form", "POST", ACCOUNTS, None, 400, BAD_JSON, "not JSON", raw=b"name=Travel&number=5010"),
    R("an array where an object belongs", "POST", ACCOUNTS, [], 400, BAD, "the body: a JSON object"),
    R("a text where an object belongs", "POST", ACCOUNTS, "Travel", 400, BAD, "the body: a JSON object"),
    R("an object where an array belongs", "PUT", USERS, CLAES, 400, BAD, "the body: a JSON array"),
    R("nothing where an array belongs", "PUT", USERS, None, 400, BAD, "the body: a JSON array"),
    R("an element that is no object", "PUT", USERS, ["ANNA"], 400, BAD, "[0]"),
    R("65 levels of objects", "POST", ACME, None, 400, BAD, "deeper than 64", raw=b'{"settings": ' * 65 + b"1" + b"}" * 65),
    R("65 levels of arrays", "PUT", USERS, None, 400, BAD, "deeper than 64", raw=b"[" * 65 + b"]" * 65),
    R("a hundred thousand levels", "PUT", USERS, None, 400, BAD, "deeper than 64", raw=b"[" * 100_000 + b"]" * 100_000),
    R("a negative max", "GET", f"{ACCOUNTS}?max=-1", None, 400, BAD, "max"),
    R("a max in words", "GET", f"{ACCOUNTS}?max=ten", None, 400, BAD, "max"),
    R("an empty max", "GET", f"{ACCOUNTS}?max=", None, 400, BAD, "max"),
    R("a max with a fraction", "GET", f"{EXPORTS}?max=1.5", None, 400, BAD, "max"),
    R("a negative offset", "GET", f"{ACCOUNTS}?offset=-1", None, 400, BAD, "offset"),
    R("a negative max of categories", "GET", f"{CATEGORIES}?max=-1", None, 400, BAD, "max"),
    R("a negative max of exports", "GET", f"{EXPORTS}?max=-1", None, 400, BAD, "max"),
    R("a negative max of users", "GET", f"{USERS}?max=-1", None, 400, BAD, "max"),
    R("a path that nobody serves", "GET", "/api/admin/nothing", None, 404, "NOT_FOUND", "/api/admin/nothing"),
    R("a path that nobody serves, without a token", "GET", "/api/v2/admin/organizations", None, 404, "NOT_FOUND", "/api/v2", token=None),
    R("a path with an empty segment", "GET", "/api/admin/organizations//users", None, 404, "NOT_FOUND"),
    R("a path of the control API that nobody serves", "GET", "/_mockfindity/nothing", None, 404, "NOT_FOUND", token=None),
]

TOKENS = [
    R("no token", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "Authorization", token=None),
    R("a token nobody was given", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "not known", token="garbage"),
    R("a token that only begins like one", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "not known", token="{sandbox}.garbage"),
    R("a token that is no text a header may hold", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "not known", token="å ä ö"),
    R("a token past its time by the sandbox's clock", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "expired", token="expired"),
    R("a token that was revoked", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "revoked", token="revoked"),
    R("a client id in place of a token", "GET", ACCOUNTS, None, 401, "UNAUTHORIZED", "not known", token="{client}"),
    R("no token, on a legacy path", "POST", NEW, COMPANY, 401, "UNAUTHORIZED", token=None),
    R("no token, and a body that is not JSON", "POST", NEW, None, 401, "UNAUTHORIZED", token=None, raw=b"{"),
    R("no token, for a basis", "GET", RESOURCE, None, 401, "UNAUTHORIZED", token=None),
    R("a key of another organization", "GET", ACCOUNTS, None, 403, "FORBIDDEN", "'ACME'", token="idle"),
    R("a key of another organization, by external id", "DELETE", ACME, None, 403, "FORBIDDEN", "'ACME'", token="idle"),
    R("a key of another partner", "GET", ACCOUNTS, None, 403, "FORBIDDEN", "'ACME'", token="partner"),
    R("a key of another partner, to write", "POST", ACCOUNTS, {"name": "A", "number": "1"}, 403, "FORBIDDEN", "'ACME'", token="partner"),
    R("a key of one organization, to create one", "POST", NEW, FROM_TEMPLATE, 403, "FORBIDDEN", "cannot create", token="idle"),
    R("a key of a partner, to create another's organization", "POST", NEW, COMPANY, 403, "FORBIDDEN", "'partner-se'", token="partner"),
    R("a key of a partner, to give its organization away", "POST", BARE, {"externalSourceId": "BARE", "partnerCode": "partner-se"}, 403, "FORBIDDEN", token="partner"),
    R("a basis outside the key's reach", "GET", RESOURCE, None, 403, "FORBIDDEN", token="idle"),
    R("an organization of another client application", "GET", ACCOUNTS, None, 404, "ORGANIZATION_NOT_FOUND", token="foreign"),
    R("an organization of another client application, by external id", "GET", ACME, None, 404, "ORGANIZATION_NOT_FOUND", "'ACME'", token="foreign"),
    R("a basis of another client application", "GET", RESOURCE, None, 404, "RESOURCE_NOT_FOUND", token="foreign"),
]

ORGANIZATIONS = [
    R("an organization that is not there", "GET", NEW, None, 404, "ORGANIZATION_NOT_FOUND", "'NEW'"),
    R("an internal id that is not there", "POST", "/api/admin/organizations/nobody/", {"name": "New AB"}, 404, "ORGANIZATION_NOT_FOUND", "'nobody'"),
    R("no field of an organization", "POST", ACME, {"organizationName": "Acme"}, 400, NO_KNOWN, "organizationName"),
    R("no external id", "POST", NEW, without(COMPANY, "externalSourceId"), 400, BAD_ID, "externalSourceId"),
    R("another external id than the URL's", "POST", NEW, COMPANY | {"externalSourceId": "OTHER"}, 400, BAD_ID, "'OTHER'"),
    R("another external id in an update", "POST", ACME, {"externalSourceId": "OTHER", "name": "Acme"}, 400, BAD_ID, "'OTHER'"),
    R("another external id, by internal id", "POST", "/api/admin/organizations/{acme}/", {"externalSourceId": "OTHER"}, 400, BAD_ID, "'OTHER'"),
    R("the external id 'lookup'", "POST", f"{EXTERNAL}/lookup/", COMPANY | {"externalSourceId": "lookup"}, 400, BAD, "'lookup'"),
    R("no class name", "POST", NEW, without(COMPANY, "className"), 400, BAD, "className"),
    R("another class name", "POST", NEW, COMPANY | {"className": "com.findity.consumer.Person"}, 400, BAD, "className"),
    R("another class name in an update", "POST", ACME, {"externalSourceId": "ACME", "className": "Company"}, 400, BAD, "className"),
    R("no name and no template", "POST", NEW, without(COMPANY, "name"), 400, BAD, "name"),
    R("no partner and no template", "POST", NEW, without(COMPANY, "partnerCode"), 400, BAD, "partnerCode"),
    R("a partner that is not there", "POST", NEW, COMPANY | {"partnerCode": "partner-xx"}, 400, BAD, "'partner-xx'"),
    R("a partner that is not there, in an update", "POST", ACME, {"externalSourceId": "ACME", "partnerCode": "partner-xx"}, 400, BAD, "'partner-xx'"),
    R("a template that is not there", "POST", NEW, COMPANY | {"settings": {"templateOrganizationId": "tmpl-xx"}}, 400, BAD, "'tmpl-xx'"),
    R("a template of another client application", "POST", NEW, COMPANY | {"settings": {"templateOrganizationId": "{foreign}"}}, 400, BAD, "templateOrganizationId"),
    R("a template outside the key's reach", "POST", NEW, COMPANY | {"partnerCode": "partner-no", "settings": {"templateOrganizationId": "{acme}"}}, 400, BAD, "templateOrganizationId", token="partner"),
    R("an empty name", "POST", ACME, {"externalSourceId": "ACME", "name": ""}, 400, BAD, "name"),
    R("a country that is no code", "POST", ACME, {"externalSourceId": "ACME", "address": {"countryCode": "Sweden"}}, 400, BAD, "address.countryCode"),
    R("settings that are no object", "POST", ACME, {"externalSourceId": "ACME", "settings": "none"}, 400, BAD, "settings"),
    R("another's VAT number", "POST", BARE, {"externalSourceId": "BARE", "vat": "556123-4567"}, 400, "DUPLICATE_VAT", "'556123-4567'"),
    R("another's VAT number for a new one", "POST", NEW, FROM_TEMPLATE | {"vat": "556123-4567"}, 400, "DUPLICATE_VAT", "'556123-4567'"),
    R("a VAT number of another client application", "POST", NEW, FROM_TEMPLATE | {"vat": "556999-0000"}, 400, "DUPLICATE_VAT", "'556999-0000'"),
    R("to delete what is not there", "DELETE", NEW, None, 404, "ORGANIZATION_NOT_FOUND", "'NEW'"),
    R("to look nothing up", "GET", f"{EXTERNAL}/lookup/", None, 400, BAD, "vat"),
    R("to look an empty VAT number up", "GET", f"{EXTERNAL}/lookup/?vat=", None, 400, BAD, "vat"),
    R("a first day that is none", "GET", f"{ACME}reportcounters/?fromDate=2026-02-30", None, 400, BAD, "fromDate"),
    R("a last day in words", "GET", f"{ACME}reportcounters/?toDate=yesterday", None, 400, BAD, "toDate"),
    R("a day without hyphens", "GET", f"{ACME}reportcounters/?fromDate=20260301", None, 400, BAD, "fromDate"),
    R("a day of a week", "GET", f"{ACME}reportcounters/?fromDate=2026-W10-1", None, 400, BAD, "fromDate"),
    R("a time for a day", "GET", f"{ACME}reportcounters/?toDate=2026-03-01T00:00:00Z", None, 400, BAD, "toDate"),
    R("days the wrong way round", "GET", f"{ACME}reportcounters/?fromDate=2026-03-02&toDate=2026-03-01", None, 400, BAD, "2026-03-02"),
]

PEOPLE = [
    R("a user that is not there", "GET", f"{USERS}externalid/NOBODY/", None, 404, "USER_NOT_FOUND", "'NOBODY'"),
    R("to delete a user that is not there", "DELETE", f"{USERS}externalid/NOBODY/", None, 404, "USER_NOT_FOUND", "'NOBODY'"),
    R("to delete one in a batch", "PUT", USERS, [CLAES, {"externalSourceId": "NOBODY", "delete": True}], 404, "USER_NOT_FOUND", "'NOBODY'"),
    R("no field of a user", "PUT", USERS, [{"userName": "Claes"}], 400, NO_KNOWN, "userName"),
    R("no field of a user, after a good one", "PUT", USERS, [CLAES, {"userName": "Dan"}], 400, NO_KNOWN, "userName"),
    R("a new user without a first name", "PUT", USERS, [CLAES | {"person": {"lastName": "Ek"}}], 400, BAD, "[0].person.firstName"),
    R("a new user without a last name", "PUT", USERS, [CLAES | {"person": {"firstName": "Claes"}}], 400, BAD, "[0].person.lastName"),
    R("a new user without an external id", "PUT", USERS, [without(CLAES, "externalSourceId")], 400, BAD, "[0].externalSourceId"),
    R("a bad user after a good one", "PUT", USERS, [CLAES, {"externalSourceId": "DAN"}], 400, BAD, "[1].person.firstName"),
    R("a bad user before a good one", "PUT", USERS, [{"externalSourceId": "DAN"}, CLAES], 400, BAD, "[0].person.firstName"),
    R("a bad user after a changed one", "PUT", USERS, [{"externalSourceId": "ANNA", "title": "Boss"}, {"externalSourceId": "DAN"}], 400, BAD, "[1].person.firstName"),
    R("a bad user after a deleted one", "PUT", USERS, [{"externalSourceId": "BO", "delete": True}, {"externalSourceId": "DAN"}], 400, BAD, "[1].person.firstName"),
    R("a first name that is a number", "PUT", USERS, [CLAES | {"person": {"firstName": 5}}], 400, BAD, "[0].person.firstName"),
    R("an admin that is a text", "PUT", USERS, [CLAES | {"admin": "true"}], 400, BAD, "[0].admin"),
    R("another's person", "PUT", USERS, [{"externalSourceId": "ANNA", "person": {"externalSourceId": "P-BO"}}], 400, BAD, "'P-BO'"),
    R("an invitation that is neither", "PUT", f"{USERS}?sendInvitationMail=perhaps", [CLAES], 400, BAD, "sendInvitationMail"),
]

FIELDS = [
    R("no field of a dimension", "PUT", DIMENSIONS, [{"title": "Crew"}], 400, NO_KNOWN, "title"),
    R("no field of a dimension, after a good one", "PUT", DIMENSIONS, [{"description": "Crew"}, {"title": "Ship"}], 400, NO_KNOWN, "title"),
    R("a dimension field that is not there", "PUT", DIMENSIONS, [{"description": "Crew"}, {"id": "nobody"}], 404, "DIMENSION_NOT_FOUND", "'nobody'"),
    R("a new field without a description", "PUT", DIMENSIONS, [{"description": "Crew"}, {"externalSourceId": "ship"}], 400, BAD, "[1].description"),
    R("a level that is none", "PUT", DIMENSIONS, [{"description": "Crew", "level": "PLANET"}], 400, BAD, "[0].level"),
    R("the values of no field", "GET", f"{DIMENSIONS}nobody/list/", None, 404, "DIMENSION_NOT_FOUND", "'nobody'"),
    R("values for no field", "PUT", f"{DIMENSIONS}nobody/list/", {"values": [GOOD_VALUE]}, 404, "DIMENSION_NOT_FOUND", "'nobody'"),
    R("no field of a list of values", "PUT", VALUES, {"list": []}, 400, NO_KNOWN, "list"),
    R("no list of values", "PUT", VALUES, {}, 400, BAD, "values"),
    R("a value without an id", "PUT", VALUES, {"values": [GOOD_VALUE, {"value": "Sales"}]}, 400, BAD, "values[1].id"),
    R("a new value without a value", "PUT", VALUES, {"values": [GOOD_VALUE, {"id": "CC-003"}]}, 400, BAD, "values[1].value"),
    R("a bad value after the others are cleared", "PUT", f"{VALUES}?clearBeforeUpdate=true", {"values": [{"id": "CC-001"}]}, 400, BAD, "values[0].value"),
    R("a clearing that is neither", "PUT", f"{VALUES}?clearBeforeUpdate=1", {"values": []}, 400, BAD, "clearBeforeUpdate"),
    R("the approvers of no field", "GET", f"{DIMENSIONS}nobody/list/approvers/", None, 404, "DIMENSION_NOT_FOUND", "'nobody'"),
    R("approvers for no field", "PUT", f"{DIMENSIONS}nobody/list/approvers/", {"values": []}, 404, "DIMENSION_NOT_FOUND", "'nobody'"),
    R("approvers while approval is off", "PUT", f"{BARE}customdimensions/{{crew}}/list/approvers/", {"values": []}, 400, "APPROVAL_NOT_ACTIVE", "'BARE'"),
    R("no field of approvers", "PUT", APPROVERS, {"approvers": []}, 400, NO_KNOWN, "approvers"),
    R("an approver nobody knows", "PUT", APPROVERS, {"values": [{"id": "CC-001", "approvers": [{"externalSourceId": "NOBODY"}]}]}, 400, BAD, "'NOBODY'"),
    R("an approver nobody knows, after a good one", "PUT", APPROVERS, {"values": [GOOD_APPROVER, {"id": "CC-001", "approvers": [{"externalSourceId": "NOBODY"}]}]}, 400, BAD, "values[1].approvers[0]"),
    R("approvers of a value nobody knows", "PUT", APPROVERS, {"values": [GOOD_APPROVER, {"id": "CC-009", "approvers": []}]}, 400, BAD, "'CC-009'"),
    R("a sort order that is a text", "PUT", APPROVERS, {"values": [{"id": "CC-001", "approvers": [{"externalSourceId": "ANNA", "sortOrder": "first"}]}]}, 400, BAD, "values[0].approvers[0].sortOrder"),
]

BOOKS = [
    R("the names the guide warns of", "POST", ACCOUNTS, {"accountNumber": "5010", "accountName": "Travel"}, 400, NO_KNOWN, "accountNumber"),
    R("an empty account", "POST", ACCOUNTS, {}, 400, NO_KNOWN, "empty"),
    R("no body for an account", "POST", ACCOUNTS, None, 400, NO_KNOWN, "empty"),
    R("one unknown field beside known ones", "POST", ACCOUNTS, {"name": "Travel", "number": "9999", "type": "COST"}, 400, NO_KNOWN, "type"),
    R("meta on a new account", "POST", ACCOUNTS, {"name": "Travel", "number": "9999", "meta": None}, 400, NO_KNOWN, "meta"),
    R("an account without a name", "POST", ACCOUNTS, {"number": "9999"}, 400, BAD, "name"),
    R("an account without a number", "POST", ACCOUNTS, {"name": "Travel"}, 400, BAD, "number"),
    R("an account with an empty name", "POST", ACCOUNTS, {"name": "", "number": "9999"}, 400, BAD, "name"),
    R("a number that is no text", "POST", ACCOUNTS, {"name": "Travel", "number": 9999}, 400, BAD, "number"),
    R("a number that exists", "POST", ACCOUNTS, {"name": "Travel", "number": "{accountNumber}"}, 400, BAD, "{accountNumber}"),
    R("an account that is not there", "GET", f"{ACCOUNTS}/nobody", None, 404, "ACCOUNT_NOT_FOUND", "'nobody'"),
    R("an account of another organization", "GET", f"{ACCOUNTS}/{{bareAccount}}", None, 404, "ACCOUNT_NOT_FOUND", "{bareAccount}"),
    R("to change an account that is not there", "PUT", f"{ACCOUNTS}/nobody", {"id": "nobody", "name": "Travel", "number": "9999"}, 404, "ACCOUNT_NOT_FOUND", "'nobody'"),
    R("to change an account of another organization", "PUT", f"{ACCOUNTS}/{{bareAccount}}", {"id": "{bareAccount}", "name": "Travel", "number": "9999"}, 404, "ACCOUNT_NOT_FOUND"),
    R("to change an account without its id", "PUT", ACCOUNT, {"name": "Travel", "number": "9999"}, 400, BAD_ID, "id null"),
    R("to change an account with another id", "PUT", ACCOUNT, {"id": "{otherAccount}", "name": "Travel", "number": "9999"}, 400, BAD_ID, "{otherAccount}"),
    R("to change an account with an empty body", "PUT", ACCOUNT, {}, 400, BAD_ID, "id null"),
    R("an unknown field in a change", "PUT", ACCOUNT, {"id": "{account}", "name": "Travel", "number": "9999", "active": False}, 400, NO_KNOWN, "active"),
    R("a change without a name", "PUT", ACCOUNT, {"id": "{account}", "number": "9999"}, 400, BAD, "name"),
    R("a change to another's number", "PUT", ACCOUNT, {"id": "{otherAccount}", "name": "Travel", "number": "{accountNumber}"}, 400, BAD_ID),
    R("a number that another account has", "PUT", f"{ACCOUNTS}/{{otherAccount}}", {"id": "{otherAccount}", "name": "Travel", "number": "{accountNumber}"}, 400, BAD, "{account}"),
    R("to delete an account that is not there", "DELETE", f"{ACCOUNTS}/nobody", None, 404, "ACCOUNT_NOT_FOUND", "'nobody'"),
    R("to delete an account of another organization", "DELETE", f"{ACCOUNTS}/{{bareAccount}}", None, 404, "ACCOUNT_NOT_FOUND"),
    R("a category that is not there", "GET", f"{CATEGORIES}/nobody", None, 404, "CATEGORY_NOT_FOUND", "'nobody'"),
    R("to map a category that is not there", "PUT", f"{CATEGORIES}/nobody", {"accountNumber": "5800"}, 404, "CATEGORY_NOT_FOUND", "'nobody'"),
    R("to map nothing known", "PUT", CATEGORY, {"account": "5800"}, 400, NO_KNOWN, "account"),
    R("to map to an account that is not there", "PUT", CATEGORY, {"accountNumber": "9999"}, 400, BAD, "accountNumber"),
    R("to map to a salary code that is not there", "PUT", CATEGORY, {"accountNumber": "5800", "salaryCode": "9999"}, 400, BAD, "salaryCode"),
    R("to map a category by another id", "PUT", CATEGORY, {"id": "nobody", "accountNumber": "5800"}, 400, "INVALID_ID", "'nobody'"),
]

EXPORTING = [
    R("exports without an API recipient", "GET", "/api/v1/connect/organizations/{bare}/exports", None, 404, "RECIPIENT_NOT_FOUND", "{bare}"),
    R("exports of an organization that is not there", "GET", "/api/v1/connect/organizations/nobody/exports", None, 404, "ORGANIZATION_NOT_FOUND", "'nobody'"),
    R("exports of an organization by its external id", "GET", "/api/v1/connect/organizations/ACME/exports", None, 404, "ORGANIZATION_NOT_FOUND", "'ACME'"),
    R("exports of a status that is none", "GET", f"{EXPORTS}?status=DONE", None, 400, BAD, "status"),
    R("an export that is not there", "GET", f"{EXPORTS}/nobody", None, 404, "EXPORT_NOT_FOUND", "'nobody'"),
    R("an export of another organization", "GET", "/api/v1/connect/organizations/{idle}/exports/{export}", None, 404, "EXPORT_NOT_FOUND", "{export}"),
    R("vouchers of no export", "GET", f"{EXPORTS}/nobody/export", None, 404, "EXPORT_NOT_FOUND", "'nobody'"),
    R("vouchers of a withdrawn export", "GET", f"{EXPORTS}/{{withdrawn}}/export", None, 404, "EXPORT_NOT_FOUND", "withdrawn"),
    R("an update of a withdrawn export", "PUT", f"{EXPORTS}/{{withdrawn}}/updatestatus", updates(GOOD_UPDATE), 404, "EXPORT_NOT_FOUND", "withdrawn"),
    R("an update of no export", "PUT", f"{EXPORTS}/nobody/updatestatus", updates(GOOD_UPDATE), 404, "EXPORT_NOT_FOUND", "'nobody'"),
    R("an update that is empty", "PUT", UPDATE, {}, 400, NO_KNOWN, "empty"),
    R("an update without a body", "PUT", UPDATE, None, 400, NO_KNOWN, "empty"),
    R("an update of nothing known", "PUT", UPDATE, {"vouchers": [GOOD_UPDATE]}, 400, NO_KNOWN, "vouchers"),
    R("an update of no voucher", "PUT", UPDATE, updates(), 400, BAD, "voucherUpdates"),
    R("an update without a voucher's id", "PUT", UPDATE, updates({"status": "SUCCESS"}), 400, BAD, "voucherUpdates[0].id"),
    R("an update without a status", "PUT", UPDATE, updates({"id": "{open}"}), 400, BAD, "voucherUpdates[0].status"),
    R("a status that is neither", "PUT", UPDATE, updates({"id": "{open}", "status": "BOOKED"}), 400, BAD, "voucherUpdates[0].status"),
    R("a status that is neither, after a good update", "PUT", UPDATE, updates(GOOD_UPDATE, {"id": "{booked}", "status": "success"}), 400, BAD, "voucherUpdates[1].status"),
    R("a voucher number that is no number", "PUT", UPDATE, updates(GOOD_UPDATE | {"voucherNumber": True}), 400, BAD, "voucherUpdates[0].voucherNumber"),
    R("a voucher twice", "PUT", UPDATE, updates(GOOD_UPDATE, GOOD_UPDATE), 400, BAD, "{open}"),
    R("a voucher that is not there", "PUT", UPDATE, updates({"id": "nobody", "status": "SUCCESS"}), 400, "VOUCHER_NOT_FOUND", "'nobody'"),
    R("a voucher that is not there, after a good one", "PUT", UPDATE, updates(GOOD_UPDATE, {"id": "nobody", "status": "SUCCESS"}), 400, "VOUCHER_NOT_FOUND", "'nobody'"),
    R("a voucher of another export", "PUT", UPDATE, updates({"id": "{failed}", "status": "SUCCESS"}), 400, "VOUCHER_NOT_FOUND", "{failed}"),
    R("FAILED for a voucher that is booked", "PUT", UPDATE, updates({"id": "{booked}", "status": "FAILED"}), 400, "VOUCHER_ALREADY_PROCESSED", "{booked}"),
    R("another number for a voucher that is booked", "PUT", UPDATE, updates({"id": "{booked}", "status": "SUCCESS", "voucherNumber": "2"}), 400, "VOUCHER_ALREADY_PROCESSED", "{booked}"),
    R("a good update before one of a booked voucher", "PUT", UPDATE, updates(GOOD_UPDATE, {"id": "{booked}", "status": "FAILED"}), 400, "VOUCHER_ALREADY_PROCESSED", "{booked}"),
    R("SUCCESS for a voucher whose export is closed", "PUT", f"{EXPORTS}/{{failedExport}}/updatestatus", updates({"id": "{failed}", "status": "SUCCESS"}), 400, "VOUCHER_ALREADY_PROCESSED", "{failed}"),
    R("content for no export", "PUT", f"{EXPORTS}/nobody/content", None, 404, "EXPORT_NOT_FOUND", "'nobody'", raw=b"book"),
    R("the content of no export", "GET", f"{EXPORTS}/nobody/content", None, 404, "EXPORT_NOT_FOUND", "'nobody'"),
    R("content that was never attached", "GET", f"{EXPORT}/content", None, 404, "CONTENT_NOT_FOUND", "{export}"),
    R("a resource that is not there", "GET", "/api/resources/nobody", None, 404, "RESOURCE_NOT_FOUND", "'nobody'"),
    R("a basis in a format there is not", "GET", f"{RESOURCE}?format=xml", None, 400, BAD, "format"),
]
# fmt: on

FINDITY = [*WIRE, *TOKENS, *ORGANIZATIONS, *PEOPLE, *FIELDS, *BOOKS, *EXPORTING]
