"""A request of the journal as a curl command: bash and curl send again what was sent."""

from __future__ import annotations

import os
import subprocess
from http.client import HTTPConnection
from typing import Any
from urllib.parse import unquote

import pytest
from entries import last
from support import Findity

from mockfindity.dashboard.curl import curl, token_command

HOME = "http://127.0.0.1:4655"
LIST = "/api/admin/organizations/"
REQUEST = {"method": "GET", "target": LIST, "headers": {}, "body": "", "bodySize": 0}
HOSTILE = (
    """it's "quoted" $HOME `id` $(id) \\n !! # ~ * ? & | ; < > { } [x] %41 %s %n""",
    "@/etc/hostname",
    "-X DELETE",
    "'; exit 7; '",
    "line one\nline two\r\n\ttab\n",
    "åäö € 🙂 \u202e",
    "a NUL \0 and %d \\000 \\ \\",
    "'" * 60_000,
    '{"a": "[redacted]"}',
    "[27 bytes that are no text]",
    "&&=&a==[redacted]",
)


def run(command: str, **variables: str) -> str:
    """What bash prints for a command."""
    done = subprocess.run(
        ["bash", "--norc"], input=f"{command}\n", env=os.environ | variables, capture_output=True,
        text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def replayed(findity: Findity, **variables: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The last request, and that which its command made."""
    entry = last(findity)
    run(curl(entry, findity.url), **variables)
    again = last(findity)
    assert again["id"] == entry["id"] + 1
    return entry, again


def token(findity: Findity) -> str:
    return str(findity.api.headers["authorization"]).partition(" ")[2]


def sent(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What a client says in a request."""
    own = ("user-agent", "accept-encoding", "connection", "accept", "content-length")
    headers = {name: value for name, value in entry["headers"].items() if name not in own}
    where = (entry["method"], entry["target"], entry["clientId"], entry["status"])
    return (*where, headers, entry["body"], entry["bodySize"])


@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_body_arrives_as_it_was(findity: Findity, body: str) -> None:
    headers = {"content-type": "text/plain"}
    findity.api.post(f"{LIST}externalid/A/", content=body.encode(), headers=headers)

    entry, again = replayed(findity, FINDITY_TOKEN=token(findity))

    assert sent(again) == sent(entry)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH", "HEAD"])
@pytest.mark.parametrize(
    "target",
    [
        f"{LIST}?a=1&a=2&b=%20&c",
        f"{LIST}externalid/%3Cscript%3E%27%22%20%24(id)",
        f"{LIST}externalid/$(id)'{{1,2}}[1-3];exit\\`id`!!\"",
        "/api/../api/admin/./organizations/",
    ],
)
def test_method_and_target_arrive_as_they_were(findity: Findity, method: str, target: str) -> None:
    connection = HTTPConnection(findity.url.partition("//")[2], timeout=20)
    authorization = {"authorization": f"Bearer {token(findity)}"}
    connection.request(method, target, headers=authorization)
    connection.getresponse().read()
    connection.close()

    entry, again = replayed(findity, FINDITY_TOKEN=token(findity))

    assert (entry["method"], entry["target"]) == (method, target)
    assert unquote(again["target"]) == unquote(target)
    assert again["method"] == method


def test_headers_arrive_as_they_were(findity: Findity) -> None:
    headers = {"x-own": "it's $HOME `id` \\", "x-empty": "", "accept": "text/html", "cookie": "a=b"}
    findity.api.get(LIST, headers=headers | {"x-findity-apiversion": "3"})

    entry, again = replayed(findity, FINDITY_TOKEN=token(findity))

    assert again["headers"]["accept"] == "text/html"
    assert "cookie" not in again["headers"]
    assert again["headers"]["x-empty"] == ""
    assert again["headers"]["x-own"] == entry["headers"]["x-own"]


def test_a_body_without_a_content_type_gets_none(findity: Findity) -> None:
    findity.api.post(f"{LIST}externalid/A/", content=b"{}")

    _, again = replayed(findity, FINDITY_TOKEN=token(findity))

    assert "content-type" not in again["headers"]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json"])
def test_a_secret_is_a_variable(findity: Findity, kind: str) -> None:
    named = f'"client_id":"{findity.client_id}","client_secret":"{findity.client_secret}"'
    form = f"client_id={findity.client_id}&client_secret={findity.client_secret}"
    body = "{" + named + "}" if kind.endswith("json") else f"grant_type=client_credentials&{form}"
    findity.http.post("/oauth/token", content=body, headers={"content-type": kind})

    entry, again = replayed(findity, FINDITY_CLIENT_SECRET=findity.client_secret)

    assert findity.client_secret not in curl(entry, findity.url)
    assert (again["status"], again["bodySize"]) == (entry["status"], entry["bodySize"])


def test_a_key_in_the_header_is_two_variables(findity: Findity) -> None:
    key = (findity.client_id, findity.client_secret)
    findity.http.post("/oauth/token", auth=key, data={"grant_type": "client_credentials"})

    variables = {"FINDITY_CLIENT_ID": key[0], "FINDITY_CLIENT_SECRET": key[1]}
    _, again = replayed(findity, **variables)

    assert (again["status"], again["clientId"]) == (200, findity.client_id)


@pytest.mark.parametrize(
    ("changes", "command"),
    [
        ({}, f"curl {HOME}{LIST}"),
        ({"method": "DELETE"}, f"curl -X DELETE {HOME}{LIST}"),
        ({"method": "O'$(id)"}, f"curl -X 'O'\"'\"'$(id)' {HOME}{LIST}"),
        ({"method": "HEAD"}, f"curl --head {HOME}{LIST}"),
        ({"target": "/x?a=1&b=2"}, f"curl '{HOME}/x?a=1&b=2'"),
        ({"target": "/x?a[]=1"}, f"curl --globoff '{HOME}/x?a[]=1'"),
        ({"target": "/x?token=[redacted]"}, f'curl --globoff "{HOME}/x?token=$FINDITY_TOKEN"'),
        ({"target": "/../x"}, f"curl --path-as-is {HOME}/../x"),
        (
            {"headers": {"host": "x", "user-agent": "y", "authorization": "Bearer [redacted]"}},
            f'curl {HOME}{LIST} \\\n  -H "Authorization: Bearer $FINDITY_TOKEN"',
        ),
        (
            {"headers": {"authorization": "basic [redacted]", "accept": "*/*"}},
            f'curl {HOME}{LIST} \\\n  -u "$FINDITY_CLIENT_ID:$FINDITY_CLIENT_SECRET"',
        ),
        (
            {"headers": {"authorization": '"$(id)" [redacted]'}},
            f'curl {HOME}{LIST} \\\n  -H \'Authorization: "$(id)" \'"$FINDITY_TOKEN"',
        ),
        (
            {
                "method": "POST",
                "headers": {"content-type": "application/x-www-form-urlencoded"},
                "body": "a=1&client_secret=[redacted]&refresh_token=[redacted]",
                "bodySize": 50,
            },
            (
                f"curl -X POST {HOME}{LIST} \\\n"
                "  -H 'Content-Type: application/x-www-form-urlencoded' \\\n"
                '  --data-raw "a=1&client_secret=$FINDITY_CLIENT_SECRET'
                '&refresh_token=$FINDITY_REFRESH_TOKEN"'
            ),
        ),
        (
            {"method": "PUT", "body": "[3 bytes that are no text]", "bodySize": 3},
            f"curl -X PUT {HOME}{LIST} \\\n  -H 'Content-Type:' \\\n  --data-binary @body.bin",
        ),
    ],
)
def test_a_command_is_written_to_be_read(changes: dict[str, Any], command: str) -> None:
    assert curl(REQUEST | changes, HOME) == command


def test_a_token_is_got_with_a_command(findity: Findity) -> None:
    own = findity.control("GET", "").json()

    given = run(f'{token_command(own)}\necho "$FINDITY_TOKEN"').strip()

    headers = {"authorization": f"Bearer {given}"}
    assert findity.http.get("/api/admin/organizations/", headers=headers).status_code == 200
