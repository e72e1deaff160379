"""compose.yaml: what compose would do with it is done here, with processes for containers."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dockerfile
import pytest
from yamls import complaints, parsed

from mockfindity.kit.service import free_port
from mockfindity.testing import Findity

CHECKOUT = Path(__file__).parents[2]
FILE = CHECKOUT / "compose.yaml"
SERVICES = parsed(FILE)["services"]
BIN = Path(sys.executable).parent
IN_CONTAINER = "#   docker compose exec mockfindity "


class Composed:
    """The services of the file, at ports of this machine: ``mockfindity:4655`` is one of them."""

    def __init__(self, folder: Path, token: str = "") -> None:
        self.folder, self.token = folder, token
        self.ports = {name: str(free_port()) for name in ("mockfindity:4655", "integration:9000")}
        self.volume, self.mounted, _ = SERVICES["mockfindity"]["volumes"][0].split(":")

    @property
    def url(self) -> str:
        return self.here("http://mockfindity:4655")

    def here(self, text: str) -> str:
        """A text in which the names of compose's network are addresses of this machine."""
        for name, port in self.ports.items():
            text = text.replace(name, f"127.0.0.1:{port}")
        return text

    def environment(self, service: str, base: Mapping[str, str]) -> dict[str, str]:
        """What a container of a service has in its environment, over what its image has."""
        given = {name: str(value) for name, value in SERVICES[service]["environment"].items()}
        control = {"${MOCKFINDITY_CONTROL_TOKEN:-}": self.token}
        merged = {**base, **{name: control.get(text, text) for name, text in given.items()}}
        path = f"{BIN}:{os.environ['PATH']}"
        here = {name: self.here(text) for name, text in merged.items()}
        return here | {"PATH": path, "MOCKFINDITY_URL": self.url}

    @contextmanager
    def mockfindity(self) -> Iterator[dict[str, str]]:
        """The first service, once it is ready; gives its environment."""
        environment = self.environment("mockfindity", dockerfile.environment())
        assert environment["MOCKFINDITY_LOAD"] == self.mounted
        environment["MOCKFINDITY_LOAD"] = str(CHECKOUT / self.volume)
        environment["MOCKFINDITY_PORT"] = self.ports["mockfindity:4655"]
        with running(dockerfile.command(), environment, self.folder):
            said(["mockfindity", "wait"], environment)
            yield environment

    @contextmanager
    def integration(self) -> Iterator[dict[str, str]]:
        """The other service, while the first one runs."""
        environment = self.environment("integration", {})
        environment["PORT"] = self.ports["integration:9000"]
        build = SERVICES["integration"]["build"]
        command = dockerfile.command(build["dockerfile_inline"])
        with running(command, environment, CHECKOUT / build["context"]):
            yield environment


@contextmanager
def running(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=sys.stderr) as process:
        try:
            yield
        finally:
            process.terminate()


def said(command: list[str], environment: dict[str, str], code: int = 0) -> str:
    """What a command in a container says."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def composed(tmp_path: Path) -> Composed:
    return Composed(tmp_path)


def commands() -> list[list[str]]:
    """What the head of the file says to run in the container, as ``docker compose exec`` does."""
    lines = [line for line in FILE.read_text().splitlines() if line.startswith(IN_CONTAINER)]
    return [shlex.split(line.removeprefix(IN_CONTAINER)) for line in lines]


def test_compose_would_take_the_file() -> None:
    assert complaints("compose-spec", FILE) == ""


def test_what_the_file_names_is_there() -> None:
    builds: list[Any] = [service["build"] for service in SERVICES.values()]

    assert builds[0] == "."
    context = CHECKOUT / builds[1]["context"]
    (copied,) = re.findall(r"^COPY (.*) \./$", builds[1]["dockerfile_inline"], re.MULTILINE)
    assert [name for name in copied.split() if not (context / name).is_file()] == []
    assert SERVICES["integration"]["depends_on"] == {
        "mockfindity": {"condition": "service_healthy"}
    }


@pytest.mark.parametrize("token", ["", "a secret"], ids=["open", "with a token"])
def test_what_was_sent_is_booked_over_the_network(tmp_path: Path, token: str) -> None:
    composed = Composed(tmp_path, token)
    with composed.mockfindity() as environment, composed.integration():
        findity = Findity.at(composed.url, control_token=token)
        findity.requests.wait(operation="listExports")  # it is there, and had nothing to do

        said_of_it = [said(words, environment) for words in commands()]
        (delivery,) = findity.webhooks.wait()
        findity.requests.wait(operation="updateExportStatus")
        statuses = [export.status for export in findity.here.exports()]
        findity.close()

    assert (delivery["status"], statuses) == ("DELIVERED", ["SENT"])
    assert "/oauth/token" in said_of_it[1]


def test_the_integration_is_given_what_leads_it_there(composed: Composed) -> None:
    with composed.mockfindity() as environment:
        printed = said(["mockfindity", "env"], environment)

    given = composed.environment("integration", {})
    named = dict(re.findall(r"^export (\w+)=(.*)$", printed, re.MULTILINE))
    assert named == {name: given[name] for name in given if name.startswith("FINDITY_")}


def test_health_checks_say_whether_a_service_is_there(composed: Composed) -> None:
    first, other = (SERVICES[name]["healthcheck"]["test"][1:] for name in SERVICES)
    other = [word.replace("9000", composed.ports["integration:9000"]) for word in other]
    with composed.mockfindity() as environment, composed.integration() as theirs:
        said(first, environment)
        findity = Findity.at(composed.url)
        findity.requests.wait(operation="listExports")
        findity.close()
        said(other, theirs)

    said(first, environment, code=1)
    said(other, theirs, code=1)
