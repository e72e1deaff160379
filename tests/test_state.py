"""The tables of a sandbox: every one has a name, and twins share them until one writes."""

from __future__ import annotations

from mockfindity.domain.organizations import Partner
from mockfindity.sandbox import Sandbox
from mockfindity.state import KINDS, State, Table

FINLAND = Partner(id="1", code="partner-fi", name="Partner Suomi")


def test_every_table_is_named_in_the_order_of_the_class() -> None:
    tables = [name for name, table in vars(State()).items() if isinstance(table, Table)]

    assert tables == list(KINDS)


def test_what_one_twin_writes_the_other_does_not_have() -> None:
    one = State()
    other = one.copy()

    one.put(FINLAND)
    assert (len(one.partners), len(other.partners)) == (1, 0)

    third = one.copy()
    one.remove(FINLAND)
    assert (len(one.partners), len(third.partners)) == (0, 1)


def test_sandboxes_of_one_seed_begin_alike_and_go_their_own_ways() -> None:
    one, other = (Sandbox(name, 7, (f"{name}.key", "secret")) for name in ("one", "other"))
    assert [p.id for p in one.state.partners] == [p.id for p in other.state.partners]

    one.state.put(FINLAND)

    assert [len(s.state.partners) for s in (one, other)] == [3, 2]
    assert [key.id for key in other.state.keys] == ["other.key"]
    assert len(one.made.state.partners) == 2
