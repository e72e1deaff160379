"""What a type checker makes of it; what is asserted here is asserted when the types are checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, assert_type

import mockfindity as package
from mockfindity import testing
from mockfindity.testing import Export, Findity, Organization, Report, Snapshot


def test_a_checker_knows_what_a_test_is_given(mockfindity: Findity) -> None:
    assert_type(mockfindity, package.Findity)
    assert_type(mockfindity.organization(), Organization)
    assert_type(mockfindity.env, dict[str, str])
    assert_type(mockfindity.clock.now, datetime)
    assert_type(mockfindity.snapshot(), Snapshot)

    report = mockfindity.report().submit()
    assert_type(report, Report)
    assert_type(report.status, str)
    export = mockfindity.bulk_send()
    assert_type(export, Export)
    assert_type(export.vouchers(), list[dict[str, Any]])
    assert_type(mockfindity.requests.count(), int)


def test_every_name_for_annotations_is_there() -> None:
    assert {name: getattr(testing, name).__name__ for name in testing.__all__ if name != "Expense"}


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(testing, "findity_")
    assert not hasattr(package, "findity")
