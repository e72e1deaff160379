from __future__ import annotations

import socket
from typing import Any

import pytest
from support import Findity, Receiver

from mockfindity import __version__
from mockfindity.cli import doctor_inside, doctor_outside, findings
from mockfindity.cli.control import Control
from mockfindity.sandboxes import Sandboxes

NOWHERE = "http://127.0.0.1:1"


def found(shell: Any, check: str, code: int = 0, **environment: Any) -> list[tuple[str, str, Any]]:
    """What the doctor has to say of one check: how it is, what was found, the remedy."""
    report = shell.json("doctor", code=code, **environment)
    return [
        (one["level"], one["found"], one["remedy"])
        for one in report["checks"]
        if one["check"] == check
    ]


def test_all_is_well(shell: Any, acme: Findity) -> None:
    done = shell("doctor")

    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:-2]] == ["ok"] * len(lines[:-2])
    assert lines[-1] == "0 problems, 0 notes."


def test_the_doctor_leaves_no_trace(shell: Any, acme: Findity) -> None:
    before = acme.control("GET", "/state").text, acme.control("GET", "/requests/count").text

    shell("doctor")

    assert before == (
        acme.control("GET", "/state").text,
        acme.control("GET", "/requests/count").text,
    )


def test_a_report_for_a_person_has_the_remedies(shell: Any, acme: Findity) -> None:
    shell("clock", "set", "2026-03-01T08:00:00Z")

    lines = shell("doctor").stdout.splitlines()

    (at,) = [number for number, line in enumerate(lines) if line.startswith("note     clock ")]
    assert lines[at].endswith("  it stands still at 2026-03-01T08:00:00Z")
    assert lines[at + 1].strip() == (
        f"-> mockfindity clock real --url {acme.url} --sandbox {acme.name}"
    )


def test_nothing_listens(shell: Any) -> None:
    level, text, remedy = found(shell, "server", 1, MOCKFINDITY_URL=NOWHERE)[0]

    assert (level, remedy) == (
        "problem",
        "mockfindity serve --port 1, or say with --url where it is",
    )
    assert text.startswith(f"nothing listens at {NOWHERE} (")


def test_another_server_has_the_port(shell: Any, receiver: Receiver) -> None:
    url = receiver.url.removesuffix("/hook")

    assert found(shell, "server", 1, MOCKFINDITY_URL=url)[0][:2] == (
        "problem",
        f"{url}: what answers there is no mockfindity",
    )


