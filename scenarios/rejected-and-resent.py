"""Two vouchers FAILED, and what became of them.

Bookkeeping at Lövhaga Bygg AB has opinions. Of May's reports the ledger takes all but two. Of the
first it says that account 5810 is closed since the new chart of accounts came; of the second that
nobody knows the project on it. The integration reports each voucher by itself: SUCCESS with its
number, FAILED with an ``errorText`` that says what is wrong and how to mend it. Meanwhile it
attaches its log to the export, for the administrator to read.

Once every voucher is decided the export is FAILED. What was booked is SENT and stays so; the two
that were not are back in READY_TO_SEND, with their owners none the wiser.

The integration maps the category Tickets to account 5814, the ledger learns about the project, and
the administrator sends again. The new export has exactly two vouchers. Each carries an
``integrationModuleResult`` with what was said of it last time, and the train ticket stands on 5814.

The second export is left for your client: this time, will it book them?
"""

from __future__ import annotations

import random
from datetime import date
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    bought,
    country,
    expect,
    expect_status,
    founded,
    known,
    on_account,
    ready,
    sums,
    told,
    weekdays,
)

SWEDEN = country("sv_SE")
DAYS = weekdays(date(2026, 5, 1))
CLOSED = "Account 5810 is closed. Map the category Tickets to another account and send again."
UNKNOWN = "Project P-77 is unknown here. Create it in the ledger and send again."
LOG = b"2026-05-29 voucher series B: account 5810 closed; project P-77 missing\n"
BUILDERS = ("Ellen Fors", "Nils Löv", "Sanna Kivi", "Tuva Holm", "Vidar Moe", "Zara Malik")


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    reports: Annotated[int, "How many reports there are, those two included.", range(3, 501)] = 6,
) -> dict[str, Any]:
    begin(findity, "lovhaga", "2026-05-29T08:00:00Z")
    rng = random.Random(f"{seed} rejected-and-resent")
    company = founded(findity, SWEDEN, "lovhaga", name="Lövhaga Bygg AB", vat="556655-1209")
    people = [known(name, 51 + at) for at, name in enumerate(BUILDERS)]
    company.users(*(person.as_user() for person in people))
    company.dimension("project", {"P-12": "Norra kajen", "P-77": "Södra torget"})
    written = []
    for number in range(reports):
        tell(number + 1, reports + 3, f"report {number + 1} of {reports}")
        owner = people[number % len(people)].key
        written.append(ready(company, owner, f"Resa {number + 1}", trip(rng, number)))
    tell(reports + 1, reports + 3, "bookkeeping turns two vouchers down")
    first = company.bulk_send()
    turned_down(company, first, written)
    tell(reports + 2, reports + 3, "the category is mapped anew")
    remapped(findity, company)
    findity.clock.advance(3600)
    tell(reports + 3, reports + 3, "what failed is sent again")
    second = company.bulk_send()
    resent(second)
    return told(
        company,
        [first, second],
        booked=reports - 2,
        failed=2,
        errors=[CLOSED, UNKNOWN],
        first=sums(first.vouchers()),
        second=sums(second.vouchers()),
    )


def trip(rng: random.Random, number: int) -> list[dict[str, Any]]:
    """A train ticket in the first report, the wrong project in the second, else some receipts."""
    tags = {"dimensionValues": [{"dimension": "project", "value": "P-77"}]} if number == 1 else {}
    kinds = ["Tickets"] if number == 0 else ["Travel", "Hotel and meals", "Office supplies"]
    sellers = [rng.choice(SWEDEN.sellers(kind)) for kind in kinds]
    return [bought(rng, one, rng.choice(DAYS), **tags) for one in sellers]


def turned_down(company: Any, export: Any, reports: list[Any]) -> None:
    """The first two vouchers FAILED, the others are booked, and a log is attached."""
    bad, unknown, *good = export.vouchers()
    updates = [
        {"id": bad["id"], "status": "FAILED", "errorText": CLOSED},
        {"id": unknown["id"], "status": "FAILED", "errorText": UNKNOWN},
    ]
    updates += [
        {"id": one["id"], "status": "SUCCESS", "voucherNumber": f"B{at}"}
        for at, one in enumerate(good, 1)
    ]
    status = export.acknowledge(*updates[1:])
    expect_status("an export with one voucher undecided", status, "TRANSFER")
    expect_status("the export", export.acknowledge(updates[0]), "FAILED")
    export.findity.api("PUT", f"{export.path}/content?fileName=ledger.log", content=LOG)
    expect(export.data["content"]["size"] == len(LOG), "the log was not attached.")
    for number, report in enumerate(reports):
        wanted = "READY_TO_SEND" if number < 2 else "SENT"
        expect_status(f"report {report.data['name']!r}", report.status, wanted)
    left = [one.id for one in company.exports("TRANSFER")]
    expect(left == [], f"exports are left although all were decided: {left}")


def remapped(findity: Findity, company: Any) -> None:
    """Tickets go to 5814, through the categories of the Admin API."""
    company.accounts({"5814": "Järnvägsbiljetter"})
    base = f"/api/v1/admin/organizations/{company.id}/categories"
    tickets = next(one for one in findity.api("GET", base)["data"] if one["name"] == "Tickets")
    path = f"{base}/{tickets['id']}"
    changed = findity.api("PUT", path, {"id": tickets["id"], "accountNumber": "5814"})
    expect(changed["accountNumber"] == "5814", "the category was not mapped anew.")


def resent(export: Any) -> None:
    """Only what failed comes again, it says why, and the ticket stands on its new account."""
    vouchers = export.vouchers()
    said = {
        v["description"]: (v["integrationModuleResult"] or {}).get("errorText") for v in vouchers
    }
    wanted = {"Resa 1": CLOSED, "Resa 2": UNKNOWN}
    expect(said == wanted, f"the second export says of the first try: {said}")
    old, new = (on_account(vouchers, number) for number in ("5810", "5814"))
    expect(old == 0 and new > 0, f"5810 has {old} and 5814 has {new}; the ticket is on neither.")
