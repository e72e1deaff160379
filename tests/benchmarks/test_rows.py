from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import expected
from benchmarks.docs import replaced
from benchmarks.load import p99
from benchmarks.peers import pivot
from benchmarks.rows import Row, at_least, at_most, ratios, table

FAST = at_least("GET one", 0.7, 0.65, "of bare", "7 of 10 a second")
SLOW = at_most("PDF", 20, 15, "ms")


def test_a_row_that_must_not_be_smaller_is_met_from_its_bound_on() -> None:
    values = [0.64, 0.65, 0.66]

    assert [at_least("GET one", value, 0.65).is_met for value in values] == [False, True, True]


def test_a_row_that_must_not_be_larger_is_met_up_to_its_bound() -> None:
    assert [at_most("PDF", value, 15).is_met for value in (14, 15, 16)] == [True, True, False]


def test_the_table_tells_what_was_missed() -> None:
    assert table([FAST, SLOW]).splitlines() == [
        "| what | measured | must be |  | from |",
        "| --- | --- | --- | --- | --- |",
        "| GET one | 0.7 of bare | ≥ 0.65 of bare | met | 7 of 10 a second |",
        "| PDF | 20 ms | ≤ 15 ms | **missed** |  |",
    ]


def test_the_documentation_has_ratios_and_no_times() -> None:
    assert ratios([FAST, SLOW]).splitlines() == [
        "| what | must be | better by |  |",
        "| --- | --- | --- | --- |",
        "| GET one | ≥ 0.65 of bare | 1.08 × | met |",
        "| PDF | ≤ 15 ms | 0.75 × | **missed** |",
    ]


@pytest.mark.parametrize(("value", "bound", "ratio"), [(0.0, 0, 1.0), (1.0, 0, 0.000001)])
def test_a_row_that_must_be_nothing_has_a_ratio_too(
    value: float, bound: float, ratio: float
) -> None:
    assert at_most("modules", value, bound).ratio == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("row", "sentences"),
    [
        (at_least("GET one", 0.41, 0.65, "of bare"), []),
        (
            at_least("GET one", 0.39, 0.65, "of bare"),
            ["GET one: 0.39 of bare where 0.6 is expected."],
        ),
        (at_most("start", 2.9, 2, "of bare"), []),
        (at_most("start", 3.1, 2, "of bare"), ["start: 3.1 of bare where 2 is expected."]),
        (at_most("stop", 3, 2), ["stop: nothing is expected; --short --expect writes it."]),
    ],
)
def test_a_fall_of_more_than_a_third_is_told(row: Row, sentences: list[str]) -> None:
    assert expected.fallen([row], {"GET one": 0.6, "start": 2.0}) == sentences


def test_what_was_measured_can_be_expected_from_now_on(tmp_path: Path) -> None:
    file = tmp_path / "expected.json"

    expected.write([FAST, SLOW], file)

    assert expected.read(file) == {"GET one": 0.7, "PDF": 20}


def test_json_has_the_whole_row() -> None:
    assert json.loads(json.dumps(FAST.as_data())) == {
        "what": "GET one",
        "value": 0.7,
        "unit": "of bare",
        "bound": 0.65,
        "needs": "at least",
        "told": "7 of 10 a second",
        "ratio": pytest.approx(1.0769, abs=0.0001),
        "is_met": True,
    }


def test_the_99th_percentile_is_a_value_that_only_one_in_a_hundred_exceeds() -> None:
    assert p99([float(number) for number in range(1, 201)]) == 198
    assert p99([3.0]) == 3


def test_a_page_has_the_table_between_its_markers_replaced() -> None:
    page = "Before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nAfter\n"

    assert replaced(page, "bench", "new\n") == (
        "Before\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\nAfter\n"
    )


def test_a_page_without_markers_is_left_alone() -> None:
    with pytest.raises(ValueError, match="has no <!-- bench: begin -->"):
        replaced("Before\n", "bench", "new\n")


def test_a_peer_is_a_line_of_the_table() -> None:
    rows = [
        at_least("GET one", 1.65, 1, "×"),
        at_least("GET a list of 100", 2, 1, "×"),
        at_least("POST", 0.5, 0, "×"),
        at_least("start", 0.9, 1, "×"),
    ]

    assert pivot({"WireMock": rows}).splitlines() == [
        "| beside | GET one | GET a list of 100 | POST | start |",
        "| --- | --- | --- | --- | --- |",
        "| WireMock | 1.65 × | 2 × | 0.5 × | **0.9 ×** |",
    ]
