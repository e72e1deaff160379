"""Admin sync: what the ERP wants to be in Findity, and nothing else."""

from __future__ import annotations

from mockfindity.kit import MUST, SHOULD, Client, Company, rule, violated
from mockfindity.kit.ledger import Ledger
from mockfindity.kit.seen import body

ACCOUNTS = "syncs accounts"
LEGACY = "syncs organization or users or dimensions"
WRITTEN_ACCOUNTS = ("updateAccount", "deleteAccount")
NO_KNOWN = "NO_KNOWN_JSON_PROPERTIES"


def everything_new(company: Company) -> Ledger:
    """A ledger that wants something in every part that Findity does not have yet."""
    ledger = company.ledger()
    ledger.organization["address"] |= {"street1": "Kungsgatan 12", "city": "Stockholm"}
    ledger.accounts["5899"] = "Conference fees"
    ledger.hires("BO")
    ledger.hires("EVA")
    ledger.values["cost-center"] |= {"CC-1": "Marketing", "CC-2": "Engineering"}
    return ledger


@rule(
    "ADM-1",
    MUST,
    "admin-sync",
    needs=(LEGACY,),
    source="admin guide: Quickstart; organizations guide: Required headers",
    says="Organizations, users and dimensions are addressed by external id, the paths with "
    "Findity's own ids will be phased out; each call has the header X-Findity-ApiVersion: 3.",
    remedy="Use /api/admin/organizations/externalid/{externalId}/…, and send the header with "
    "every call under /api/admin.",
)
def test_it_uses_external_ids_and_version_3(company: Company, client: Client) -> None:
    """It uses the externalId endpoints and sends X-Findity-ApiVersion 3."""
    ledger = everything_new(company)
    company.wants(ledger)

    client.works()

    for found in company.seen.misconduct("ADM-1"):
        shown = [r for r in company.seen.all() if r["id"] in found["requests"]]
        raise violated(found["found"], shown)
    company.expect_aligned(ledger)


@rule(
    "ADM-2",
    MUST,
    "admin-sync",
    source="charts-of-accounts guide: Common integration patterns; organizations guide: Overview",
    says="A sync compares both sides and writes what differs; it may run every night, and nothing "
    "is there twice.",
    remedy="Read what Findity has, and leave alone what is as it should be.",
)
def test_a_second_sync_changes_nothing(company: Company, client: Client) -> None:
    """A second sync with nothing changed writes no account and leaves the state identical."""
    ledger = everything_new(company)
    company.wants(ledger)
    client.works()
    company.expect_aligned(ledger)
    before, first = company.records(), company.seen.all()[-1]

    company.wants(ledger)
    run = client.works()

    later = company.seen.after(first)
    if run.failed:
        raise violated(f"its second sync ended with {run.code}", later)
    accounts = [r for r in later if r["operationId"] in ("createAccount", *WRITTEN_ACCOUNTS)]
    if accounts:
        raise violated(
            f"its second sync wrote {len(accounts)} times to a chart of accounts that was as the "
            "ledger wants it",
            accounts,
        )
    changed = [table for table, rows in company.records().items() if rows != before[table]]
    if changed:
        writes = [r for r in company.seen.writes() if r in later]
        raise violated(f"its second sync changed what was right: {', '.join(changed)}", writes)


@rule(
    "ADM-3",
    MUST,
    "admin-sync",
    needs=(ACCOUNTS,),
    source="charts-of-accounts guide: Common integration patterns",
    says="The two charts of accounts are compared: POST for new accounts, PUT for changed ones, "
    "DELETE for removed ones. A PUT has the account's id in its body too.",
    remedy="Keep an account's id: change it with PUT, and do not delete it to create it anew.",
)
def test_it_writes_only_the_accounts_that_differ(company: Company, client: Client) -> None:
    """Accounts: it POSTs new ones, PUTs changed ones with their id, DELETEs removed, only those."""
    known = company.organization.accounts()
    ledger = company.ledger()
    ledger.accounts["5899"] = "Conference fees"
    ledger.accounts["5910"] = "Advertising and PR"
    del ledger.accounts["6570"]
    company.wants(ledger)

    client.works()

    found = company.organization.accounts()
    company.expect_aligned(ledger)
    if "6570" in found:
        raise violated(
            "it did not delete account 6570, which the ledger has no more", company.seen.writes()
        )
    made_anew = [n for n, a in found.items() if n in known and a["id"] != known[n]["id"]]
    if made_anew:
        raise violated(
            f"it did not change account {made_anew[0]} but made it anew: its id is another now",
            company.seen.of("createAccount", *WRITTEN_ACCOUNTS),
        )
    wanted = {known[number]["id"] for number in ("5910", "6570")}
    others = [
        r for r in company.seen.of(*WRITTEN_ACCOUNTS) if r["path"].rpartition("/")[2] not in wanted
    ]
    if others:
        raise violated(f"it wrote {len(others)} times to accounts that had not changed", others)


