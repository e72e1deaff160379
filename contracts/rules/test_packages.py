"""Packages: every format that a client declares, and what may stand in them or be missing."""

from __future__ import annotations

from mockfindity.kit import MUST, Client, Company, rule, violated
from mockfindity.kit.company import HOTEL, TAXI


@rule(
    "EXP-8",
    MUST,
    "exports",
    source="voucher-structure guide: Voucher output formats",
    says="The recipient's verificationListsType decides how expenses make vouchers and rows.",
    remedy="Read listType, and handle each format that may be set up; or declare those you handle.",
)
def test_it_handles_every_format_it_declares(company: Company, client: Client) -> None:
    """It handles all formats it declares, by default all eight."""
    exports = {}
    for form in company.configuration.formats:
        company.writes([TAXI, HOTEL])
        exports[form] = company.sends(form)  # Anna's second report in it

    client.works()

    for form, export in exports.items():
        if export.status != "SENT":
            raise violated(
                f"it did not book the export in the format {form}{company.refused(export)}",
                company.seen.about(export) or company.seen.all(),
            )


@rule(
    "EXP-9",
    MUST,
    "exports",
    source="voucher-structure guide: Handle missing fields gracefully",
    says="Fields may be null: accountingNumber in formats without accounting, totalCreditAmount "
    "where the recipient wants no credit rows.",
    remedy="Take null for what it says: no account, no total.",
)
def test_it_survives_nulls(company: Company, client: Client) -> None:
    """It survives nulls: no accountingNumber in `*_PAID`, totalCreditAmount null."""
    exports = {f"in the format {f}": company.sends(f) for f in company.formats(accounting=False)}
    for form in company.formats(accounting=True)[:1]:
        company.organization.recipient(do_credit_accounting=False)
        exports["without credit rows"] = company.sends(form)

    client.works()

    for kind, export in exports.items():
        if export.status != "SENT":
            raise violated(
                f"it did not book the export {kind}{company.refused(export)}",
                company.seen.about(export) or company.seen.all(),
            )


@rule(
    "EXP-10",
    MUST,
    "exports",
    source="voucher-structure guide: Voucher row structure",
    says="unit, group and an account's type are given by example only: other words may come. "
    "That there may be other fields too is no rule of Findity's, but chosen here.",
    remedy="Skip fields you do not know, and have an answer to words you do not know.",
)
def test_it_survives_unknown_fields_and_words(company: Company, client: Client) -> None:
    """It survives unknown fields and enum values."""
    company.findity.settings(extra_fields=True)
    exports = [company.sends(), company.sends()]

    client.works()

    company.expect_booked(*exports)
