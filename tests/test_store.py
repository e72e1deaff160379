"""A data directory: what was acknowledged is there after a restart, and what cannot be used."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx2
import kill_rounds
import pytest
from keeping import furnish, kept, names

from mockfindity.app import create_app
from mockfindity.sandboxes import Sandboxes
from mockfindity.store import FILE, Store, StoreError


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        furnish(server.findity)
        before = server.memories()

    with kept(tmp_path) as server:
        after = server.memories()

    tokens = after["default"].pop("tokens")
    assert tokens[: len(before["default"]["tokens"])] == before["default"].pop("tokens")
    assert after == before


def test_tokens_and_keys_are_good_after_a_restart(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        furnish(server.findity)
        bearer = dict(server.findity.api.headers)["authorization"]
        accounts = server.findity.accounts

    with kept(tmp_path) as server:
        answer = server.findity.http.get(accounts, headers={"authorization": bearer})

    assert answer.status_code == 200


def test_the_same_ids_follow_after_a_restart(tmp_path: Path) -> None:
    with kept(tmp_path / "one") as server:
        furnish(server.findity)
        organization = server.findity.org
        report = server.findity.report()

    with kept(tmp_path / "two") as server:
        furnish(server.findity)
    with kept(tmp_path / "two") as server:
        server.findity.org = organization
        assert server.findity.report() == report


def test_a_reset_after_a_restart_is_back_to_how_the_sandbox_was_made(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        furnish(server.findity)
        report = server.findity.ready()
        fork = server.new(name="fork", **{"from": "default"})
        fork.org = server.findity.org
        fork.bulk_send()

    with kept(tmp_path) as server:
        server.http.post("/fork/reset")
        there = server.http.get(f"/fork/reports/{report}").json()
        server.findity.control("POST", "/reset")
        listed = server.findity.control("GET", "/clients").json()

    assert there["status"] == "READY_TO_SEND"
    assert [key["clientId"] for key in listed["data"]] == ["mockfindity-client"]


def test_sandboxes_keep_their_order_and_dropped_ones_stay_away(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        for name in ("b", "a", "c"):
            server.new(name=name)
        server.http.delete("/b")
        server.new(name="b")
        server.http.delete("/a")

    with kept(tmp_path) as server:
        assert [sandbox.name for sandbox in server.sandboxes] == ["default", "c", "b"]


@pytest.mark.parametrize("back", ["reset", "restore", "state"])
def test_going_back_is_kept(tmp_path: Path, back: str) -> None:
    with kept(tmp_path) as server:
        findity = server.findity
        findity.changed("/snapshots/before", None)
        document = findity.control("GET", "/state").json()
        furnish(findity)
        paths = {"reset": "/reset", "restore": "/snapshots/before/restore"}
        if back == "state":
            findity.changed("/state", document)
        else:
            assert findity.control("POST", paths[back]).is_success
        findity.sign_in()
        findity.organization("OTHER")
        before = server.memories()

    with kept(tmp_path) as server:
        after = server.memories()

    assert [o[1].external_source_id for o in after["default"]["organizations"]] == ["OTHER"]
    del before["default"]["tokens"], after["default"]["tokens"]
    assert after == before


def test_a_removed_value_that_comes_back_stands_at_the_end(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        furnish(server.findity)
        path = f"{server.findity.admin}/customdimensions/project/list/"
        for values in ([{"id": "A", "delete": True}], [{"id": "A", "value": "again"}]):
            server.findity.api.put(path, json={"values": values})

    with kept(tmp_path) as server:
        kept_values = server.sandboxes.default.state.values
        assert [value.value_id for value in kept_values] == ["B", "A"]


def test_a_record_removed_and_put_in_one_go_stands_at_the_end(tmp_path: Path) -> None:
    sandboxes = Sandboxes(store=Store(tmp_path))
    state = sandboxes.default.state
    first, second = state.partners
    state.remove(first)
    state.put(first)
    state.put(second)
    sandboxes.close()

    sandboxes = Sandboxes(store=Store(tmp_path))

    assert list(sandboxes.default.state.partners) == [second, first]
    sandboxes.close()


def test_what_a_refused_refresh_ended_stays_ended(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        findity = server.findity
        form = {"grant_type": "refresh_token", "refresh_token": findity.token()["refresh_token"]}
        access = findity.token(**form)["access_token"]
        assert findity.token(**form)["error"] == "invalid_grant"

    with kept(tmp_path) as server:
        assert server.sandboxes.default.state.tokens.rows[access].ended == "revoked"


def test_a_webhook_that_bounced_is_kept(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        findity = server.findity
        findity.organization("ACME")
        findity.users("ANNA")
        findity.recipient(webhookUrl="http://127.0.0.1:9/")
        report = findity.ready()
        findity.bulk_send()
        assert findity.deliveries()[0]["bounced"] is True

    with kept(tmp_path) as server:
        assert server.findity.status(report) == "READY_TO_SEND"


def test_nothing_is_written_without_a_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "import sys, mockfindity.cli.serve, mockfindity.app as a; a.create_app(); "

    done = subprocess.run(
        [sys.executable, "-c", code + "print('sqlite3' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"
    assert list(tmp_path.iterdir()) == []


def test_the_directory_is_made_where_it_is_not_there(tmp_path: Path) -> None:
    with kept(tmp_path / "a" / "b"):
        pass

    assert names(tmp_path / "a" / "b") == [FILE]


# --- directories that cannot be used --------------------------------------------------------------


def problem(directory: Path) -> str:
    """What is said of a directory that cannot be used, without where it is."""
    with pytest.raises(StoreError) as caught:
        create_app(data_dir=directory)
    return str(caught.value).replace(str(directory / FILE), "FILE")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("furnished")
    with kept(directory) as server:
        furnish(server.findity)
    return directory / FILE


@pytest.fixture
def file(made_once: Path, tmp_path: Path) -> Path:
    """A database with something in it."""
    return Path(shutil.copy(made_once, tmp_path / FILE))


def test_two_servers_cannot_have_one_directory(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        assert problem(tmp_path) == (
            "FILE: another server uses it; stop that one, or use another --data-dir."
        )
        server.findity.organization("ACME")


def test_a_newer_schema_is_refused_and_left_as_it_is(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    before = file.read_bytes()

    said = problem(tmp_path)

    assert said == (
        "FILE was written by a newer mockfindity (schema 2, this one reads 1): upgrade, or use "
        "another --data-dir."
    )
    assert file.read_bytes() == before


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 1000)

    said = problem(tmp_path)

    assert said == (
        "FILE: it is damaged, or no database (file is not a database): use a copy of it, or "
        "another --data-dir."
    )
    assert (tmp_path / FILE).read_bytes() == b"no database" * 1000


@pytest.mark.parametrize("start", [4096, 3 * 4096, 8 * 4096])
def test_a_database_with_a_torn_page_is_refused(file: Path, tmp_path: Path, start: int) -> None:
    torn = bytearray(file.read_bytes())
    torn[start : start + 4096] = b"\xa5" * 4096
    file.write_bytes(torn)

    assert problem(tmp_path).startswith("FILE: it is damaged, or no database (")


def test_a_database_that_was_cut_is_refused(file: Path, tmp_path: Path) -> None:
    file.write_bytes(file.read_bytes()[: 10 * 4096])

    assert problem(tmp_path).startswith("FILE: it is damaged, or no database (")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE records SET data = X'7B' WHERE kind = 'users'", "JSON is malformed"),
        ("UPDATE records SET kind = 'x' WHERE kind = 'users'", "'x'"),
        ("DELETE FROM records WHERE kind = 'users'", "is not there"),
        ("DELETE FROM records WHERE kind = 'keys'", "its key 'mockfindity-client' is missing"),
        ("UPDATE sandboxes SET made = '{}'", "this is no state document"),
        ("UPDATE sandboxes SET head = '{}'", "missing required field `version`"),
        ("UPDATE snapshots SET data = 'x'", "this is no state document"),
    ],
)
def test_a_sandbox_that_cannot_be_read_is_named(
    file: Path, tmp_path: Path, statement: str, what: str
) -> None:
    with sqlite3.connect(file) as db:
        db.execute(statement)
    db.close()

    said = problem(tmp_path)

    assert said.startswith("FILE: sandbox 'default' cannot be read: ")
    assert what in said


def test_a_file_where_the_directory_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert problem(tmp_path / "file").startswith("FILE cannot be opened: [Errno 17] File exists: ")


def test_a_write_that_fails_is_answered_with_500_and_made_up_for_by_the_next(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with kept(tmp_path) as server:
        store = server.sandboxes.store
        assert store is not None
        server.findity.organization("ACME")
        store._db.execute("PRAGMA query_only = ON")
        body = {"number": "1", "name": "x"}
        failed = server.findity.api.post(server.findity.accounts, json=body)
        store._db.execute("PRAGMA query_only = OFF")
        server.findity.users("ANNA")

    with kept(tmp_path) as server:
        state = server.sandboxes.default.state
        assert failed.status_code == 500
        assert "attempt to write a readonly database" in caplog.text
        assert [account.number for account in state.accounts][-1] == "1"
        assert [user.external_source_id for user in state.users] == ["ANNA"]


# --- processes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_server_that_is_told_to_stop_leaves_one_whole_file(tmp_path: Path, stop: int) -> None:
    with kill_rounds.server(tmp_path) as (process, url):
        made = httpx2.post(f"{url}/_mockfindity/sandboxes", json={"name": "a"}, verify=False)
        assert names(tmp_path) == [FILE, f"{FILE}-wal"]
        process.send_signal(stop)
        _, errors = process.communicate(timeout=10)

    assert (made.status_code, process.returncode, errors) == (201, 0, "")
    assert names(tmp_path) == [FILE]
    with kept(tmp_path) as server:
        assert [sandbox.name for sandbox in server.sandboxes] == ["default", "a"]


def test_a_second_server_says_in_one_line_why_it_does_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mockfindity", "serve", "--port", "0"]
    with kept(tmp_path):
        done = subprocess.run(
            [*command, "--data-dir", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Error: {tmp_path / FILE}: another server uses it; stop that one, or use another "
        "--data-dir.\n"
    )


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    outcome = kill_rounds.play(3, tmp_path, seed=2)

    assert (outcome.rounds, outcome.lost) == (3, [])
    assert outcome.acknowledged > 20


def test_how_a_scenario_left_its_sandbox_is_kept(tmp_path: Path) -> None:
    with kept(tmp_path) as server:
        played = {"name": "played", "scenario": "demo"}
        assert server.http.post("", json=played, timeout=60).status_code == 201
        before = server.memories()["played"]

    with kept(tmp_path) as server:
        assert server.memories()["played"] == before
