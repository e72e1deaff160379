"""The testcontainers class, against the real library, and an engine whose containers are processes
of this machine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dockerfile
import httpx2
import pytest
from engine import Engine, engine
from testcontainers.core.config import ConnectionMode, testcontainers_config

from mockfindity import FindityError
from mockfindity.testcontainers import MockfindityContainer

ACME = Path(__file__).parents[1] / "docs" / "example" / "load" / "acme.py"
ORGANIZATION = "9ebaaf2db47f50797c9c0e8499936ad5"


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    with engine(tmp_path, dockerfile.environment()) as served:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{served.server_port}")
        monkeypatch.setattr(testcontainers_config, "ryuk_disabled", True)
        mode = ConnectionMode.docker_host  # also where the tests are in a container themselves
        monkeypatch.setattr(testcontainers_config, "connection_mode_override", mode)
        yield served


def test_it_asks_for_the_image_a_port_and_the_settings(docker: Engine) -> None:
    with MockfindityContainer("registry.example/mockfindity:1", control_token="a secret"):
        wanted = docker.containers[0].wanted

    assert wanted["Image"] == "registry.example/mockfindity:1"
    assert wanted["HostConfig"]["PortBindings"] == {"4655/tcp": [{"HostIp": "", "HostPort": ""}]}
    assert wanted["Env"] == ["MOCKFINDITY_CONTROL_TOKEN=a secret"]


def test_it_runs_what_the_image_runs_whatever_else_is_said(docker: Engine) -> None:
    with MockfindityContainer(hostname="findity").with_kwargs(mem_limit="1g"):
        wanted = docker.containers[0].wanted
        shell = wanted["Entrypoint"]

    assert wanted["HostConfig"]["Memory"] == 2**30
    assert f"exec {' '.join(dockerfile.command())} --base-url " in shell[-1]


def test_urls_in_answers_begin_with_the_address_that_the_engine_gave(docker: Engine) -> None:
    with MockfindityContainer() as container:
        findity = container.findity()
        findity.report().submit()
        (voucher,) = findity.bulk_send().vouchers()

        assert container.url == findity.url == f"http://127.0.0.1:{docker.containers[0].port}"
        assert voucher["basisUrl"].startswith(f"{container.url}/api/resources/")


def test_a_client_s_variables_are_those_that_env_prints(docker: Engine) -> None:
    with MockfindityContainer(load=ACME) as container:
        command = [sys.executable, "-m", "mockfindity", "env", "--url", container.url]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

        assert container.client_env() == dict(re.findall(r"export (\w+)=(.*)", printed))
        assert container.client_env()["FINDITY_ORGANIZATION_ID"] == ORGANIZATION


def test_without_an_organization_its_variables_are_left_out(docker: Engine) -> None:
    with MockfindityContainer() as container:
        assert sorted(container.client_env()) == [
            "FINDITY_BASE_URL",
            "FINDITY_CLIENT_ID",
            "FINDITY_CLIENT_SECRET",
            "FINDITY_TOKEN_URL",
        ]


def test_a_client_in_the_same_network_is_led_to_the_alias(docker: Engine) -> None:
    with MockfindityContainer(base_url="http://findity:4655") as container:
        variables = container.client_env()

        assert variables["FINDITY_TOKEN_URL"] == "http://findity:4655/oauth/token"
        assert container.findity().organization("ACME").id == ORGANIZATION


def test_an_engine_s_host_may_have_any_name(
    docker: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name with a dot, such as host.docker.internal, that this machine finds without asking.
    monkeypatch.setattr(testcontainers_config, "tc_host_override", "127.1")
    with MockfindityContainer() as container:
        assert container.findity().report().submit().status == "READY_TO_SEND"
        assert container.url.startswith("http://127.1:")


def test_it_begins_with_the_files_of_a_folder(docker: Engine) -> None:
    with MockfindityContainer(load=ACME.parent) as container:
        (voucher,) = container.findity().bulk_send().vouchers()

        assert voucher["totalDebitAmount"] == 125.0


def test_the_control_token_is_asked_for_and_given(docker: Engine) -> None:
    with MockfindityContainer(control_token="a secret") as container:
        refused = httpx2.get(f"{container.url}/_mockfindity/sandboxes")

        assert refused.status_code == 401
        assert container.findity().conduct() == []


def test_a_sandbox_may_be_named(docker: Engine) -> None:
    with MockfindityContainer() as container:
        container.findity().line.control("POST", "/sandboxes", {"name": "other"})

        assert container.client_env("other")["FINDITY_CLIENT_ID"] != "mockfindity-client"
        with pytest.raises(FindityError, match="'nobody'"):
            container.findity("nobody")


def test_a_container_that_ends_is_told_of_with_its_log(docker: Engine, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def play(findity, tell):\n    findity.report('NOBODY')\n")

    with pytest.raises(RuntimeError) as ended, MockfindityContainer(load=wrong):
        pass

    (log,) = ended.value.__notes__
    assert re.search(r"Error: .*/wrong\.py, line 2: .*NOBODY", log)
    assert docker.containers[0].process is None


def test_what_is_not_there_cannot_be_loaded(docker: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is nothing to load at "):
        MockfindityContainer(load=tmp_path / "nothing")


def test_without_the_extra_it_says_what_to_install() -> None:
    script = "import sys; sys.modules['testcontainers'] = None; import mockfindity.testcontainers"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert "needs: pip install 'mockfindity[testcontainers]'\n" in done.stderr
