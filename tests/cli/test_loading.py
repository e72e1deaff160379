"""`mockfindity serve --load`: what a server begins with."""

from __future__ import annotations

import signal
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support import Findity

STORY = '''
"""A taxi, left to be fetched."""

import httpx2

def play(findity, tell, *, seed: int = 0):
    company = findity.organization("{name}")
    httpx2.get(f"{{findity.url}}/_mockfindity/health").raise_for_status()
    expense = {{"category": "Travel", "date": "2026-03-02", "amount": 125.0}}
    findity.report(expenses=[expense]).submit()
    export = findity.bulk_send(format="EXPENSE")
    made = {{"organizationId": company.id, "externalOrganizationId": "{name}"}}
    return made | {{"exports": [export.id], "problems": []}}
'''


class Served:
    """A server that was started with files to load."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.url = process.stdout.readline().removeprefix("Ready. ").strip()

    def get(self, path: str) -> Any:
        return httpx2.get(f"{self.url}/_mockfindity{path}").raise_for_status().json()

    @property
    def organizations(self) -> list[str]:
        return [one["externalSourceId"] for one in self.get("/organizations")["data"]]

    def stop(self) -> str:
        """End it; what it said on stderr."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=10)[1]


Serve = Callable[..., Any]


@pytest.fixture
def serve(mockfindity: Any) -> Serve:
    @contextmanager
    def serve(*arguments: str | Path) -> Iterator[Served]:
        given = [str(argument) for argument in arguments]
        with mockfindity.running("serve", "--port", "0", *given) as process:
            yield Served(process)

    return serve


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "20-taxi.py"
    path.write_text(STORY.format(name="late"))
    return path


@pytest.fixture
def document(acme: Findity, tmp_path: Path) -> Path:
    """The state of a sandbox in which ACME is."""
    path = tmp_path / "10-acme.json"
    path.write_bytes(httpx2.get(f"{acme.url}/_mockfindity/sandboxes/{acme.name}/state").content)
    return path


def test_a_folder_is_loaded_in_the_order_of_its_names(
    serve: Serve, tmp_path: Path, document: Path, story: Path
) -> None:
    for name in ("_helpers.py", ".hidden.py", "notes.txt"):
        (tmp_path / name).write_text("no scenario")
    with serve("--load", tmp_path) as served:
        assert sorted(served.organizations) == ["ACME", "late"]
        assert served.stop() == f"Loaded {document}\nLoaded {story}\n"


def test_the_variable_names_several_places(
    mockfindity: Any, tmp_path: Path, document: Path, story: Path
) -> None:
    (tmp_path / "mockfindity.toml").write_text(f'load = ["{document}", "{story}"]\nport = 0\n')
    with mockfindity.running("serve") as process:
        served = Served(process)
        assert sorted(served.organizations) == ["ACME", "late"]


def test_what_was_loaded_speaks_of_the_server_that_serves_it(serve: Serve, story: Path) -> None:
    with serve("--load", story, "--base-url", "http://findity.test:1") as served:
        (organization,) = served.get("/organizations")["data"]
        (export,) = served.get(f"/organizations/{organization['id']}/exports")["data"]
        key = {"client_id": "mockfindity-client", "client_secret": "mockfindity-secret"}
        form = key | {"grant_type": "client_credentials"}
        token = httpx2.post(f"{served.url}/oauth/token", data=form).json()["access_token"]
        path = f"{served.url}/api/v1/connect/organizations/{organization['id']}/exports"
        package = httpx2.get(
            f"{path}/{export['id']}/export", headers={"authorization": f"Bearer {token}"}
        )
    (voucher,) = package.json()["vouchers"]
    assert voucher["basisUrl"].startswith("http://findity.test:1/api/resources/")


def test_a_reset_goes_back_to_what_was_loaded(serve: Serve, story: Path) -> None:
    with serve("--load", story) as served:
        httpx2.post(f"{served.url}/_mockfindity/reset").raise_for_status()
        assert served.organizations == ["late"]


