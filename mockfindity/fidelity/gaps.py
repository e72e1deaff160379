"""What Findity has and mockfindity has not, and what happens instead."""

from __future__ import annotations

from .rule import Gap

NO_PATH = "404 `NOT_FOUND`, with the nearest path that is served where one is close."

# fmt: off
NOT_EMULATED: tuple[Gap, ...] = (
    Gap("The Expense API: expenses, reports, notifications, cards of a signed-in employee.", f"{NO_PATH} Employees' and approvers' steps are calls of the control API.", (("GET", "/api/v1/expense/me", 404), ("POST", "/api/v1/expense/expenses", 404), ("PUT", "/api/v1/expense/expensereports/1?action=send", 404), ("POST", "/v1/expense/content?action=scan", 404))),
    Gap("Card transactions, and the card reports they lead to.", NO_PATH, (("POST", "/api/v1/connect/cardtransactions", 404), ("POST", "/api/v1/connect/card-transactions", 404))),
    Gap("User authorization grants: a token for one employee.", f"{NO_PATH} The grant type `authorization_code` is 400 `unsupported_grant_type`.", (("POST", "/oauth/authorization-grant", 404),)),
    Gap("Login discovery (`externalloginurls`), OIDC and SAML, long-lived tokens, IP allow-lists.", NO_PATH, (("POST", "/api/auth/externalloginurls", 404),)),
    Gap("Organizational units, and approval along departments.", f"{NO_PATH} A user's `organizationalUnitExternalSourceId` is stored and given back; approval goes along dimension values only.", (("GET", "/api/admin/organizations/externalid/ACME/organizationalunits/", 404),)),
    Gap("Amount limits of approvers, temporary approvers, review mode.", "An unknown field such as `amountLimit` is let through, stored nowhere and noted; every approver is asked."),
    Gap("Deactivating, locking and unlocking an account.", "No field for it is documented: a field such as `active` is 400 `NO_KNOWN_JSON_PROPERTIES`. Delete the account, or map its categories elsewhere.", (("PUT", "/api/v1/admin/organizations/1/accounts/1/lock", 404),)),
    Gap("Creating and deleting categories, payment types, salary codes and recipients over the API.", "405 or 404; the control API does what an administrator does in the Admin UI.", (("POST", "/api/v1/admin/organizations/1/categories", 405), ("DELETE", "/api/v1/admin/organizations/1/categories/1", 405), ("POST", "/api/v1/admin/organizations/1/recipients", 404), ("GET", "/api/v1/admin/organizations/1/paymenttypes", 404))),
    Gap("Custom fields, policy documents, licences, files, carbon emissions, accounting consultants, partners over the API.", f"{NO_PATH} `licenses` of an organization is taken and has no effect.", (("GET", "/api/v1/admin/partners", 404), ("GET", "/api/v1/admin/organizations/1/licenses", 404))),
    Gap("The report statuses APPROVED and SEND.", "They stand in Findity's list and nothing is known to enter them: no report is ever in them."),
    Gap("Expenses that are sent without a report, in a hidden one.", "Every expense stands in a report that somebody wrote."),
    Gap("Exchange rates by day.", "An expense brings its own `exchangeRate`, 1 if it is not sent; no rate is looked up."),
    Gap("Rules for amounts: mileage and per diem rates, tax limits, duplicates, how many expenses a report may have.", "An expense is booked as it was written."),
    Gap("Recipients other than the API recipient: PDF by mail, Fortnox and the like.", "They are stored and given back, and no report visits them: where no API recipient is owed anything more, a report is SENT."),
    Gap("Mail: invitations, error mails, reminders.", "Nothing is mailed. Invitations are recorded: `GET /_mockfindity/organizations/{organizationId}/invitations`."),
    Gap("Activating users.", "They stay `PENDING_ACTIVATION` and can do everything."),
    Gap("Retries of webhooks by themselves, signatures, secrets.", "Findity documents none. `mockfindity webhooks redeliver` sends one again."),
    Gap("The dates of dimension values, dimensions of level REPORT, dimensions that filter recipients or deviate on credit rows.", "The fields are stored and given back, and decide nothing."),
    Gap("The filters of the list of users, and `include=` on v1 lists.", "Such parameters are let through and not read."),
    Gap("The settings in an organization's `services[0]` that only Findity's own programs read.", "They are constants, in the guide's shape."),
)
# fmt: on
