"""What the rules of resilience see beside what their broken clients do, and which other ways of
keeping them they leave alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from reference import Findity, GivenUp, Integration, Json, once

from mockfindity.kit import Client, Company, Connection, Run, Violation
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.loading import load
from mockfindity.kit.starting import connection_of
from mockfindity.kit.traffic import Watched

CHECKOUT = Path(__file__).parents[2]
FILE = "contracts/rules/test_resilience.py"
RULES = {
    "RES-1": "test_it_waits_out_a_429",
    "RES-2": "test_it_repeats_what_may_go_better",
    "RES-3": "test_it_repeats_what_was_lost",
}


class Own(Client):
    """An integration of this file."""

    def __init__(self, make: Callable[[Connection], Integration], *more: Any) -> None:
        super().__init__(*more)
        self.make = make

    def _run(self, connection: Connection) -> Run:
        try:
            once(self.make(connection))
        except SystemExit:
            return Run(1, "", 0.0, False)
        return Run(0, "", 0.0, False)


Judge = Callable[..., None]


@pytest.fixture
def judge(played: Watched, tmp_path: Path) -> Judge:
    """Let a client be judged by one rule; raises its ``Violation``."""

    def judged(rule: str, make: Callable[[Connection], Integration]) -> None:
        configuration = Configuration(client="a:b")
        company = Company.founded(played.server.sandbox(), configuration)
        connection = connection_of(company, configuration, tmp_path)
        client = Own(make, configuration, connection, played.traffic)
        company.hires(client)
        test: Any = load(f"{FILE}:{RULES[rule]}", CHECKOUT)
        test(company, client)

    return judged


def asking(kind: type[Findity]) -> type[Integration]:
    return type("Asking", (Integration,), {"findity_kind": kind})


# ---- waits --------------------------------------------------------------------------------------


def full_jitter(lot: random.Random, attempt: int) -> float:
    """Any wait below a bound, which is twice as high each time."""
    return lot.uniform(0, 0.1 * 2**attempt)


class DrawsLots(Findity):
    """Waits as it is told; where it is not, as the lot falls."""

    lot = random.Random()

    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        is_told = answer is not None and "retry-after" in answer.headers
        return super().pause(answer, attempt) if is_told else self.drawn(attempt)

    def drawn(self, attempt: int) -> float:
        return full_jitter(self.lot, attempt)


class NeverWaits(DrawsLots):
    def drawn(self, attempt: int) -> float:
        return 0.0


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_waits_may_be_drawn_by_lot(judge: Judge, seed: int) -> None:
    kind = type("Seeded", (DrawsLots,), {"lot": random.Random(seed)})

    judge("RES-1", asking(kind))


@pytest.mark.parametrize("tries", [2, 3, 4, 6])
def test_hardly_a_lot_looks_like_waits_that_never_grow(tries: int) -> None:
    backs_off: Any = load(f"{FILE}:_backs_off", CHECKOUT)
    lot = random.Random(tries)
    accused = 0

    for _ in range(20_000):
        drawn: list[float] = []
        while len(drawn) < 9 and not (drawn and backs_off(drawn, is_alone=tries == 2)):
            drawn += [full_jitter(lot, number) for number in range(tries - 1)]
        accused += not backs_off(drawn, is_alone=tries == 2)

    assert accused < 5


def test_who_never_waits_is_seen(judge: Judge) -> None:
    said = r"^told to come later, it waited (0\.0\d, ){8}0\.0\d s: that does not grow$"
    with pytest.raises(Violation, match=said) as violation:
        judge("RES-1", asking(NeverWaits))
    assert len(violation.value.requests) == 12


# ---- what is repeated ---------------------------------------------------------------------------


class OwnsUp(Integration):
    """Reports FAILED where SUCCESS was refused."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        try:
            super().acknowledge(export_id, updates)
        except GivenUp as problem:
            if problem.status not in (400, 403, 404):
                raise
            failed = {"status": "FAILED", "errorText": str(problem)}
            super().acknowledge(export_id, [{"id": u["id"]} | failed for u in updates])


def test_another_request_may_follow_one_that_was_refused(judge: Judge) -> None:
    judge("RES-2", OwnsUp)


class Impatient(Integration):
    """Waits for an acknowledgement for a tenth of a second."""

    def acknowledge(self, export_id: str, updates: list[Json]) -> None:
        self.findity.http.timeout = httpx2.Timeout(0.1)
        super().acknowledge(export_id, updates)
        self.findity.http.timeout = httpx2.Timeout(5)


class GivesUpOnTimeOuts(Findity):
    wrong = ""

    def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
        answer, self.wrong = super().ask(method, path, body)
        return answer, self.wrong

    def may_help(self, answer: httpx2.Response | None) -> bool:
        return "Timeout" not in self.wrong and super().may_help(answer)


def test_a_time_out_of_its_own_may_end_the_wait(judge: Judge) -> None:
    judge("RES-3", Impatient)


def test_who_gives_up_on_a_time_out_of_its_own_is_seen(judge: Judge) -> None:
    kind = type("GivingUp", (Impatient,), {"findity_kind": GivesUpOnTimeOuts})
    with pytest.raises(Violation, match=r"^it did not try again what had no answer in time$"):
        judge("RES-3", kind)