def test_nothing_is_loaded_over_what_a_data_directory_kept(
    serve: Serve, tmp_path: Path, document: Path, story: Path
) -> None:
    kept = ("--data-dir", tmp_path / "data")
    with serve("--load", story, *kept) as served:
        served.stop()
    with serve("--load", document, *kept) as served:
        assert served.organizations == ["late"]
        said = "Nothing was loaded: the sandbox default has organizations already.\n"
        assert served.stop() == said


def test_the_seed_of_the_server_is_that_of_the_story(serve: Serve, story: Path) -> None:
    def ids(*arguments: str | Path) -> list[str]:
        with serve("--load", story, *arguments) as served:
            return [one["id"] for one in served.get("/organizations")["data"]]

    assert ids("--seed", "7") == ids("--seed", "7")
    assert ids("--seed", "7") != ids("--seed", "8")


BROKEN = {
    "story.py": (
        '"""T."""\ndef play(findity, tell):\n    return nothing\n',
        ", line 3: NameError: name 'nothing' is not defined.",
    ),
    "refused.py": (
        '"""T."""\ndef play(findity, tell):\n    findity.control("POST", "/partners", {})\n',
        ", line 3: code: required, and was not sent; name: ",
    ),
    "syntax.py": ("def play(:\n", ", line 1: invalid syntax."),
    "none.py": ('"""T."""\n', " is no scenario: it has no function play."),
    "leaves.py": ("import sys\nsys.exit(0)\n", ", line 2: SystemExit: 0."),
    "asks.py": (
        '"""T."""\ndef play(findity, tell, *, cars: int):\n    pass\n',
        ": cars: a whole number has to be given.",
    ),
    "sums.py": (
        STORY.format(name="late").replace('"problems": []', '"problems": ["too little"]'),
        ": it does not add up: too little.",
    ),
    "newer.json": ('{"version": 99}', ": version: 99 is newer than 1, "),
    "damaged.json": ("{", ": this is no state document: "),
    "table.csv": ("a;b", ": a state document, .json, or a scenario, .py, was expected."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_wrong_is_said_in_one_line_and_nothing_is_served(
    mockfindity: Any, tmp_path: Path, name: str
) -> None:
    text, said = BROKEN[name]
    (tmp_path / name).write_text(text)

    done = mockfindity("serve", "--port", "0", "--load", str(tmp_path / name), code=1)

    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: {tmp_path / name}{said}")
    assert done.stderr.count("\n") == 1


def test_a_place_that_is_not_there_is_said_in_one_line(mockfindity: Any, tmp_path: Path) -> None:
    done = mockfindity("serve", "--port", "0", "--load", str(tmp_path / "seeds"), code=1)

    said = f"Error: {tmp_path / 'seeds'} cannot be loaded: No such file or directory.\n"
    assert (done.stdout, done.stderr) == ("", said)


def test_one_that_is_wrong_leaves_nothing_of_those_before_it(
    mockfindity: Any, serve: Serve, tmp_path: Path, story: Path
) -> None:
    (tmp_path / "30-broken.py").write_text("def play(:\n")
    kept = ("--data-dir", str(tmp_path / "data"))
    mockfindity("serve", "--port", "0", "--load", str(tmp_path), *kept, code=1)

    with serve(*kept) as served:
        assert served.organizations == []


def test_it_can_be_stopped_while_it_loads(mockfindity: Any, tmp_path: Path) -> None:
    endless = textwrap.dedent(
        '''
        """It waits for what never comes."""
        import threading

        def play(findity, tell):
            print("waiting", flush=True)
            threading.Event().wait()
        '''
    )
    (tmp_path / "endless.py").write_text(endless)
    load = ("--load", str(tmp_path / "endless.py"))
    with mockfindity.running("serve", "--port", "0", *load) as process:
        assert process.stderr.readline() == "waiting\n"
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=5)

    assert (process.returncode, rest, errors) == (0, "", "")
