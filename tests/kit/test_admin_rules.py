"""What the rules of admin sync see beside what their broken clients do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alignment import Alignment, Json
from reference import Findity as Api
from reference import Integration, once

from mockfindity.kit import Client, Company, Connection, Run, Violation
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.loading import load
from mockfindity.kit.starting import connection_of
from mockfindity.kit.traffic import Watched

CHECKOUT = Path(__file__).parents[2]
RULES = {
    "ADM-1": "test_it_uses_external_ids_and_version_3",
    "ADM-2": "test_a_second_sync_changes_nothing",
    "ADM-3": "test_it_writes_only_the_accounts_that_differ",
    "ADM-4": "test_it_looks_an_organization_up_before_it_creates_it",
    "ADM-5": "test_it_keeps_an_account_that_a_category_uses",
    "ADM-6": "test_it_writes_in_batches_and_clears_nothing",
    "ADM-7": "test_it_sends_no_unknown_field",
}


Judge = Callable[..., None]


@pytest.fixture
def judge(played: Watched, tmp_path: Path) -> Judge:
    """Let a client be judged by one rule; raises its ``Violation``."""

    def judged(rule: str, kind: type[Integration], **declared: Any) -> None:
        configuration = Configuration(client="a:b", areas=("admin-sync",), **declared)
        company = Company.founded(played.server.sandbox(), configuration)
        connection = connection_of(company, configuration, tmp_path)
        client = Own(kind, configuration, connection, played.traffic)
        company.hires(client)
        test: Any = load(f"contracts/rules/test_admin_sync.py:{RULES[rule]}", CHECKOUT)
        test(company, client)

    return judged


class Own(Client):
    """An integration of this file."""

    def __init__(self, kind: type[Integration], *more: Any) -> None:
        super().__init__(*more)
        self.kind = kind

    def _run(self, connection: Connection) -> Run:
        try:
            once(self.kind(connection))
        except SystemExit:
            return Run(1, "", 0.0, False)
        return Run(0, "", 0.0, False)


def aligning(kind: type[Alignment]) -> type[Integration]:
    return type("Aligning", (Integration,), {"alignment_kind": kind})


class WithoutVersion(Integration):
    class findity_kind(Api):  # noqa: N801
        def _headers(self, path: str) -> dict[str, str]:
            return {k: v for k, v in super()._headers(path).items() if k == "authorization"}


class WritesEveryAccount(Alignment):
    def accounts(self, organization: Json, wanted: list[Json]) -> None:
        super().accounts(organization, wanted)
        path = f"/api/v1/admin/organizations/{organization['id']}/accounts"
        for found in self.findity.get(path)["data"]:
            self.change(path, found["id"], found)


class DeletesNothing(Alignment):
    def in_use(self, organization: Json) -> set[str]:
        accounts = organization["services"][0]["accountingNumbers"]
        return {account["id"] for account in accounts}


class ForgetsTheId(Alignment):
    def change(self, path: str, account_id: str, wanted: Json) -> None:
        self.findity.call("PUT", f"{path}/{account_id}", self.account(wanted))


class CreatesInAnyCase(Alignment):
    def lookup(self, vat: str) -> Json:
        super().lookup(vat)
        return {"result": "NOT_FOUND"}


class CreatesNothing(Alignment):
    def organization(self, wanted: Json) -> Json | None:
        held = self.lookup(wanted["vat"])
        return None if held["result"] == "NOT_FOUND" else super().organization(wanted)


class MapsAnew(Alignment):
    """Maps what an account has to another one, and deletes it then."""

    def in_use(self, organization: Json) -> set[str]:
        path = f"/api/v1/admin/organizations/{organization['id']}/categories"
        wanted = {account["number"] for account in self.ledger["accounts"]}
        for category in self.findity.get(path)["data"]:
            if category["accountNumber"] not in wanted:
                self.findity.call("PUT", f"{path}/{category['id']}", {"accountNumber": "5800"})
        return set()


class Clears(Alignment):
    def write_values(self, path: str, values: list[Json]) -> None:
        self.findity.call("PUT", f"{path}?clearBeforeUpdate=true", {"values": values})


class MisspellsAccounts(Alignment):
    def account(self, wanted: Json) -> Json:
        return {"accountNumber": wanted["number"], "accountName": wanted["name"]}


class OnlyUsers(Alignment):
    def run(self) -> None:
        self.users(self.ledger["users"])


class DoesNothing(Integration):
    def work(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("rule", "kind", "told"),
    [
        ("ADM-1", WithoutVersion, r"^\d+ legacy Admin calls without X-Findity-ApiVersion: 3$"),
        ("ADM-2", aligning(WritesEveryAccount), "^its second sync wrote 74 times to a chart"),
        ("ADM-3", aligning(WritesEveryAccount), "^it wrote 72 times to accounts that had not ch"),
        ("ADM-3", aligning(DeletesNothing), "^it did not delete account 6570, which"),
        ("ADM-3", aligning(ForgetsTheId), "account 5910 is .Annonsering. and should be"),
        ("ADM-4", aligning(CreatesInAnyCase), "^it sent an organization to be created that anoth"),
        ("ADM-4", aligning(CreatesNothing), "^it did not create the organization that the ledger"),
        ("ADM-6", aligning(Clears), "^a value of the cost center that somebody else maintains is"),
        ("ADM-7", aligning(MisspellsAccounts), "^it sent fields that the API does not know$"),
    ],
)
def test_it_is_seen(judge: Judge, rule: str, kind: type[Integration], told: str) -> None:
    with pytest.raises(Violation, match=told) as violation:
        judge(rule, kind)
    assert violation.value.requests != []


def test_an_account_may_be_deleted_once_its_category_has_another(judge: Judge) -> None:
    judge("ADM-5", aligning(MapsAnew))


def test_whose_values_are_its_own_may_clear_them(judge: Judge) -> None:
    judge("ADM-6", aligning(Clears), clears_values=True)


@pytest.mark.parametrize("rule", ["ADM-1", "ADM-2", "ADM-6", "ADM-7"])
def test_a_client_is_asked_for_the_parts_it_keeps_in_line(judge: Judge, rule: str) -> None:
    judge(rule, aligning(OnlyUsers), syncs=("users",))
    with pytest.raises(Violation, match=r"^Findity is not what the ledger wants: "):
        judge(rule, aligning(OnlyUsers), syncs=("users", "dimensions"))


@pytest.mark.parametrize("rule", RULES)
def test_a_client_that_does_nothing_passes_none(judge: Judge, rule: str) -> None:
    with pytest.raises(Violation):
        judge(rule, DoesNothing)
