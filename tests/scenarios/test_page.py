"""The page on scenarios: its list is that of the files, and its script can be played."""

from __future__ import annotations

import re
from pathlib import Path

import mockfindity
from mockfindity.scenario_files import find, names
from mockfindity.scenario_parameters import Parameter

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"


def table() -> str:
    """The list of scenarios as the page has it."""
    lines = ["| name | what it is | parameters |", "| --- | --- | --- |"]
    for name in names():
        scenario = find(name)
        parameters = ", ".join(shown(one) for one in scenario.parameters if one.name != "seed")
        lines.append(f"| `{name}` | {scenario.title} | {parameters} |")
    return "\n".join(lines)


def shown(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {parameter.default}"
    return f"`{parameter.name}{default}`"


def test_the_list_is_that_of_the_files() -> None:
    found = re.search(
        r"<!-- scenarios: begin -->\n(.*?)\n?<!-- scenarios: end -->", PAGE.read_text(), re.DOTALL
    )

    assert found is not None
    assert found[1] == table()


def test_the_script_on_the_page_can_be_played(tmp_path: Path) -> None:
    (script,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    path = tmp_path / "taxis.py"
    path.write_text(script)

    with mockfindity.running() as findity:
        made = findity.scenario(path, rides=5, seed=2)

        (export,) = findity.here.exports("TRANSFER")
        assert made["exports"] == [export.id]
        assert len(export.vouchers()) == 5
        assert made["total"] == 1500.0
