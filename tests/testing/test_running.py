"""Servers for tests: in a thread of this process, or one that runs already."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import requests

import mockfindity
from mockfindity import FindityError
from mockfindity.testing import Findity, RemoteServer
from mockfindity.testing.running import serving


def signs_in(findity: Findity) -> bool:
    """Whether the sandbox's key leads anywhere."""
    form = {
        "grant_type": "client_credentials",
        "client_id": findity.client_id,
        "client_secret": findity.client_secret,
    }
    return requests.post(findity.token_url, data=form, timeout=10).ok


def sandboxes(server: RemoteServer) -> int:
    return int(server.line.control("GET", "/health")["sandboxes"])


def test_a_findity_runs_while_the_block_does() -> None:
    with mockfindity.running() as findity:
        assert findity.client_id == "mockfindity-client"
        assert signs_in(findity)

    with pytest.raises(requests.ConnectionError):
        signs_in(findity)


def test_the_port_may_be_chosen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with mockfindity.running(port=port) as findity:
        assert findity.url == f"http://127.0.0.1:{port}"


def test_what_is_only_chosen_may_be_refused() -> None:
    with mockfindity.running(strict_documented=True) as findity:
        bearer = {"Authorization": f"Bearer {findity.token()}"}
        answer = requests.delete(
            f"{findity.url}/api/v1/admin/organizations/x/accounts/y", headers=bearer, timeout=10
        )

    assert answer.status_code in (400, 404, 405)


def test_another_seed_gives_other_ids() -> None:
    with mockfindity.running(seed=1) as one, mockfindity.running(seed=2) as other:
        assert one.organization().id != other.organization().id


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"strict": True},
            "there is no setting 'strict'; there are url, control_token",
        ),
        ({"url": "http://127.0.0.1:9", "port": 4655}, "port: the server at http://127.0.0.1:9"),
        ({"url": "http://127.0.0.1:9", "seed": 7}, "runs already, and is as it is"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said), mockfindity.running(**settings):
        pass


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"127\.0\.0\.1:{port} cannot be had"):
            mockfindity.running(port=port).__enter__()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://[", ""])
def test_a_server_that_is_not_there_is_named(url: str) -> None:
    with (
        pytest.raises(ConnectionError, match="no mockfindity answers at"),
        mockfindity.running(url=url),
    ):
        pass


def test_a_server_that_runs_already_gives_a_sandbox_for_the_time(server: str) -> None:
    with mockfindity.running(url=server) as findity:
        assert findity.name != "default"
        assert findity.report().submit().status == "READY_TO_SEND"

    assert not signs_in(findity)


def test_what_was_made_on_a_server_elsewhere_is_dropped_with_it(server: str) -> None:
    with serving(url=server) as remote:
        one, other = remote.sandbox(), remote.sandbox("kept-for-a-while")
        remote.drop(one)

    assert [signs_in(one), signs_in(other)] == [False, False]


def test_a_server_with_a_control_token_wants_it() -> None:
    with serving(control_token="s3cret") as server:
        with pytest.raises(FindityError), mockfindity.running(url=server.url):
            pass
        with mockfindity.running(url=server.url, control_token="s3cret") as findity:
            assert findity.users("ANNA")[0]["externalSourceId"] == "ANNA"


def test_a_data_directory_keeps_what_was_made(tmp_path: Path) -> None:
    with serving(data_dir=tmp_path / "data") as server:
        kept, dropped = server.sandbox(), server.sandbox()
        kept.organization("ACME")
        server.drop(dropped)

    with serving(data_dir=str(tmp_path / "data")) as server:
        again = Findity.at(server.url, kept.name)
        assert again.here.external_id == "ACME"
        assert sandboxes(server) == 2
        again.close()


def test_an_application_may_be_put_around_it() -> None:
    paths: list[str] = []

    def noted(app: Any) -> Any:
        async def around(scope: Any, receive: Any, send: Any) -> None:
            paths.append(scope.get("path", ""))
            await app(scope, receive, send)

        return around

    with serving(wrap=noted) as server:
        server.sandbox().control("GET", "/clock")

    assert any(path.endswith("/clock") for path in paths)


def test_a_sandbox_is_dropped_once_or_twice() -> None:
    with serving() as server:
        findity = server.sandbox()
        assert signs_in(findity)

        server.drop(findity)
        server.drop(findity)

        assert not signs_in(findity)
        assert sandboxes(server) == 1


def test_a_sandbox_with_webhooks_is_dropped_too() -> None:
    with serving() as server:
        findity = server.sandbox()
        findity.here.recipient(webhook_url="http://127.0.0.1:9/hook")
        findity.report().submit()
        findity.bulk_send()

        server.drop(findity)

        assert sandboxes(server) == 1


def test_the_default_sandbox_stays() -> None:
    with serving() as server, pytest.raises(FindityError, match="always exists"):
        server.drop(server.default())


def test_a_wrong_name_is_refused_as_by_any_server() -> None:
    with serving() as server:
        server.sandbox("twice")
        with pytest.raises(FindityError) as refused:
            server.sandbox("twice")

    assert refused.value.status == 409


def test_a_fork_is_what_another_sandbox_was() -> None:
    with serving() as server:
        origin = server.sandbox()
        origin.organization("ACME")

        fork = server.sandbox(source=origin.name)
        fork.organization("OTHER")

        assert [one["externalSourceId"] for one in organizations(fork)] == ["ACME", "OTHER"]
        assert [one["externalSourceId"] for one in organizations(origin)] == ["ACME"]


def organizations(findity: Findity) -> list[dict[str, Any]]:
    return list(findity.control("GET", "/organizations")["data"])


def test_a_scenario_is_played_once_for_all_who_ask() -> None:
    with serving() as server:
        one, other = server.prepared("demo"), server.prepared("demo")
        one.organization("NEW")

        assert len(organizations(one)) == len(organizations(other)) + 1
        assert sandboxes(server) == 4


def test_sandboxes_are_made_and_dropped_beside_a_busy_server() -> None:
    """Threads that make, use and drop sandboxes at once: each finds only what it made."""
    seen: list[list[str]] = []

    def work(server: RemoteServer, name: str) -> None:
        for _ in range(5):
            findity = server.sandbox()
            findity.organization(name)
            findity.users("ANNA")
            seen.append([one["externalSourceId"] for one in organizations(findity)])
            server.drop(findity)

    with serving() as server:
        workers = [threading.Thread(target=work, args=(server, f"ORG-{n}")) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        left = sandboxes(server)

    assert sorted(seen) == sorted([f"ORG-{n}"] for n in range(4) for _ in range(5))
    assert left == 1


def test_a_fresh_sandbox_has_a_key_and_the_partners_and_nothing_else() -> None:
    with serving() as server:
        used, fresh = server.sandbox(), server.sandbox()
        used.control("POST", "/partners", {"code": "partner-fi", "name": "Partner Suomi"})

        codes = [one["code"] for one in fresh.control("GET", "/partners")["data"]]

    assert codes == ["partner-se", "partner-no"]
