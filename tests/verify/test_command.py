"""``mockfindity verify`` as a user runs it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from drifting import Answer, Ask, Request, at, each, instead
from support import Findity

from mockfindity.openapi.examples import contracts
from mockfindity.verify import Report, Target, verify

CSI = "\x1b["
ACCOUNTS = "/accounts"


def options(other: Any) -> list[str]:
    return ["--base-url", other.findity.url, "--organization", "ACME"]


def key(other: Any) -> dict[str, str]:
    return {
        "MOCKFINDITY_CLIENT_ID": other.findity.client_id,
        "MOCKFINDITY_CLIENT_SECRET": other.findity.client_secret,
    }


@pytest.fixture
def drifted(other: Any) -> Iterator[Any]:
    """The second mockfindity, with accounts whose numbers are numbers."""

    def as_number(account: dict[str, Any]) -> None:
        account["number"] = 5010

    other.drifting.drift = at("GET", ACCOUNTS, each("data", as_number))
    yield other
    other.drifting.drift = None


def test_no_difference_is_0(shell: Any, other: Any) -> None:
    done = shell(*options(other), "--write", **key(other))

    assert (done.returncode, done.stderr) == (0, "")
    first, *_, counts, fine = done.stdout.splitlines()
    assert first.startswith(f"Held {other.findity.url} against the contracts: ")
    assert first.endswith(", reading and writing.")
    assert counts == "0 differences, 0 of our guesses differ, 0 unknown fields."
    assert fine == "34 of 34 operations as documented."


def test_a_difference_is_2_and_is_told_in_full(shell: Any, drifted: Any) -> None:
    done = shell(*options(drifted), **key(drifted))

    count = len(drifted.sandbox.state.accounts.rows)
    assert done.returncode == 2
    assert done.stdout.splitlines()[2:] == [
        "GET /api/v1/admin/organizations/{organizationId}/accounts  (listAccounts)",
        f"  difference: body.data[*].number, {count + 2} times",
        "    expected  string",
        "    found     5010",
        "    source    charts-of-accounts guide: List accounts",
        "",
        "1 difference, 0 of our guesses differ, 0 unknown fields.",
        "25 of 26 operations as documented.",
    ]


def test_the_report_as_json(shell: Any, drifted: Any) -> None:
    done = shell(*options(drifted), "--json", **key(drifted))

    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert report["counts"] == {"difference": 1, "guess": 0, "extra": 0, "skipped": 0}
    assert report["findings"][0] == {
        "kind": "difference",
        "operation": "listAccounts",
        "request": "GET /api/v1/admin/organizations/{organizationId}/accounts",
        "where": "body.data[*].number",
        "expected": "string",
        "found": "5010",
        "source": "charts-of-accounts guide: List accounts",
        "times": len(drifted.sandbox.state.accounts.rows) + 2,
    }


def test_piped_output_has_no_colour(shell: Any, drifted: Any) -> None:
    done = shell(*options(drifted), **key(drifted))

    assert CSI not in done.stdout + done.stderr


@pytest.mark.parametrize("colour", [True, False])
def test_on_a_terminal_the_report_fits_and_may_be_without_colour(
    drifted: Any, colour: bool
) -> None:
    environment = {**os.environ, **key(drifted), "COLUMNS": "80", "TERM": "xterm"}
    environment |= {} if colour else {"NO_COLOR": "1"}
    command = [sys.executable, "-m", "mockfindity", "verify", *options(drifted)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=environment) as run:
        os.close(theirs)
        printed = b""
        with contextlib.suppress(OSError):  # so Linux says that the other end is closed
            while more := os.read(ours, 65536):
                printed += more
        os.close(ours)
    text = printed.decode()
    assert run.returncode == 2
    assert (CSI in text) is colour
    assert max(len(line) for line in re.sub(r"\x1b\[\d*m", "", text).splitlines()) <= 80


def test_no_secret_is_printed_even_if_the_server_gives_it_back(shell: Any, other: Any) -> None:
    tokens: list[str] = []

    async def echo(request: Request, ask: Ask) -> Answer:
        answer = await ask(request)
        if request.path == "/oauth/token" and answer.status == 200:
            given = answer.data
            tokens.extend((given["access_token"], given["refresh_token"]))
        elif request.path.endswith(ACCOUNTS) and answer.status == 200:
            return answer.saying({"data": f"{other.findity.client_secret} {tokens[-2]}"})
        return answer

    other.drifting.drift = echo
    try:
        for extra in ((), ("--json",)):
            done = shell(*options(other), *extra, **key(other))
            assert done.returncode == 2
            printed = done.stdout + done.stderr
            assert "listAccounts" in printed
            assert not any(secret in printed for secret in (*tokens, other.findity.client_secret))
    finally:
        other.drifting.drift = None


def test_a_wrong_secret_is_1(shell: Any, other: Any) -> None:
    environment = {**key(other), "MOCKFINDITY_CLIENT_SECRET": "hush-hush"}

    done = shell(*options(other), **environment)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Error: {other.findity.url}/oauth/token gives no token: 401 invalid_client.\n"
    )


def test_an_unknown_organization_is_1(shell: Any, other: Any) -> None:
    done = shell("--base-url", other.findity.url, "--organization", "NOBODY", **key(other))

    assert done.returncode == 1
    assert "no organization 'NOBODY'; there are ACME." in done.stderr


def test_a_token_that_is_not_taken_is_said(shell: Any, other: Any) -> None:
    def no_token(answer: Answer) -> Answer:
        return answer.saying({**answer.data, "access_token": "worthless"})

    other.drifting.drift = at("POST", "/oauth/token", no_token)
    try:
        done = shell(*options(other), **key(other))
    finally:
        other.drifting.drift = None

    assert done.returncode == 1
    assert done.stderr == (
        "Error: the key has no organization 'ACME'; the list of them was answered with "
        "401 UNAUTHORIZED.\n"
    )


def test_nobody_there_is_1(shell: Any, other: Any) -> None:
    done = shell("--base-url", "http://127.0.0.1:9", "--organization", "ACME", **key(other))

    assert done.returncode == 1
    assert done.stderr.startswith("Error: http://127.0.0.1:9/oauth/token gives no token: ")


def test_a_missing_extra_is_said_with_what_to_do(shell: Any, other: Any) -> None:
    hide = "import sys; sys.modules['jsonschema'] = None"
    done = shell(*options(other), hook=hide, **key(other))

    assert done.returncode == 1
    assert done.stderr == "Error: this needs jsonschema: pip install 'mockfindity[verify]'\n"


# ---- servers that are out of order -----------------------------------------------------------


@pytest.mark.parametrize("status", [200, 500])
def test_a_server_that_answers_html(other: Any, shell: Any, status: int) -> None:
    other.drifting.drift = at("POST", "/oauth/token", instead(status, b"<html></html>"))
    try:
        done = shell(*options(other), **key(other))
    finally:
        other.drifting.drift = None

    assert done.returncode == 1
    assert done.stderr.endswith(f"/oauth/token gives no token: {status} (text/html).\n")


def test_a_server_that_never_answers(shell: Any, other: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        arguments = ("--base-url", url, "--organization", "ACME", "--timeout", "0.2")
        done = shell(*arguments, **key(other))

    assert done.returncode == 1
    assert done.stderr.endswith("gives no token: no whole answer within 0.2 s.\n")


def held(findity: Findity) -> Report:
    """The report on a sandbox that does not drift, but may have faults."""
    key = {"client_id": findity.client_id, "client_secret": findity.client_secret}
    target = Target.at(findity.url, None, None, organization="ACME", **key)
    return verify(target, contracts())


def test_a_lost_answer_is_a_difference_and_the_run_goes_on(acme: Findity) -> None:
    acme.made("/faults", {"operation": "getUser", "skip": 1, "times": 1, "connection": "reset"})
    acme.made(
        "/faults", {"operation": "getCategory", "skip": 1, "times": 1, "connection": "truncate"}
    )

    report = held(acme)

    lost = [f for f in report.findings if f.where == "answer"]
    assert [(f.kind, f.operation, f.times) for f in lost] == [
        ("difference", "getUser", 1),
        ("guess", "getCategory", 1),
    ]
    assert report.trouble is None
    assert "listExports" in report.operations


def test_a_server_that_goes_silent_ends_the_run_with_what_was_found(acme: Findity) -> None:
    acme.made("/faults", {"skip": 30, "connection": "reset"})

    report = held(acme)

    assert report.trouble is not None
    assert report.trouble.startswith("127.0.0.1 does not answer any more: ")
    assert len([f for f in report.findings if f.where == "answer"]) == 2


def test_a_rate_limit_is_waited_out(other: Any) -> None:
    seen: list[str] = []

    async def limited(request: Request, ask: Ask) -> Answer:
        seen.append(request.path)
        if seen.count(request.path) == 1 and request.path != "/oauth/token":
            return Answer(429, {"retry-after": "0", "content-type": "application/json"}, b"{}")
        return await ask(request)

    assert other.held(limited).findings == []


def test_a_rate_limit_without_end_is_no_difference(other: Any) -> None:
    limit = instead(429, b"{}", retry_after="0")
    report = other.held(at("GET", "/categories", limit))

    assert report.of("difference") == []
    assert ("listCategories", "429, also after 5 tries") in {
        (f.operation, f.found) for f in report.of("skipped")
    }


def test_an_answer_without_end_is_not_read_to_it(other: Any) -> None:
    large = b" " * (64 * 1024 * 1024 + 1)
    report = other.held(at("GET", "/accounts/[0-9a-f]{32}", instead(200, large)))

    assert {(f.operation, f.where, f.found) for f in report.of("difference")} == {
        ("getAccount", "answer", "an answer larger than 64 MiB")
    }


def test_json_that_nests_without_end(other: Any) -> None:
    deep = b"[" * 200_000
    report = other.held(at("GET", ACCOUNTS, instead(200, deep, content_type="application/json")))

    assert {(f.operation, f.where) for f in report.of("difference")} == {("listAccounts", "body")}


def test_ctrl_c_takes_away_what_was_made(other: Any) -> None:
    before = len(other.sandbox.state.accounts.rows)
    process: subprocess.Popen[str]

    async def stopping(request: Request, ask: Ask) -> Answer:
        if request.method == "PUT" and "/accounts/" in request.path:
            assert len(other.sandbox.state.accounts.rows) == before + 1
            process.send_signal(signal.SIGINT)
            await asyncio.sleep(0.5)
        return await ask(request)

    other.drifting.drift = stopping
    command = [sys.executable, "-m", "mockfindity", "verify", *options(other), "--write"]
    process = subprocess.Popen(
        command,
        env={**os.environ, **key(other)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        _, said = process.communicate(timeout=30)
    other.drifting.drift = None

    assert (process.returncode, said) == (130, "")
    assert len(other.sandbox.state.accounts.rows) == before
