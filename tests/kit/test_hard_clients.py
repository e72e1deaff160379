"""Clients that hang, crash, flood, fork and will not end: the reason is told, and nothing is left.

Each is a little program in a process of its own; a tag in its arguments, and in those of what it
starts, tells whether anything of it still runs.
"""

from __future__ import annotations

import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mockfindity.kit import Client, Company, Violation
from mockfindity.kit.client import NotStarted, client_of
from mockfindity.kit.configuration import Configuration
from mockfindity.kit.starting import connection_of
from mockfindity.kit.traffic import Counted, Watched

pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")

HANGS = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {HANGS}"
LISTENS = """
import os, socket
listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
"""
STARTS = """
import subprocess, sys
def start(code, **more):
    subprocess.Popen([sys.executable, "-c", code, sys.argv[1]], **more)
"""


@pytest.fixture
def tag() -> Iterator[str]:
    """What stands in the arguments of the client; none of these runs when the test has ended."""
    tag = secrets.token_hex(8)
    yield tag
    assert running(tag) == []


def running(tag: str) -> list[str]:
    """The processes with a tag in their arguments."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if tag.encode() in arguments:
            found.append(process.name)
    return found


Make = Callable[..., Client]


@pytest.fixture
def make(played: Watched, tag: str, tmp_path: Path) -> Iterator[Make]:
    """A client from a program: ``make("command", code)`` or ``make("service", code)``."""
    made: list[Client] = []

    def make(adapter: str, code: str, time_limit: float = 1.0, port: str = "{port}") -> Client:
        command = (sys.executable, "-c", code, tag)
        url = f"http://127.0.0.1:{port}/findity" if adapter == "service" else None
        configuration = Configuration(
            **{adapter: command},  # type: ignore[arg-type]
            webhook_url=url,
            time_limit=time_limit,
        )
        company = Company.founded(played.server.sandbox(), configuration)
        connection = connection_of(company, configuration, tmp_path)
        made.append(client_of(configuration, connection, played.traffic))
        company.hires(made[-1])
        return made[-1]

    yield make
    for client in made:
        client.stop()


def employer(client: Client) -> Company:
    assert client.company is not None
    return client.company


# ---- commands -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [HANGS, STUBBORN])
def test_a_command_that_hangs_is_stopped(make: Make, code: str) -> None:
    client = make("command", code)
    began = time.monotonic()

    with pytest.raises(Violation, match="it was not done after 1 s, and was stopped"):
        client.works()

    assert time.monotonic() - began < 6


def test_a_command_that_crashes_has_failed(make: Make) -> None:
    run = make("command", "import os; os.abort()", 10).works()

    assert (run.code, run.failed) == (-6, True)


def test_megabytes_are_kept_at_both_ends(make: Make) -> None:
    code = "print('the beginning'); [print('x' * 1023) for _ in range(50_000)]; print('the end')"

    run = make("command", code, 30).works()

    assert run.output.startswith("the beginning\n")
    assert run.output.endswith("the end\n")
    assert len(run.output) < 140_000
    assert "51068950 bytes left out" in run.output


def test_what_floods_for_ever_is_stopped(make: Make) -> None:
    client = make("command", "while True: print('x' * 100_000)")

    with pytest.raises(Violation, match="not done after 1 s"):
        client.works()

    assert 100_000 < len(client.output) < 140_000


def test_a_line_without_an_end_is_kept(make: Make) -> None:
    client = make("command", f"print('halfway', end=''); {HANGS}")

    with pytest.raises(Violation):
        client.works()

    assert client.output == "halfway"


@pytest.mark.parametrize("more", ["", "start_new_session=True", "env={}"])
def test_children_that_outlive_a_command_are_ended(make: Make, tag: str, more: str) -> None:
    run = make("command", f"{STARTS}start({STUBBORN!r}, {more})", 10).works()

    assert run.code == 0
    assert running(tag) == []


def test_what_cannot_be_started_is_told(played: Watched, tmp_path: Path) -> None:
    configuration = Configuration(command=("/no/such/program",))
    company = Company.founded(played.server.sandbox(), configuration)
    connection = connection_of(company, configuration, tmp_path)
    client = client_of(configuration, connection, Counted(lambda *_: None))  # type: ignore[arg-type]

    with pytest.raises(Violation, match="'/no/such/program' cannot be started: No such file"):
        client.works()


# ---- services -----------------------------------------------------------------------------------


def test_a_service_that_binds_no_port_is_stopped(make: Make, tag: str) -> None:
    with pytest.raises(
        NotStarted, match=r"did not listen at http://127.0.0.1:\d+/findity within 1"
    ):
        make("service", HANGS)

    assert running(tag) == []


def test_a_service_that_ends_at_once_is_told(make: Make) -> None:
    with pytest.raises(NotStarted, match="the service ended by itself, with exit code 3"):
        make("service", "import sys; sys.exit(3)", 10)


def test_a_service_that_a_webhook_ends_is_told(make: Make) -> None:
    client = make("service", f"{LISTENS}listener.accept()\nlistener.accept()\nprint('oh')", 10)
    employer(client).sends()

    with pytest.raises(Violation, match="the service ended by itself, with exit code 0"):
        client.works()

    assert client.output == "oh\n"


def test_a_service_that_answers_nothing_is_told(make: Make) -> None:
    client = make("service", f"{LISTENS}{HANGS}", 10)
    company = employer(client)
    company.findity.settings(webhook_timeout=1)
    export = company.sends()

    client.works()

    with pytest.raises(Violation, match=r"not at all \(no answer within 1 s\)"):
        company.hooks.expect_taken(export)


def test_a_service_that_will_not_end_is_ended_with_its_children(make: Make, tag: str) -> None:
    start = f"{STARTS}start({STUBBORN!r}, start_new_session=True)\nstart({STUBBORN!r})"
    client = make("service", f"{start}\n{LISTENS}{STUBBORN}", 10)
    assert len(running(tag)) == 3
    began = time.monotonic()

    client.stop()

    assert running(tag) == []
    assert time.monotonic() - began < 5


def test_a_service_is_started_again_after_a_crash(make: Make, tag: str) -> None:
    client = make("service", f"{LISTENS}print('up')\n{HANGS}", 10)

    assert client.crashes(lambda: True)
    assert running(tag) == []
    client.start()

    assert len(running(tag)) == 1
    client.stop()
    assert client.output == "up\nup\n"


def test_a_port_that_is_taken_is_told(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NotStarted, match=f"something else listens at http://127.0.0.1:{port}"):
            make("service", LISTENS, 10, port=str(port))
