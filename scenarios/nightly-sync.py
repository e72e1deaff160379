"""People come and go, accounts get other numbers, and Findity follows.

Norrsken Energi AB hires, promotes and loses people every day, and its ledger is alive too. At half
past two every night a job carries it over: the users that are new, changed or gone, as one array,
and the accounts one by one. It sends what differs and nothing else, and afterwards it reads both
lists back and compares. On a quiet night it sends nothing.

Things happen. Somebody leaves with a report under way: Findity lets them go, names the report in
``ongoingReports``, and the report goes on without its owner. Somebody marries, and has another
name: matched by external id, it stays the same user. And in the middle of it all the ledger moves
its travel accounts from 58xx to 59xx. An account that is given another number keeps its id, so all
that was mapped to it follows: not one category has to be touched.

In the end two reports are sent, one of them by somebody who no longer works there. The vouchers
stand on the new numbers. The export is left for you to fetch.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Country,
    Person,
    Tell,
    begin,
    bought,
    country,
    expect,
    expect_status,
    founded,
    hired,
    ready,
    sums,
    told,
)

FIRST_NIGHT = date(2026, 5, 18)
RENUMBERED = {"5800": "5900", "5810": "5911", "5820": "5921", "5830": "5931"}
SWEDEN = country("sv_SE")


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    nights: Annotated[int, "How many nights are played.", range(3, 366)] = 5,
    employees: Annotated[int, "How many people there are on the first night.", range(5, 5001)] = 40,
    locale: Annotated[str, "Whose names: sv_SE, nb_NO, da_DK, fi_FI or en_GB."] = "sv_SE",
) -> dict[str, Any]:
    theirs = country(locale)
    begin(findity, "norrsken", f"{FIRST_NIGHT}T02:30:00Z")
    rng = random.Random(f"{seed} nightly-sync")
    staff = Staff(rng, theirs, employees)
    company = founded(findity, SWEDEN, "norrsken", name="Norrsken Energi AB", vat="556720-9948")
    job = Job(findity, company)
    ledger = {number: account["name"] for number, account in company.accounts().items()}
    log, owners = [], []
    for night in range(nights):
        tell(night + 1, nights, f"night {night + 1}: {len(staff.people)} people")
        findity.clock.freeze(f"{FIRST_NIGHT + timedelta(days=night)}T02:30:00Z")
        if night == 1:
            owners = [ready(company, key, "Resa", trip(rng)) for key in sorted(staff.people)[:2]]
            staff.leaves(min(staff.people))
        elif night > 1:
            staff.lives_on()
        if night == nights // 2:
            ledger = {RENUMBERED.get(number, number): name for number, name in ledger.items()}
            job.renumber(RENUMBERED)
        if night == nights - 1:
            ledger = {n: name for n, name in ledger.items() if n != "5060"} | {
                "5061": "Fönsterputs"
            }
        log.append(job.users(staff.people) | job.accounts(ledger))
    export = company.bulk_send()
    check(export.vouchers(), owners)
    under_way = [name for one in log for name in one.pop("ongoingReports")]
    expect(under_way == [owners[0].id], f"reports under way of those who left: {under_way}")
    figures = sums(export.vouchers())
    return told(company, [export], nights=log, people=len(staff.people), **figures)


class Staff:
    """The people as their employer knows them; ``people`` are those of today, by external id."""

    def __init__(self, rng: random.Random, theirs: Country, count: int) -> None:
        self.rng, self.theirs = rng, theirs
        self.people = {person.key: person for person in hired(rng, theirs, count)}
        self.hired = count

    def leaves(self, key: str) -> None:
        del self.people[key]

    def lives_on(self) -> None:
        """One or two come, one marries or is promoted, one leaves; on some days nobody does."""
        if self.rng.random() < 0.2:
            return
        come = self.rng.randint(1, 2)
        new = hired(self.rng, self.theirs, come, self.hired + 1)
        self.hired += come
        self.leaves(self.rng.choice(sorted(self.people)[2:]))
        key = self.rng.choice(sorted(self.people)[1:])
        one, married = self.people[key], self.rng.random() < 0.5
        self.people[key] = (
            one._replace(last=new[0].last) if married else one._replace(title="Head of Sales")
        )
        self.people |= {person.key: person for person in new}


class Job:
    """The nightly job: it knows what it sent last, and sends what differs."""

    def __init__(self, findity: Findity, company: Any) -> None:
        self.findity, self.company = findity, company
        self.sent: dict[str, Person] = {}
        self.path = f"/api/admin/organizations/externalid/{company.external_id}/users/"

    def users(self, now: dict[str, Person]) -> dict[str, Any]:
        """Carry the people over, and see whether they have arrived."""
        new = [person for key, person in now.items() if key not in self.sent]
        changed = [p for key, p in now.items() if self.sent.get(key, p) != p]
        gone = [{"externalSourceId": key, "delete": True} for key in self.sent if key not in now]
        body = [*(person.as_user() for person in (*new, *changed)), *gone]
        under_way: list[Any] = []
        if body:
            answer = self.findity.api("PUT", f"{self.path}?sendInvitationMail=false", body)
            under_way = [one["id"] for one in answer["ongoingReports"]]
        self.sent = dict(now)
        there = {
            (user["externalSourceId"], user["person"]["lastName"], user["title"] or "")
            for user in self.findity.api("GET", self.path)
        }
        wanted = {(person.key, person.last, person.title) for person in now.values()}
        expect(there == wanted, f"the users differ after the sync: {sorted(there ^ wanted)}")
        counts = {"new": len(new), "changed": len(changed), "deleted": len(gone)}
        return counts | {"ongoingReports": under_way}

    def renumber(self, numbers: dict[str, str]) -> None:
        """Give accounts other numbers; they keep their ids."""
        for old, new in numbers.items():
            self.company.renumber(old, new)

    def accounts(self, ledger: dict[str, str]) -> dict[str, int]:
        """Carry the chart of accounts over, and see whether it has arrived."""
        there = self.company.accounts()
        gone = [number for number in there if number not in ledger]
        for number in gone:
            self.company.delete_account(number)
        numbers = set(self.company.accounts(ledger))
        expect(numbers == set(ledger), f"accounts differ: {sorted(numbers ^ set(ledger))}")
        added = sum(number not in there for number in ledger)
        return {"accountsAdded": added, "accountsDeleted": len(gone)}


def trip(rng: random.Random) -> list[dict[str, Any]]:
    """A taxi, a ticket and a hotel."""
    kinds = ("Travel", "Tickets", "Hotel and meals")
    return [bought(rng, SWEDEN.sellers(kind)[0], FIRST_NIGHT) for kind in kinds]


def check(vouchers: list[Any], reports: list[Any]) -> None:
    """Both reports were sent, and everything stands on the numbers of today."""
    for report in reports:
        expect_status("a report that was sent", report.status, "TRANSFER")
    expect(len(vouchers) == len(reports), f"{len(vouchers)} vouchers of {len(reports)} reports.")
    rows = [row for one in vouchers for row in one["voucherRows"] if row["taxAmount"]]
    numbers = [row["accountingNumber"]["number"] for row in rows]
    expect(set(numbers) == {"5900", "5911", "5931"}, f"the vouchers stand on {sorted(numbers)}.")
