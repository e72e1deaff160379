"""``mockfindity scenario``: stories listed, told, played and written to a file."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from support import Findity

from mockfindity.scenario_files import names

SCRIPT = '''
"""A taxi."""

def play(findity, tell, *, fare: float = 125.0):
    report = findity.report(expenses=[
        {"category": "Travel", "date": "2026-03-02", "amount": fare}
    ]).submit()
    for step in range(1, 251):
        tell(step, 250, f"step {step}")
    export = findity.bulk_send()
    here = findity.here
    made = {"organizationId": here.id, "externalOrganizationId": here.external_id}
    return made | {"exports": [export.id], "total": report.data["total"], "problems": %s}
'''


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "taxi.py"
    path.write_text(SCRIPT % "[]")
    return path


def test_the_list_names_them_with_titles_and_parameters(shell: Any) -> None:
    lines = shell("scenario", "list").stdout.splitlines()

    assert lines[0].split() == ["name", "title", "parameters"]
    assert [line.split()[0] for line in lines[1:]] == names()
    (expense,) = [line for line in lines if line.startswith("expense ")]
    assert "One EXPENSE export: a voucher per expense." in expense
    assert expense.endswith("seed (0), weeks (1)")
    assert shell("scenario").stdout.splitlines() == lines


def test_the_list_on_a_terminal_breaks_no_name(mockfindity: Any) -> None:
    lines = mockfindity.on_a_terminal(80, "scenario", "list")

    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[2:] if not line.startswith(" ")] == names()


def test_the_list_as_json_is_that_of_the_control_api(shell: Any, findity: Findity) -> None:
    listed = shell.json("scenario", "list")

    assert listed == findity.control("GET", "/scenarios").json()["data"]


def test_a_story_is_told(shell: Any) -> None:
    told = shell("scenario", "show", "expense").stdout

    assert told.startswith("One EXPENSE export: a voucher per expense.\n\nEleven expenses in four ")
    assert "weeks      a whole number from 1 to 52" in told


def test_one_is_played_in_the_sandbox(shell: Any, findity: Findity) -> None:
    done = shell("scenario", "run", "expense", "weeks=2", "--seed", "4")

    (nordljus,) = findity.control("GET", "/organizations").json()["data"]
    findity.org = nordljus["id"]
    (export,) = findity.api.get(findity.exports).json()["data"]
    assert export["numberOfVouchers"] == 22
    lines = done.stdout.splitlines()
    assert lines[0] == "Played expense: One EXPENSE export: a voucher per expense."
    assert f"organization  nordljus ({nordljus['id']})" in lines
    assert f"export 1      {export['id']}" in lines
    assert done.stderr.splitlines()[-1] == "9/9 send them as EXPENSE"


def test_what_it_made_can_be_had_as_json(shell: Any) -> None:
    made = shell.json("scenario", "run", "user-per-report-paid")

    assert (made["format"], made["vouchers"]) == ("USER_PER_REPORT_PAID", 3)


def test_once_more_needs_a_reset(shell: Any, findity: Findity) -> None:
    shell("scenario", "run", "expense")

    refused = shell("scenario", "run", "expense", code=1)
    again = shell("scenario", "run", "expense", "--reset")

    assert "has an organization 'nordljus' already: reset it first" in refused.stderr
    assert refused.stderr.endswith(
        "; --reset does that, and `mockfindity sandbox create NAME` makes another.\n"
    )
    assert again.stdout.startswith("Played expense")
    assert len(findity.control("GET", "/organizations").json()["data"]) == 1


@pytest.mark.parametrize(
    ("parameters", "has_faker", "said"),
    [
        ((), False, "which is not installed: pip install 'mockfindity[scenarios]'."),
        (("locale=xx",), True, "en_GB was expected, got 'xx'."),
    ],
)
def test_a_story_that_cannot_begin_resets_nothing(
    shell: Any,
    acme: Findity,
    monkeypatch: pytest.MonkeyPatch,
    parameters: tuple[str, ...],
    has_faker: bool,
    said: str,
) -> None:
    if not has_faker:
        monkeypatch.setitem(sys.modules, "faker", None)

    done = shell("scenario", "run", "month-end", "--reset", *parameters, code=1)

    assert done.stderr.endswith(f"{said}\n")
    (organization,) = acme.control("GET", "/organizations").json()["data"]
    assert organization["id"] == acme.org


def test_a_script_is_played_with_few_lines_of_progress(shell: Any, script: Path) -> None:
    done = shell("scenario", "run", str(script), "fare=99.5")

    assert "total         99.50" in done.stdout.splitlines()
    lines = done.stderr.splitlines()
    assert len(lines) == 101
    assert (lines[0], lines[-1]) == ("  1/250 step 1", "250/250 step 250")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "Error: there is no scenario 'nothing'; there is all-formats, "),
        (["nothing.py"], "Error: there is no file nothing.py."),
        (["expense", "weeks"], "Error: expense: 'weeks' is no PARAMETER=VALUE; there is seed (0)"),
        (["expense", "week=1"], "Error: expense: there is no parameter 'week'; there is seed"),
        (["expense", "weeks=x"], "Error: expense: weeks: a whole number from 1 to 52 was expec"),
        (["expense", "--dump", "no/where.zip"], "Error: no/where.zip cannot be written: No such"),
        (["expense", "--standalone", "--sandbox", "x"], "Error: --sandbox says where a server is"),
        (["expense", "--sandbox", "nobody"], "Error: there is no sandbox 'nobody'; `mockfi"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(
    shell: Any, findity: Findity, arguments: list[str], said: str
) -> None:
    done = shell("scenario", "run", *arguments, code=1)

    assert done.stderr.startswith(said)
    assert findity.control("GET", "/organizations").json()["data"] == []


def test_where_nothing_answers_standalone_is_named(shell: Any) -> None:
    done = shell("scenario", "run", "expense", "--url", "http://127.0.0.1:1", code=1)

    assert "no mockfindity answers at http://127.0.0.1:1" in done.stderr
    assert done.stderr.strip().endswith("With --standalone none is needed.")


def test_what_does_not_add_up_is_an_error(shell: Any, tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(SCRIPT % "['two and two are five']")

    done = shell("scenario", "run", str(path), code=1)

    assert done.stdout.startswith("Played wrong: A taxi.")
    assert done.stderr.endswith("Error: it does not add up.\ntwo and two are five\n")


def test_a_dump_needs_no_server_and_is_the_same_every_time(shell: Any, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        run = ("scenario", "run", "report-per-account", "--standalone", "--dump", name)
        assert shell(*run, "--seed", "9").stdout.endswith(f"Written to {name}.\n")

    one, two = (tmp_path / name for name in ("one.zip", "two.zip"))
    assert one.read_bytes() == two.read_bytes()
    with ZipFile(one) as archive:
        folder = "exports/01-report-per-account"
        assert archive.namelist() == [
            "result.json",
            "state.json",
            f"{folder}/export.json",
            f"{folder}/package.json",
            *(f"{folder}/00{number}.pdf" for number in (1, 2, 3, 4)),
        ]
        vouchers = json.loads(archive.read(f"{folder}/package.json"))["vouchers"]
        state = json.loads(archive.read("state.json"))
        assert archive.read(f"{folder}/001.pdf").startswith(b"%PDF-")
    assert vouchers[0]["basisUrl"].startswith("http://127.0.0.1:4655/api/resources/")
    assert (state["tables"]["keys"], state["tables"]["tokens"]) == ([], [])


def test_the_state_in_a_dump_can_be_imported(shell: Any, findity: Findity, tmp_path: Path) -> None:
    shell("scenario", "run", "expense", "--standalone", "--dump", "one.zip")
    with ZipFile(tmp_path / "one.zip") as archive:
        archive.extract("state.json", tmp_path)

    shell("state", "import", "state.json")

    (nordljus,) = findity.control("GET", "/organizations").json()["data"]
    findity.org = nordljus["id"]
    assert findity.api.get(findity.exports).json()["meta"]["total"] == 1


def test_an_export_that_is_not_there_cannot_be_dumped(shell: Any, tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text((SCRIPT % "[]").replace("[export.id]", "['nobody']"))

    done = shell("scenario", "run", "wrong.py", "--dump", "one.zip", code=1)

    assert "it gave an export 'nobody', which is not in the sandbox." in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["wrong.py"]


def test_a_dump_that_fails_leaves_no_file(shell: Any, tmp_path: Path) -> None:
    shell("scenario", "run", "expense")

    shell("scenario", "run", "expense", "--dump", "one.zip", code=1)

    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_stops_it(mockfindity: Any, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import time\ndef play(findity, tell):\n    tell(1, 2, 'waiting')\n    time.sleep(60)\n"
    )
    run = ("scenario", "run", "slow.py", "--standalone", "--dump", "one.zip")
    with mockfindity.running(*run) as process:
        assert process.stderr.readline() == "1/2 waiting\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)

    assert process.returncode == 130
    assert errors == "Stopped; the sandbox is as far as the story came.\n"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["slow.py"]
