"""The commands that talk to a server which runs."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import httpx2
from support import Findity, Receiver

NOWHERE = "http://127.0.0.1:1"


def at(findity: Findity) -> tuple[str, ...]:
    return ("--url", findity.url, "--sandbox", findity.name)


def test_wait_ends_when_the_server_is_ready(mockfindity: Any, server: str) -> None:
    assert mockfindity("wait", "--url", f"{server}/").stdout == f"Ready. {server}\n"


def test_wait_gives_up(mockfindity: Any) -> None:
    done = mockfindity("wait", "--url", NOWHERE, "--timeout", "0.2", code=1)

    assert done.stderr == f"Error: no mockfindity was ready at {NOWHERE} within 0.2 s.\n"


def test_what_env_prints_leads_a_shell_to_the_sandbox(mockfindity: Any, acme: Findity) -> None:
    printed = mockfindity("env", *at(acme)).stdout
    script = printed + (
        'printf "%s\\n" "$FINDITY_BASE_URL" "$FINDITY_TOKEN_URL" "$FINDITY_CLIENT_ID" '
        '"$FINDITY_CLIENT_SECRET" "$FINDITY_ORGANIZATION_ID" "$FINDITY_EXTERNAL_ORGANIZATION_ID"'
    )
    shown = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)

    assert [line.split("=")[0] for line in printed.splitlines()] == [
        "export FINDITY_BASE_URL",
        "export FINDITY_TOKEN_URL",
        "export FINDITY_CLIENT_ID",
        "export FINDITY_CLIENT_SECRET",
        "export FINDITY_ORGANIZATION_ID",
        "export FINDITY_EXTERNAL_ORGANIZATION_ID",
    ]
    assert shown.stdout.splitlines() == [
        acme.url,
        f"{acme.url}/oauth/token",
        acme.client_id,
        acme.client_secret,
        acme.org,
        "ACME",
    ]


def test_env_quotes_what_a_shell_would_obey(mockfindity: Any, findity: Findity) -> None:
    findity.organization("A$(id)'B")

    printed = mockfindity("env", *at(findity)).stdout

    assert """export FINDITY_EXTERNAL_ORGANIZATION_ID='A$(id)'"'"'B'\n""" in printed


def test_env_names_no_organization_where_there_are_two(mockfindity: Any, acme: Findity) -> None:
    acme.organization("BETA")

    done = mockfindity("env", *at(acme), "--json")
    found = json.loads(done.stdout)
    beta = json.loads(mockfindity("env", *at(acme), "--organization", "BETA", "--json").stdout)

    assert sorted(found) == [
        "FINDITY_BASE_URL",
        "FINDITY_CLIENT_ID",
        "FINDITY_CLIENT_SECRET",
        "FINDITY_TOKEN_URL",
    ]
    assert done.stderr == (
        "There are several organizations: --organization names one of ACME, BETA.\n"
    )
    assert beta["FINDITY_ORGANIZATION_ID"] == acme.org


def test_env_makes_a_sandbox_if_told_to(mockfindity: Any, server: str) -> None:
    there = ("--url", server, "--sandbox", "made-by-env")
    refused = mockfindity("env", *there, code=1)
    made = json.loads(mockfindity("env", *there, "--create", "--json").stdout)
    again = json.loads(mockfindity("env", *there, "--create", "--json").stdout)
    httpx2.delete(f"{server}/_mockfindity/sandboxes/made-by-env")

    assert refused.stdout == ""
    assert refused.stderr == "Error: there is no sandbox 'made-by-env'; --create makes it.\n"
    assert made["FINDITY_CLIENT_ID"].startswith("made-by-env.")
    assert made == again


def test_reset_empties_a_sandbox(mockfindity: Any, acme: Findity) -> None:
    mockfindity("reset", *at(acme))

    acme.sign_in()
    assert acme.api.get("/api/admin/organizations/").json()["organizations"] == []


def test_bulk_send_takes_the_external_id(mockfindity: Any, acme: Findity) -> None:
    report = acme.ready()

    done = mockfindity("bulk-send", "ACME", *at(acme))

    assert acme.status(report) == "TRANSFER"
    assert done.stdout.endswith(": 1 report, 1 voucher, no webhook.\n")


def test_bulk_send_takes_named_reports_to_a_named_recipient(
    mockfindity: Any, acme: Findity
) -> None:
    first, second, third = acme.ready(), acme.ready(), acme.ready()
    recipient = acme.recipient()["id"]
    named = ("--report", first, "--report", second, "--recipient", recipient)

    sent = json.loads(mockfindity("bulk-send", acme.org, *named, *at(acme), "--json").stdout)

    assert (sent["numberOfReports"], sent["recipientId"]) == (2, recipient)
    assert [acme.status(r) for r in (first, second, third)] == [
        "TRANSFER",
        "TRANSFER",
        "READY_TO_SEND",
    ]


def test_what_the_server_refuses_is_said_with_its_code(mockfindity: Any, acme: Findity) -> None:
    done = mockfindity("bulk-send", "ACME", *at(acme), code=1)

    assert done.stdout == ""
    assert done.stderr.startswith("Error: organization 'ACME' has no report in READY_TO_SEND")
    assert done.stderr.endswith("(NO_REPORTS_READY)\n")


def test_webhooks_are_listed_in_full_and_sent_again(
    mockfindity: Any, acme: Findity, receiver: Receiver
) -> None:
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    export = acme.bulk_send()["exportId"]
    (first,) = acme.deliveries()

    again = json.loads(
        mockfindity("webhooks", "redeliver", first["id"], *at(acme), "--json").stdout
    )
    receiver.status = 503
    refused = mockfindity("webhooks", "redeliver", first["id"], *at(acme), code=1)
    table = mockfindity("webhooks", "list", *at(acme)).stdout.splitlines()

    assert again["status"] == "DELIVERED"
    assert "FAILED, answer 503" in refused.stdout
    assert refused.stderr == f"Error: {receiver.url} did not accept it.\n"
    assert table[0].split() == ["id", "created", "cause", "status", "answer", "export", "url"]
    assert [line.split()[2:] for line in table[1:]] == [
        ["export", "DELIVERED", "200", export, receiver.url],
        ["redelivery", "DELIVERED", "200", export, receiver.url],
        ["redelivery", "FAILED", "503", export, receiver.url],
    ]


def test_a_server_that_is_not_there_is_said_in_one_line(mockfindity: Any) -> None:
    done = mockfindity("reset", "--url", NOWHERE, code=1)

    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: no mockfindity answers at {NOWHERE} (")
    assert "`mockfindity serve`" in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_server_is_not_taken_for_a_mockfindity(
    mockfindity: Any, receiver: Receiver
) -> None:
    done = mockfindity("env", "--url", receiver.url.removesuffix("/hook"), code=1)

    assert "is no mockfindity" in done.stderr
