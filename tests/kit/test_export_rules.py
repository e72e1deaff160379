"""What the rules of signing in and of exports see beside what their broken clients do, and which
other ways of keeping them they leave alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from reference import Books, Findity, GivenUp, Integration, Json, once

from mockfindity.kit import Client, Company, Connection, Run, Violation
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.loading import load
from mockfindity.kit.rule import MARK
from mockfindity.kit.starting import connection_of
from mockfindity.kit.traffic import Watched

CHECKOUT = Path(__file__).parents[2]
FILES = ("test_auth", "test_exports", "test_packages", "test_bookings")


def rules() -> dict[str, Any]:
    """The rules of these files, by id."""
    found = {}
    for file in FILES:
        path = f"contracts/rules/{file}.py"
        for name in Path(CHECKOUT / path).read_text("utf-8").split("\ndef ")[1:]:
            if name.startswith("test_"):
                test: Any = load(f"{path}:{name.partition('(')[0]}", CHECKOUT)
                mark = next(mark for mark in test.pytestmark if mark.name == MARK)
                found[mark.args[0].id] = test
    return found


RULES = rules()


class Own(Client):
    """An integration of this file."""

    def __init__(self, kind: type[Integration], *more: Any) -> None:
        super().__init__(*more)
        self.kind = kind

    def _run(self, connection: Connection) -> Run:
        try:
            once(self.kind(connection))
        except (SystemExit, TypeError):
            return Run(1, "", 0.0, False)
        return Run(0, "", 0.0, False)


Judge = Callable[..., None]


@pytest.fixture
def judge(played: Watched, tmp_path: Path) -> Judge:
    """Let a client be judged by one rule; raises its ``Violation``."""

    def judged(rule: str, kind: type[Integration], **declared: Any) -> None:
        declared = {"refuses": "6072"} | declared
        configuration = Configuration(client="a:b", bookings=True, **declared)
        company = Company.founded(played.server.sandbox(), configuration)
        client = Own(
            kind, configuration, connection_of(company, configuration, tmp_path), played.traffic
        )
        company.hires(client)
        RULES[rule](company, client)

    return judged


def signing_in(kind: type[Findity]) -> type[Integration]:
    return type("SigningIn", (Integration,), {"findity_kind": kind})


def booking(kind: type[Books]) -> type[Integration]:
    return type("Booking", (Integration,), {"books_kind": kind})


# ---- other ways to break them --------------------------------------------------------------------


class TriesJsonFirst(Findity):
    def post_form(self, form: Json) -> httpx2.Response:
        self.http.post(self.given.token_url, json=form)
        return super().post_form(form)


class GivesUpOn401(Findity):
    def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        answer, wrong = self.ask(method, path, body)
        if answer is None or wrong:
            raise GivenUp(method, path, answer, wrong)
        return answer


class GoesOnWithoutToken(Findity):
    def sign_in(self) -> str:
        try:
            return super().sign_in()
        except GivenUp:
            return "none"


class SaysAllIsWell(Integration):
    def work(self) -> bool:
        with suppress(GivenUp):
            super().work()
        return True


class SaysNoDate(Integration):
    def booked(self, export_id: str, voucher: Json) -> Json:
        return super().booked(export_id, voucher) | {"bookingDate": None}


class NumbersEachTry(Findity):
    tries = 0

    def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
        self.tries += 1
        for update in body["voucherUpdates"] if method == "PUT" else ():
            update["voucherNumber"] = f"{update['voucherNumber']}-{self.tries}"
        return super().ask(method, path, body)


class WantsAccounts(Books):
    def _line(self, export_id: str, voucher: Json, row: Json, number: str) -> str:
        row["accountingNumber"]["id"]
        return super()._line(export_id, voucher, row, number)


class WritesAnyway(Integration):
    def work(self) -> bool:
        super().work()
        self.findity.http.put(
            f"{self.exports}/none/updatestatus", headers=self.findity._headers("")
        )
        return True


class FailsThemAll(Integration):
    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        if any(update["status"] == "FAILED" for update in updates):
            updates = [{"id": u["id"], "status": "FAILED", "errorText": "no"} for u in updates]
        super().acknowledge(export_id, updates)


class BooksOnAnything(Integration):
    def booked(self, export_id: str, voucher: Json) -> Json:
        number = self.books.book(export_id, voucher)
        return {"id": voucher["id"], "status": "SUCCESS", "voucherNumber": number}


class KeepsNoFile(Books):
    def _line(self, export_id: str, voucher: Json, row: Json, number: str) -> str:
        return ""


class WritesWords(Books):
    def _line(self, export_id: str, voucher: Json, row: Json, number: str) -> str:
        entry = json.loads(super()._line(export_id, voucher, row, number))
        return json.dumps(entry | {"debit": "a lot"}) + "\n"


class WritesCsv(Books):
    def _line(self, export_id: str, voucher: Json, row: Json, number: str) -> str:
        return f"{row['id']};{row['amount']}\n"


BROKEN: dict[str, tuple[str, type[Integration], str]] = {
    "JSON first": ("AUTH-1", signing_in(TriesJsonFirst), "asked for a token with application/json"),
    "gives up": ("AUTH-3", signing_in(GivesUpOn401), "did not repeat the call"),
    "goes on": ("AUTH-5", signing_in(GoesOnWithoutToken), "went on without a token: GET /api/v1"),
    "all is well": ("AUTH-5", SaysAllIsWell, "ended with exit code 0"),
    "no date": ("EXP-4", SaysNoDate, "said no bookingDate of voucher"),
    "new number": ("EXP-6", signing_in(NumbersEachTry), "2 times, as A1-"),
    "accounts": ("EXP-9", booking(WantsAccounts), "in the format REPORT_PER_REPORT_PAID"),
    "writes": ("EXP-11", WritesAnyway, "wrote to Findity although there was nothing to do"),
    "fails all": ("EXP-13", FailsThemAll, "where SUCCESS was expected"),
    "books all": ("EXP-13", BooksOnAnything, "where FAILED was expected"),
    "no file": ("EXP-16", booking(KeepsNoFile), "it booked 0 as debit on no account"),
    "words": ("EXP-16", booking(WritesWords), "line 1 of its bookings file: debit is no number"),
    "csv": ("EXP-16", booking(WritesCsv), "line 1 of its bookings file is no JSON object"),
}


@pytest.mark.parametrize("way", BROKEN)
def test_another_way_to_break_a_rule_is_seen(judge: Judge, way: str) -> None:
    rule, kind, said = BROKEN[way]
    with pytest.raises(Violation, match=re.escape(said)):
        judge(rule, kind)


# ---- other ways to keep them ---------------------------------------------------------------------


class ByBasic(Findity):
    def post_form(self, form: Json) -> httpx2.Response:
        key = (form.pop("client_id"), form.pop("client_secret"))
        return self.http.post(self.given.token_url, data=form, auth=key)


class Refreshes(Findity):
    refresh_token = ""

    def granted(self, form: Json) -> Json:
        if self.refresh_token:
            form = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        granted = super().granted(form)
        self.refresh_token = granted["refresh_token"]
        return granted


class OneByOne(Integration):
    """Reports each voucher by itself."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        for update in updates:
            super().acknowledge(export_id, [update])


