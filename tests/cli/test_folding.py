"""Tables on terminals that are too narrow for them."""

from __future__ import annotations

from mockfindity.cli.folding import folded

PATH = "/api/v1/connect/organizations/9ebaaf2db47f50797c9c0e8499936ad5/exports"


def test_columns_go_on_in_the_next_line_under_each_other() -> None:
    rows = [("1", "GET", "listExports", "ok"), ("22", "PUT", "x", "ok")]

    assert list(folded(rows, [2, 3, 11, 2], frozenset({0}), 19)) == [
        " 1  GET\n    listExports  ok",
        "22  PUT\n    x            ok",
    ]


def test_what_fits_on_no_line_is_neither_cut_nor_broken() -> None:
    assert list(folded([("GET", PATH, "fault")], [3, 70, 5], frozenset(), 40)) == [
        f"GET\n    {PATH}\n    fault"
    ]


def test_a_line_that_would_be_empty_is_left_out() -> None:
    rows = [("id", "a-long-name", ""), ("id", "", "fault")]

    assert list(folded(rows, [2, 11, 5], frozenset(), 16)) == [
        "id  a-long-name",
        "id\n    fault",
    ]


def test_texts_are_wrapped_at_words() -> None:
    rows = [("EXP-1", "It finds and downloads every export")]

    assert list(folded(rows, [5, 35], frozenset(), 24)) == [
        "EXP-1  It finds and\n    downloads every\n    export"
    ]
