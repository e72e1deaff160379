"""The ledger: its schema, what is written of it, and the templates that give it other shapes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from mockfindity.kit import Company
from mockfindity.kit.configuration import Configuration, ConfigurationError
from mockfindity.kit.ledger import Ledger, file_name
from mockfindity.kit.template import TemplateError
from mockfindity.testing.running import serving

CONTRACTS = Path(__file__).parents[2] / "contracts"
SCHEMA = json.loads((CONTRACTS / "ledger.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    with serving() as server:
        yield Company.founded(server.sandbox(), Configuration(client="a:b"))


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(
        organization={"externalSourceId": "ACME", "name": 'Ek & "Söner"', "vat": "556000-4615"},
        accounts={"5800": "Travel; abroad", "5810": 'Tickets "2nd class"'},
        users={"BO": {"firstName": "Bo", "lastName": "Ek", "employeeId": None}},
        fields={"cost-center": "Cost center", "project": "Project"},
        values={"cost-center": {"CC-1": "Sales", "CC-2": "R&D"}, "project": {}},
    )


def written(ledger: Ledger, folder: Path, name: str, template: str) -> str:
    (folder / name).write_text(template, "utf-8")
    ledger.write(folder / "written", folder / name)
    return (folder / "written").read_text("utf-8")


def test_the_schema_is_one_and_describes_what_it_has() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == {"organization", "accounts", "users", "dimensions"}
    assert all(part["description"] for part in SCHEMA["properties"].values())


def test_the_example_fits_the_schema() -> None:
    example = json.loads((CONTRACTS / "ledger.example.json").read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(example)


def test_what_the_rules_write_fits_the_schema(company: Company, tmp_path: Path) -> None:
    ledger = company.ledger()
    ledger.hires("BO")
    ledger.values["cost-center"]["CC-1"] = "Marketing"
    ledger.write(tmp_path / "ledger.json", None)
    data = json.loads((tmp_path / "ledger.json").read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(data)
    assert data["organization"]["vat"] == "556000-4615"
    assert {"number": "5810", "name": "Biljetter"} in data["accounts"]
    assert data["users"][-1] == {
        "externalSourceId": "BO",
        "firstName": "Bo",
        "lastName": "Ek",
        "email": "bo@example.com",
        "employeeId": "1004",
    }
    assert data["dimensions"][0]["values"] == [{"id": "CC-1", "value": "Marketing"}]


def test_what_lacks_is_told_of_the_parts_that_are_declared(company: Company) -> None:
    ledger = company.ledger()
    found = company.ledger()
    assert ledger.lacking(found, ("organization", "accounts", "users", "dimensions")) == []
    ledger.accounts |= {"5899": "Fees", "5810": "Tickets"}
    ledger.values["cost-center"]["CC-1"] = "Sales"
    assert ledger.lacking(found, ("accounts", "dimensions")) == [
        "account 5899 is not there",
        "account 5810 is 'Biljetter' and should be 'Tickets'",
        "cost-center value CC-1 is not there",
    ]
    assert ledger.lacking(found, ("users",)) == []


def test_a_csv_template(ledger: Ledger, tmp_path: Path) -> None:
    template = "number;name\n$for account in accounts\n${account.number};${account.name}\n$end\n"
    text = written(ledger, tmp_path, "accounts.csv", template)
    assert list(csv.reader(text.splitlines(), delimiter=";")) == [
        ["number", "name"],
        ["5800", "Travel; abroad"],
        ["5810", 'Tickets "2nd class"'],
    ]


def test_an_xml_template_with_lists_in_lists(ledger: Ledger, tmp_path: Path) -> None:
    template = """<erp name="${organization.name}">
    $for dimension in dimensions
    <field id="${dimension.externalSourceId}">
      $for value in dimension.values
      <value id="${value.id}">${value.value}</value>
      $end
    </field>
    $end
    </erp>"""
    erp = ElementTree.fromstring(written(ledger, tmp_path, "erp.xml", template))
    assert erp.get("name") == 'Ek & "Söner"'
    assert [field.get("id") for field in erp] == ["cost-center", "project"]
    assert [value.text for value in erp.iter("value")] == ["Sales", "R&D"]


def test_a_json_template(ledger: Ledger, tmp_path: Path) -> None:
    template = """{"company": $organization.name, "price": "$$1", "chart": [
    $for a in accounts
      {"no": $a.number, "text": ${a.name}}
    $end
    ], "staff": [
    $for user in users
      {"key": ${user.externalSourceId}, "number": ${user.employeeId}}
    $end
    ]}"""
    assert json.loads(written(ledger, tmp_path, "other.json", template)) == {
        "company": 'Ek & "Söner"',
        "price": "$1",
        "chart": [
            {"no": "5800", "text": "Travel; abroad"},
            {"no": "5810", "text": 'Tickets "2nd class"'},
        ],
        "staff": [{"key": "BO", "number": None}],
    }


def test_a_folder_of_templates_makes_a_folder_of_files(ledger: Ledger, tmp_path: Path) -> None:
    shapes = tmp_path / "erp"
    shapes.mkdir()
    (shapes / "users.txt").write_text("$for one in users\n$one.firstName ${one.employeeId}\n$end")
    (shapes / "name.txt").write_text("$organization.name")
    ledger.write(tmp_path / file_name(shapes), shapes)
    assert (tmp_path / "ledger" / "users.txt").read_text("utf-8") == "Bo \n"
    assert (tmp_path / "ledger" / "name.txt").read_text("utf-8") == 'Ek & "Söner"'


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("$for a in accounts\n", "it.csv: line 1: $for without $end"),
        ("\n$end\n", "it.csv: line 2: $end without $for"),
        ("$for a in organization\n$end\n", "it.csv: line 1: organization is no list"),
        ("${organization.nme}\n", "it.csv: line 1: organization.nme: there is no nme; there is "),
        ("\ncosts 5$\n", "it.csv: line 2: $name, ${name} or $$ was expected"),
    ],
)
def test_a_template_that_cannot_be_filled_says_where(
    ledger: Ledger, tmp_path: Path, template: str, said: str
) -> None:
    with pytest.raises(TemplateError) as told:
        written(ledger, tmp_path, "it.csv", template)
    assert str(told.value).startswith(said)


def test_the_ledger_is_called_what_its_template_is(tmp_path: Path) -> None:
    assert file_name(None) == "ledger.json"
    assert file_name(tmp_path / "erp.xml") == "ledger.xml"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ledger_template": "gone.xml"}, "ledger_template: there is no "),
        ({"syncs": ("accounts", "cats")}, "syncs: 'cats' is none of organization, accounts, "),
    ],
)
def test_a_configuration_that_cannot_be(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{said}"):
        Configuration(client="a:b", **given)