class NeverTriesAgain(Findity):
    """Leaves it all to the next run."""

    def may_help(self, answer: httpx2.Response | None) -> bool:
        return False


class NewestFirst(Integration):
    def unprocessed(self) -> list[str]:
        return super().unprocessed()[::-1]


class ByShortPaths(Integration):
    @property
    def exports(self) -> str:
        return f"/v1/connect/organizations/{self.organization_id}/exports"


KEPT: dict[str, tuple[type[Integration], tuple[str, ...]]] = {
    "HTTP Basic": (signing_in(ByBasic), ("AUTH-1", "AUTH-2", "AUTH-5")),
    "refreshing": (signing_in(Refreshes), ("AUTH-1", "AUTH-3", "AUTH-4")),
    "one by one": (OneByOne, ("EXP-2", "EXP-4", "EXP-5", "EXP-6", "EXP-7", "EXP-13")),
    "no second try": (signing_in(NeverTriesAgain), ("AUTH-3", "EXP-5", "EXP-6", "EXP-7", "EXP-12")),
    "newest first": (NewestFirst, ("EXP-1", "EXP-3", "EXP-12")),
    "short paths": (ByShortPaths, ("EXP-1", "EXP-3", "EXP-12")),
}


@pytest.mark.parametrize("way", KEPT)
def test_another_way_to_keep_a_rule_is_left_alone(judge: Judge, tmp_path: Path, way: str) -> None:
    kind, kept = KEPT[way]
    for rule in kept:
        judge(rule, kind)
        (tmp_path / "bookings.jsonl").unlink(missing_ok=True)


# ---- an account that ordinary expenses are on too ------------------------------------------------


def refusing(account: str) -> type[Integration]:
    class Refusing(Integration):
        def booked(self, export_id: str, voucher: Json) -> Json:
            rows = voucher["voucherRows"]
            if account in [r["accountingNumber"]["number"] for r in rows if r["accountingNumber"]]:
                return {"id": voucher["id"], "status": "FAILED", "errorText": f"no {account}"}
            return super().booked(export_id, voucher)

    return Refusing


@pytest.mark.parametrize("account", ["5800", "7331", "2641"])
@pytest.mark.parametrize("form", ["REPORT_PER_ACCOUNT", "USER_PER_EXPENSE", "EXPENSE"])
def test_an_account_of_ordinary_expenses_may_be_refused(
    judge: Judge, account: str, form: str
) -> None:
    judge("EXP-13", refusing(account), refuses=account, formats=(form,))


def test_who_fails_all_is_seen_where_ordinary_expenses_are_refused(judge: Judge) -> None:
    with pytest.raises(Violation, match="where SUCCESS was expected: 5800 is on the FAILED ones"):
        judge("EXP-13", refusing("2820"), refuses="5800")


def test_an_account_that_every_voucher_is_on_judges_nothing(judge: Judge) -> None:
    with pytest.raises(pytest.skip.Exception, match=r"^every voucher is on account 2820, which"):
        judge("EXP-13", refusing("2820"), refuses="2820")


@pytest.mark.parametrize("form", ["REPORT_PER_ACCOUNT", "USER_PER_EXPENSE", "USER_PER_REPORT_PAID"])
def test_every_rule_has_a_case_for_a_client_of_one_format(
    judge: Judge, tmp_path: Path, form: str
) -> None:
    for rule in ("EXP-8", "EXP-9", "EXP-16"):
        judge(rule, Integration, formats=(form,))
        (tmp_path / "bookings.jsonl").unlink(missing_ok=True)