def test_what_has_the_port_does_not_speak_http(shell: Any, monkeypatch: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Control(url) as control:
            monkeypatch.setattr(doctor_outside, "ANSWER", 0.1)
            (finding,) = doctor_outside.server(control)

    assert finding.level == "problem"
    assert finding.found.startswith(f"{url}: what listens there does not answer")


def test_a_server_of_another_version(
    shell: Any, findity: Findity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_outside, "__version__", "9.9")

    (version,) = found(shell, "version")

    assert version[:2] == ("note", f"the server is {__version__}, this command line 9.9")


def test_a_sandbox_that_is_not_there(shell: Any, server: str) -> None:
    ((level, text, remedy),) = found(shell, "sandbox", 1, MOCKFINDITY_SANDBOX="nobody")

    assert (level, text) == ("problem", "there is no sandbox 'nobody'")
    assert remedy == f"mockfindity env --create --url {server} --sandbox nobody"


@pytest.mark.parametrize(
    "value",
    [
        "https://stage-expense.findity.com/api",
        "https://Stage-API.findity.com:443",
        "findity.com",
        "api.findity.com/x",
    ],
)
def test_variables_that_lead_to_the_real_findity(shell: Any, value: str) -> None:
    ((level, text, _),) = found(shell, "environment", 1, FINDITY_BASE_URL=value)

    assert level == "problem"
    assert text == "leading to the real Findity, where a test would do harm: FINDITY_BASE_URL"


@pytest.mark.parametrize("value", ["http://findity.com.test:1", "https://notfindity.com"])
def test_variables_that_lead_somewhere_else(shell: Any, findity: Findity, value: str) -> None:
    assert found(shell, "environment", FINDITY_TOKEN_URL=value)[0][:2] == (
        "note",
        f"leading elsewhere than {findity.url}: FINDITY_TOKEN_URL",
    )


def test_variables_that_lead_here(shell: Any, findity: Findity) -> None:
    here = findity.url.replace("127.0.0.1", "localhost")
    given: dict[str, Any] = {"FINDITY_BASE_URL": here, "FINDITY_LEDGER": "/somewhere/ledger.json"}

    assert found(shell, "environment", **given)[0][0] == "ok"


def test_the_key_of_the_environment(shell: Any, findity: Findity, acme: Findity) -> None:
    right: dict[str, Any] = {
        "FINDITY_CLIENT_ID": findity.client_id,
        "FINDITY_CLIENT_SECRET": findity.client_secret,
    }

    wrong = found(shell, "key", 1, **right | {"FINDITY_CLIENT_SECRET": "wrong"})
    unknown = found(shell, "key", 1, FINDITY_CLIENT_ID="nobody.abc")
    default = found(shell, "key", FINDITY_CLIENT_ID="mockfindity-client")

    assert found(shell, "key", **right)[0][0] == "ok"
    assert wrong[0][:2] == ("problem", "FINDITY_CLIENT_SECRET is not the secret of that key")
    assert unknown[0][:2] == ("problem", "no sandbox has the key of FINDITY_CLIENT_ID")
    assert default[0][:2] == (
        "note",
        f"FINDITY_CLIENT_ID is a key of the sandbox default, not of {findity.name}",
    )


def test_tokens_that_are_over(shell: Any, acme: Findity) -> None:
    shell("clock", "advance", "2h")

    assert found(shell, "tokens")[0][:2] == (
        "note",
        f"with no token that is still good: {acme.client_id}",
    )
    assert found(shell, "clock")[0][1] == "it goes 7200 s ahead of the machine's"


def test_faults_that_were_left_on(shell: Any, acme: Findity) -> None:
    shell("faults", "add", "--status", "500", "--times", "1", "--operation", "listOrganizations")
    shell("faults", "add", "slow")

    assert found(shell, "faults")[0][1] == (
        "2 fault rules can strike (listOrganizations: 500, every request: 2000 ms later)"
    )
    acme.api.get("/api/admin/organizations/")
    assert found(shell, "faults")[0][1] == "1 fault rule can strike (every request: 2000 ms later)"


def test_settings_that_a_client_would_notice(shell: Any, acme: Findity) -> None:
    acme.changed(
        "/settings", {"rateLimit": {"requests": 5, "perSeconds": 2.5}, "webhookMode": "collect"}
    )

    limit, mode = found(shell, "settings")

    assert limit[:2] == ("note", 'rateLimit is {"requests": 5, "perSeconds": 2.5}')
    assert limit[2].endswith("/settings -d '{\"rateLimit\": null}'")
    assert mode[1] == 'webhookMode is "collect"'
    acme.changed("/settings", {"rateLimit": None, "webhookMode": "sync"})
    assert found(shell, "settings")[0][0] == "ok"


def test_organizations_without_an_api_recipient(shell: Any, findity: Findity) -> None:
    assert found(shell, "organizations")[0][:2] == ("note", "there is none")
    findity.organization("BARE", settings={}, name="Bare", partnerCode="partner-se")

    ((level, text, remedy),) = found(shell, "organizations", 1)

    assert level == "problem"
    assert text == "without an API recipient, so that nothing can be exported: BARE"
    assert remedy.startswith(f"curl -X POST {findity.url}/_mockfindity/sandboxes/{findity.name}/")
    findity.made("/organizations/BARE/recipients", {})
    assert found(shell, "organizations")[0][:2] == ("ok", "1 organization with an API recipient")


def test_a_receiver_that_is_not_there(shell: Any, acme: Findity, receiver: Receiver) -> None:
    acme.recipient(webhookUrl=receiver.url)
    here = found(shell, "receiver")
    acme.recipient(webhookUrl=f"{NOWHERE}/hook")
    ((level, text, _),) = found(shell, "receiver", 1)

    assert here == [("ok", f"somebody listens at {receiver.url}", None)]
    assert receiver.got == []
    assert level == "problem"
    assert text.startswith(f"nobody listens at {NOWHERE}/hook (")


def test_a_receiver_beside_a_server_elsewhere_is_only_noted(
    shell: Any, acme: Findity, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme.recipient(webhookUrl=f"{NOWHERE}/hook")
    monkeypatch.setattr(doctor_inside, "is_here", lambda url: False)

    ((level, text, _),) = found(shell, "receiver")

    assert level == "note"
    assert text.startswith(f"from this machine nobody listens at {NOWHERE}/hook (")


def test_urls_in_answers_that_lead_nowhere(
    shell: Any, sandboxes: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandboxes, "base_url", NOWHERE)

    ((level, text, _),) = found(shell, "base URL", 1)

    assert level == "problem"
    assert text.startswith(f"URLs in answers begin with {NOWHERE}, where nobody answers (")


def test_webhooks_that_were_not_accepted(shell: Any, acme: Findity, receiver: Receiver) -> None:
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    receiver.status = 503
    acme.bulk_send()
    acme.deliveries()

    ((level, text, remedy),) = found(shell, "webhooks", 1)
    receiver.status = 200
    acme.bulk_send()
    acme.deliveries(2)

    assert level == "problem"
    assert text == (
        f"the last one to {receiver.url} was not accepted (answer 503), "
        "and its reports can be sent again"
    )
    assert remedy.startswith(f"mockfindity bulk-send {acme.org} --url ")
    assert found(shell, "webhooks")[0][0] == "ok"


def test_webhooks_that_wait_for_the_clock(shell: Any, acme: Findity, receiver: Receiver) -> None:
    shell("clock", "freeze")
    acme.changed("/settings", {"webhookChaos": {"delay": 60}})
    acme.recipient(webhookUrl=receiver.url)
    acme.ready()
    acme.bulk_send()

    ((level, text, remedy),) = found(shell, "webhooks")

    assert (level, text) == ("note", "1 webhook still to be sent")
    assert remedy.startswith("mockfindity clock advance 60 --url ")


def test_reports_and_exports_that_wait(shell: Any, acme: Findity) -> None:
    acme.ready()
    export = acme.bulk_send()["exportId"]
    acme.ready()

    assert found(shell, "exports")[0][:2] == ("note", f"1 voucher not acknowledged in {export}")
    assert found(shell, "reports")[0][:2] == ("note", "1 report of ACME in READY_TO_SEND")
    acme.book(export)
    assert found(shell, "exports")[0][0] == "ok"


def test_of_many_things_a_few_are_named() -> None:
    assert findings.some(["a", "b", "c"]) == "a, b, c"
    assert findings.some(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
