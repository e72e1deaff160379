"""The page "Check your client" is up to date with the rules and the configuration."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click

from mockfindity.cli.check import check
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.judging import listed
from mockfindity.kit.reports.markdown import rules_table

PAGE = Path(__file__).parents[2] / "docs" / "check-your-client.md"


def test_the_page_has_every_rule_as_the_suite_has_it() -> None:
    begin, end = "<!-- made by: mockfindity check --list --markdown -->\n", "<!-- end -->"
    table = PAGE.read_text().partition(begin)[2].partition(end)[0]

    assert table.strip() == rules_table([one.rule for one in listed()]).strip()


def test_every_key_of_the_configuration_is_on_the_page_and_an_option() -> None:
    keys = [field.name.replace("_", "-") for field in fields(Configuration)]
    text = PAGE.read_text()
    options = {o.name for o in check.params if isinstance(o, click.Option)}

    assert [key for key in keys if f"`{key}`" not in text] == []
    assert [key for key in keys if key.replace("-", "_") not in options] == []


def test_what_the_page_breaks_is_in_the_reference() -> None:
    broken = '{"voucherUpdates": updates}'
    reference = PAGE.parents[1] / "contracts" / "clients" / "reference.py"

    assert f"sed -i.before 's/{broken}/" in PAGE.read_text()
    assert broken in reference.read_text()
