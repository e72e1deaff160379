"""A partner takes on customers, in the six steps of the admin guide.

Sigrid works at a partner, a bookkeeping firm in Sundsvall. She keeps an organization of her own
that nobody works at: her template, with the accounts she gives every customer. On Monday the first
new customer has signed, and her integration provisions it.

Step 1 creates the organization from the template. Step 2 gives it a dimension field, Cost center,
and step 3 its values. Step 4 adds the accounts that only this customer has. Step 5 adds the people,
and invites them. Step 6 says who approves what, and is refused: ``APPROVAL_NOT_ACTIVE``. The guide
warns of it: somebody has to switch approval on by hand, once. Sigrid does, and step 6 goes through.

Is it set up? The integration does not believe it, it looks: accounts, users, values and approvers,
each list compared with what was sent. Then comes the proof. The first employee writes an expense,
the head of the department approves it, the administrator sends it, and there is a voucher on the
customer's own account.

So it goes with every customer. Each leaves an export to fetch, under a key that reaches all of
them. The figures of the last one are given back; ``customers`` lists all.
"""

from __future__ import annotations

import random
from typing import Annotated, Any

from mockfindity import Findity
from mockfindity.stories import (
    Tell,
    begin,
    cost_center,
    country,
    expect,
    expect_status,
    founded,
    known,
    on_account,
    refused,
    spent,
    sums,
    told,
)

SWEDEN = country("sv_SE")
NAMES = ("Alnö Rör", "Birsta Bil", "Gärde Golv", "Indals Trä", "Kubens Kök", "Matfors Mek")
OWN_ACCOUNTS = {"5814": "Järnvägsbiljetter", "5892": "Resor mellan verkstäder"}
DEPARTMENTS = {"CC-100": "Verkstad", "CC-200": "Kontor"}


def play(
    findity: Findity,
    tell: Tell,
    *,
    seed: int = 0,
    customers: Annotated[int, "How many customers are provisioned.", range(1, 101)] = 3,
) -> dict[str, Any]:
    begin(findity, "sundsvall-mall", "2026-05-04T08:00:00Z")
    rng = random.Random(f"{seed} onboarding")
    template = founded(findity, SWEDEN, "sundsvall-mall", name="Mall, Sundsvalls Bokföring")
    template.accounts({"5891": "Övriga resor, byrå"})
    template.settings(approval_active=False)
    made, exports = [], []
    for number in range(1, customers + 1):
        customer = Customer(findity, template.id, number, rng)
        tell(number, customers, f"{customer.name}, in six steps")
        customer.provision()
        customer.look()
        exports.append(customer.first_voucher())
        made.append({"externalOrganizationId": customer.key, "organizationId": customer.here.id})
    figures = sums(exports[-1].vouchers())
    return told(customer.here, exports, customers=made, steps=6, **figures)


class Customer:
    """A new customer: what they are called, who works there, and how they are set up."""

    def __init__(self, findity: Findity, template: str, number: int, rng: random.Random) -> None:
        self.findity, self.template, self.rng = findity, template, rng
        self.key = f"kund-{number:03}"
        self.name = f"{NAMES[(number - 1) % len(NAMES)]} {'AB' if number % 2 else 'HB'}"
        self.vat = f"559{number:03}-{4000 + 7 * number}"
        self.people = [
            known("Ines Forsell", 1, "Mechanic"),
            known("Ove Backlund", 2, "Head of the workshop"),
            known("Rut Ask", 3, "Head of the office"),
        ]

    def provision(self) -> None:
        """The six steps."""
        self.here = self.findity.organization(
            self.key, template=self.template, name=self.name, vat=self.vat
        )
        self.here.dimension("cost-center", DEPARTMENTS)
        self.here.accounts(OWN_ACCOUNTS)
        self.findity.api(
            "PUT",
            f"/api/admin/organizations/externalid/{self.key}/users/?sendInvitationMail=true",
            [person.as_user(admin=person.key == "RUT") for person in self.people],
        )
        refused("APPROVAL_NOT_ACTIVE", self.approvers)
        self.here.settings(approval_active=True)
        self.approvers()

    def approvers(self) -> None:
        """Step 6: a head for each department."""
        self.here.approvers("cost-center", {"CC-100": ["OVE"], "CC-200": ["RUT"]})

    def look(self) -> None:
        """Compare what is there with what was sent."""
        accounts = set(self.here.accounts())
        expect({*OWN_ACCOUNTS, "5891", "2641"} <= accounts, f"{self.name} lacks accounts.")
        users = [user["externalSourceId"] for user in self.here.users()]
        expect(users == [one.key for one in self.people], f"{self.name} has the users {users}.")
        base = f"/api/admin/organizations/externalid/{self.key}/customdimensions/cost-center/list/"
        values = [one["id"] for one in self.findity.api("GET", base)["values"]]
        expect(values == list(DEPARTMENTS), f"{self.name} has the cost centers {values}.")
        set_up = self.findity.api("GET", f"{base}approvers/")["values"]
        heads = {one["id"]: [a["externalSourceId"] for a in one["approvers"]] for one in set_up}
        expect(heads == {"CC-100": ["OVE"], "CC-200": ["RUT"]}, f"approvers are {heads}.")
        path = f"/organizations/{self.here.id}/invitations"
        invited = self.findity.control("GET", path)["meta"]["total"]
        expect(invited == len(self.people), f"{invited} people were invited.")

    def first_voucher(self) -> Any:
        """The proof: an expense, an approval, an export."""
        self.here.category("Tickets", account="5814")
        fare = self.rng.randrange(195, 895, 10)
        ticket = spent("SJ, Sundsvall till Gävle", "2026-05-04", fare, 6, category="Tickets")
        expenses = [ticket | cost_center("CC-100")]
        report = self.here.report(self.people[0].key, expenses, name="Första resan").submit()
        expect(report.data["approvers"] == ["OVE"], f"{report.data['approvers']} must approve.")
        expect_status("the first report", report.approve().data["status"], "READY_TO_SEND")
        export = self.here.bulk_send()
        ticket_net = on_account(export.vouchers(), "5814")
        expect(ticket_net > 0, "the ticket is not on the customer's own account 5814.")
        return export