@rule(
    "ADM-4",
    MUST,
    "admin-sync",
    needs=("syncs organization",),
    source="organizations guide: Lookup organization by VAT; Onboarding new organizations",
    says="The lookup by VAT says whether an organization is there: FOUND, FOUND_IN_OTHER_CA when "
    "another client application has it, NOT_FOUND when it may be created.",
    remedy="Look it up first, create it on NOT_FOUND only, and tell a human of FOUND_IN_OTHER_CA.",
)
def test_it_looks_an_organization_up_before_it_creates_it(company: Company, client: Client) -> None:
    """It looks up by VAT before creating, and does not create on FOUND_IN_OTHER_CA."""
    ledger = company.ledger()
    company.leaves_findity()
    company.wants(ledger)
    client.works()

    created = company.seen.of("upsertOrganization")
    if not any(request["status"] == 200 for request in created):
        raise violated(
            "it did not create the organization that the ledger wants and Findity does not have",
            created or company.seen.all(),
        )
    earlier = company.seen.before(created[0])
    if not any(request["operationId"] == "lookupOrganization" for request in earlier):
        raise violated("it created the organization without looking it up by VAT", created)

    last = company.seen.all()[-1]
    company.leaves_findity()
    company.belongs_to_another(ledger.organization["vat"])
    company.wants(ledger)
    client.works()

    later = company.seen.after(last)
    created = [r for r in later if r["operationId"] == "upsertOrganization"]
    looked_up = [r for r in later if r["operationId"] == "lookupOrganization"]
    if created:
        raise violated(
            "it sent an organization to be created that another client application has "
            "(FOUND_IN_OTHER_CA)",
            [*looked_up, *created],
        )
    if not looked_up:
        raise violated("it did not look the organization up by its VAT", later)


@rule(
    "ADM-5",
    SHOULD,
    "admin-sync",
    needs=(ACCOUNTS,),
    source="charts-of-accounts guide: Step 5 — Delete an account",
    says="An account that a category is mapped to can be deleted, and then the category's expenses "
    "make no voucher until it is mapped to another one.",
    remedy="See whether a category uses the account; if one does, map it to another account "
    "first, or keep the account and tell a human.",
)
def test_it_keeps_an_account_that_a_category_uses(company: Company, client: Client) -> None:
    """It does not delete an account that a category uses."""
    ledger = company.ledger()
    ledger.accounts["5899"] = "Conference fees"
    del ledger.accounts["5810"]  # the category Tickets is mapped to it
    company.wants(ledger)

    client.works()

    company.expect_aligned(ledger)
    lost = [
        name
        for name, one in company.organization.categories().items()
        if not one["accountingNumber"]
    ]
    if lost:
        raise violated(
            f"it deleted an account that the category {lost[0]} was mapped to, and left it without",
            company.seen.of("deleteAccount"),
        )


@rule(
    "ADM-6",
    SHOULD,
    "admin-sync",
    needs=("syncs users or dimensions",),
    source="admin guide: Step 3: Add dimension values, Step 5: Add users",
    says="Users are sent as an array, many in one call. Values of a dimension field are added to "
    "those that are there, unless clearBeforeUpdate=true has the others go.",
    remedy="Send all users in one PUT, and values with clearBeforeUpdate=false; or declare "
    "clears_values where nobody else maintains values.",
)
def test_it_writes_in_batches_and_clears_nothing(company: Company, client: Client) -> None:
    """It writes users in one PUT per batch, and clears no dimension values others maintain."""
    company.organization.dimension("cost-center", {"BY-HAND": "Kept by an administrator"})
    ledger = everything_new(company)
    del ledger.values["cost-center"]["BY-HAND"]
    company.wants(ledger)

    client.works()

    company.expect_aligned(ledger)
    users = [r for r in company.seen.of("putUsers") if r["status"] == 200]
    if len(users) > 1 and all(len(body(r) or []) == 1 for r in users):
        raise violated(f"it sent {len(users)} users in {len(users)} calls", users)
    if (
        "BY-HAND" not in company.ledger().values["cost-center"]
        and not company.configuration.clears_values
    ):
        raise violated(
            "a value of the cost center that somebody else maintains is gone",
            company.seen.of("putDimensionValues"),
        )


@rule(
    "ADM-7",
    SHOULD,
    "admin-sync",
    source="charts-of-accounts guide: Step 2 — Create an account, Error handling",
    says="A field that the API does not know is refused with NO_KNOWN_JSON_PROPERTIES, or is lost "
    "without a word.",
    remedy="Send only the fields of the guide, spelled as it does: number and name, not "
    "accountNumber and accountName.",
)
def test_it_sends_no_unknown_field(company: Company, client: Client) -> None:
    """It sends no field the API does not know."""
    ledger = everything_new(company)
    company.wants(ledger)

    client.works()

    strange = [r for r in company.seen.all() if r["unknownFields"] or NO_KNOWN in r["answer"]]
    if strange:
        names = [name.rpartition("].")[2] for r in strange for name in r["unknownFields"]]
        told = f": {', '.join(dict.fromkeys(names))}" if names else ""
        raise violated(f"it sent fields that the API does not know{told}", strange)
    company.expect_aligned(ledger)
