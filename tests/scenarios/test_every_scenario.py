"""Every scenario there is: what it says of itself, and that what it makes can be relied on."""

from __future__ import annotations

import inspect
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest

from mockfindity.cli.dump import write
from mockfindity.scenario_files import Scenario, find, names
from mockfindity.stories import exact, total
from mockfindity.testing.running import RemoteServer, serving

SMALL: dict[str, dict[str, Any]] = {"big": {"expenses": 60}, "month-end": {"employees": 6}}
"""Parameters with which a large scenario is small."""


OWN_RECEIVER = re.compile(rb"http://127\.0\.0\.1:\d+/findity")
"""Where the demo has its webhooks sent: a free port, which exports remember."""


class Played(NamedTuple):
    """What a scenario gave, and every file of its dump, by name."""

    made: dict[str, Any]
    files: dict[str, bytes]

    def packages(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Every export with its package."""
        return [
            (json.loads(self.files[name]), json.loads(self.files[package]))
            for name in sorted(self.files)
            if name.endswith("/export.json")
            and (package := name.replace("export.json", "package.json")) in self.files
        ]


@pytest.fixture(scope="module")
def own_server() -> Iterator[RemoteServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def played(own_server: RemoteServer) -> dict[str, Played]:
    """What was played already, by the name of the scenario."""
    return {}


def play(server: RemoteServer, name: str, seed: int = 0) -> Played:
    """Play a scenario in a fresh sandbox, always of the same name."""
    findity = server.sandbox("played", seed=seed)
    try:
        given = {"seed": seed} | SMALL.get(name, {})
        made = find(name).play(findity, lambda done, total, what: None, given)
        file = io.BytesIO()
        write(findity, made, file, lambda done, total, what: None)
    finally:
        server.line.control("DELETE", "/sandboxes/played")
    with ZipFile(file) as archive:
        return Played(
            made, {one: OWN_RECEIVER.sub(b"", archive.read(one)) for one in archive.namelist()}
        )


def once(server: RemoteServer, played: dict[str, Played], name: str) -> Played:
    """Play a scenario, unless it was played already."""
    if name not in played:
        played[name] = play(server, name)
    return played[name]


every_scenario = pytest.mark.parametrize(
    # One worker plays a scenario for all of its tests.
    "name",
    [pytest.param(name, marks=pytest.mark.xdist_group(f"scenario {name}")) for name in names()],
)


@every_scenario
def test_it_says_what_it_is(name: str) -> None:
    scenario = find(name)

    assert 10 <= len(scenario.title) <= 100
    assert scenario.title.endswith(".")
    assert len(scenario.story) > 100
    assert [one.name for one in scenario.parameters if not one.description] == []
    assert scenario.parameters[0].name == "seed"
    assert [one for one in scenario.parameters if one.default is inspect.Parameter.empty] == []


@every_scenario
def test_the_same_seed_gives_the_same_bytes(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    first = once(own_server, played, name)

    again = play(own_server, name)

    assert sorted(again.files) == sorted(first.files)
    assert [one for one in first.files if first.files[one] != again.files[one]] == []


@every_scenario
def test_what_it_gives_is_json_with_its_exports(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    made, files = once(own_server, played, name)

    assert json.loads(json.dumps(made)) == made
    assert made["organizationId"]
    assert made["externalOrganizationId"]
    dumped = [json.loads(files[one])["id"] for one in files if one.endswith("/export.json")]
    assert dumped == made["exports"]
    assert len(set(dumped)) == len(dumped)
    assert made.get("problems", []) == []


@every_scenario
def test_every_voucher_balances(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    wrong = [
        (export["id"], voucher["id"])
        for export, package in once(own_server, played, name).packages()
        for voucher in package["vouchers"]
        if not balances(voucher)
    ]

    assert wrong == []


def balances(voucher: dict[str, Any]) -> bool:
    """Whether the rows of a voucher come to its totals, and both sides to the same."""
    totals = {"DEBIT": voucher["totalDebitAmount"], "CREDIT": voucher["totalCreditAmount"]}
    for side, said in totals.items():
        rows = [row["amount"] for row in voucher["voucherRows"] if row["type"] == side]
        if (said is None and rows) or total(rows) != exact(said or 0):
            return False
    return None in totals.values() or exact(totals["DEBIT"]) == exact(totals["CREDIT"])


@every_scenario
def test_an_expense_is_booked_once_for_each_recipient(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    """In one voucher of an export; in another export once more only where the first one failed."""
    booked: Counter[tuple[str, str]] = Counter()
    for export, package in once(own_server, played, name).packages():
        inside = Counter(e for v in package["vouchers"] for e in v["expenseRecordIds"])
        assert set(inside.values()) <= {1}
        if export["status"] != "FAILED":
            booked.update((export["recipient"]["id"], expense) for expense in inside)

    assert [one for one, times in booked.items() if times > 1] == []


@every_scenario
def test_every_voucher_has_its_pdf(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    result = once(own_server, played, name)
    pdfs = [data for one, data in result.files.items() if one.endswith(".pdf")]

    assert len(pdfs) == sum(len(package["vouchers"]) for _, package in result.packages())
    assert all(pdf.startswith(b"%PDF-") for pdf in pdfs)


@every_scenario
def test_another_seed_gives_other_bytes(
    own_server: RemoteServer, played: dict[str, Played], name: str
) -> None:
    first = once(own_server, played, name)

    assert play(own_server, name, seed=1).files["state.json"] != first.files["state.json"]


def test_every_parameter_of_a_small_one_is_its_own() -> None:
    scenarios: list[Scenario] = [find(name) for name in SMALL if name in names()]

    assert [one.checked(SMALL[one.name]) for one in scenarios] == [SMALL[s.name] for s in scenarios]
