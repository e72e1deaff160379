"""Scripts of one's own: what a scenario has to be, and what is said of one that is none."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest

import mockfindity
from mockfindity.scenario_files import StoryError, at, find, names
from mockfindity.scenario_parameters import ParameterError

SCRIPT = '''
    """A taxi is sent.

    It is one that Anna took.
    """

    from pathlib import Path
    from typing import TYPE_CHECKING, Annotated, Any

    if TYPE_CHECKING:
        from nowhere import Nothing


    def play(
        findity: "Nothing",
        tell: "Nothing",
        *,
        taxis: Annotated[int, "How many.", range(1, 10)],
        fare: Annotated[float, "What each costs."] = 125.0,
        is_sent: bool = True,
        name: str = "Taxis",
        folder: Path | None = None,
    ) -> dict[str, Any]:
        expense = {"category": "Travel", "date": "2026-03-02", "amount": fare}
        report = findity.report(expenses=[expense] * taxis, name=name).submit()
        tell(1, 1, name)
        exports = [findity.bulk_send().id] if is_sent else []
        here = findity.here
        made = {"organizationId": here.id, "externalOrganizationId": here.external_id}
        return made | {"exports": exports, "total": report.data["total"]}
'''


KNOWN = "taxis, fare (125.0), is_sent (True), name ('Taxis'), folder"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "taxi.py"
    path.write_text(textwrap.dedent(SCRIPT))
    return path


def test_a_script_says_what_it_is(script: Path) -> None:
    scenario = at(script)

    assert (scenario.name, scenario.title) == ("taxi", "A taxi is sent.")
    assert scenario.story == "It is one that Anna took."
    assert [(one.name, one.type, one.description) for one in scenario.parameters] == [
        ("taxis", "integer", "How many."),
        ("fare", "number", "What each costs."),
        ("is_sent", "boolean", ""),
        ("name", "string", ""),
        ("folder", "path", ""),
    ]
    assert [one["name"] for one in scenario.shown()["parameters"]] == [
        *("taxis", "fare", "is_sent", "name"),
    ]


def test_a_script_is_played_from_here(script: Path) -> None:
    with mockfindity.running() as findity:
        made = findity.scenario(script, taxis=3, fare=100)

        assert (made["total"], len(made["exports"])) == (300.0, 1)
        assert findity.here.id == made["organizationId"]


def test_a_name_is_played_by_the_server() -> None:
    with mockfindity.running() as findity:
        made = findity.scenario("expense", weeks=2)

        assert made["reports"] == 8
        assert findity.here.external_id == "nordljus"
        with pytest.raises(mockfindity.FindityError, match="there is no parameter 'week'"):
            findity.scenario("expense", week=2)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "taxis: a whole number from 1 to 9 has to be given"),
        ({"taxis": 10}, "taxis: a whole number from 1 to 9 was expected, got 10"),
        ({"taxis": 1.5}, "taxis: a whole number from 1 to 9 was expected, got 1.5"),
        ({"taxis": 1, "fare": "much"}, "fare: a number was expected, got 'much'"),
        ({"taxis": 1, "fare": True}, "fare: a number was expected, got True"),
        ({"taxis": 1, "is_sent": 1}, "is_sent: true or false was expected, got 1"),
        ({"taxis": 1, "name": None}, "name: a text was expected, got None"),
        (
            {"taxi": 1},
            f"there is no parameter 'taxi'; there is {KNOWN}",
        ),
    ],
)
def test_what_does_not_fit_is_said(script: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        at(script).checked(given)

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("taxis", "7", 7),
        ("fare", "12.5", 12.5),
        ("is_sent", "No", False),
        ("is_sent", "true", True),
        ("name", "7", "7"),
        ("folder", "a/b", Path("a/b")),
    ],
)
def test_a_parameter_is_read_from_a_text(script: Path, name: str, text: str, value: Any) -> None:
    (parameter,) = [one for one in at(script).parameters if one.name == name]

    assert parameter.read(text) == value


@pytest.mark.parametrize(("name", "text"), [("taxis", "x"), ("taxis", "0"), ("is_sent", "maybe")])
def test_a_text_that_cannot_be_it_is_refused(script: Path, name: str, text: str) -> None:
    (parameter,) = [one for one in at(script).parameters if one.name == name]

    with pytest.raises(ParameterError, match=f"{name}: .* was expected, got '?{text}'?"):
        parameter.read(text)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nothing.py", '"""Nothing."""', "it has no function play"),
        (
            "list.py",
            "def play(findity, tell, *, names: list[str]): ...",
            "its parameter names must be one of int, float, bool, str",
        ),
        ("vague.py", "def play(findity, tell, *, names): ...", "its parameter names must be one"),
        ("script.txt", "play = 1", "a Python file, .py, was expected"),
    ],
)
def test_what_is_no_scenario_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text)

    with pytest.raises(StoryError, match=f"{name} is no scenario: {said}"):
        at(path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("None", "play of silent gave NoneType, not a dictionary"),
        ("{'organizationId': 1}", "play of silent gave has no externalOrganizationId, exports"),
    ],
)
def test_a_story_that_does_not_give_what_it_should_is_none(
    tmp_path: Path, given: str, said: str
) -> None:
    path = tmp_path / "silent.py"
    path.write_text(f"def play(findity, tell): return {given}")

    with pytest.raises(StoryError, match=said):
        at(path).play(None, lambda done, total, what: None, {})


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no file .*none\.py"):
        at(tmp_path / "none.py")
    with pytest.raises(
        FileNotFoundError, match="there is no scenario 'none'; there is all-formats"
    ):
        find("none")


def test_what_begins_with_an_underscore_is_no_scenario() -> None:
    assert [name for name in names() if name.startswith("_") or not name.islower()] == []
