"""Signing in: how a client gets its tokens, and what it does when one ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockfindity.kit import MUST, SHOULD, Client, Company, rule, violated
from mockfindity.kit.client import NotStarted
from mockfindity.kit.seen import UPDATE, form, is_token

if TYPE_CHECKING:
    from mockfindity.shapes.requests import RequestOut

HOUR = 3600
MOST_TRIES = 3
"""Token requests with a wrong secret that are no hammering: one, and a few for bad luck."""


@rule(
    "AUTH-1",
    MUST,
    "exports",
    source="authentication page",
    says="A token is given for a form: grant_type=client_credentials, client_id, client_secret.",
    remedy="Send the three as application/x-www-form-urlencoded, or id and secret by HTTP Basic.",
)
def test_it_asks_for_a_token_with_client_credentials(company: Company, client: Client) -> None:
    """It asks for a token form-encoded, with `client_credentials`."""
    company.sends()

    client.works()

    tokens = company.seen.tokens()
    if not tokens:
        raise violated("it did not ask POST /oauth/token for a token", company.seen.all())
    if formless := [token for token in tokens if not form(token)]:
        raise violated(_why_no_key(formless[0]), tokens)
    good = [t for t in tokens if form(t).get("grant_type") == "client_credentials"]
    if any(token["status"] == 200 for token in good):
        return
    if nameless := [token for token in tokens if token["unclaimed"]]:
        raise violated(_why_no_key(nameless[0]), nameless)
    raise violated(f"it got no token with client_credentials{company.obstacle()}", tokens)


def _why_no_key(token: RequestOut) -> str:
    """Why a token request, sent as it was, is that of no key."""
    if form(token):
        return (
            "it asked for a token without a client_id that is known: send that of "
            "FINDITY_CLIENT_ID, as a field of the form or by HTTP Basic"
        )
    kind = token["headers"].get("content-type", "no content type")
    sent = kind if token["body"] else "an empty body"
    return (
        f"it asked for a token with {sent}, which is no form: send the same as "
        "application/x-www-form-urlencoded"
    )


@rule(
    "AUTH-2",
    SHOULD,
    "exports",
    source="authentication page",
    says="A token lives for an hour; `expires_in` says how long.",
    remedy="Keep the token, and ask for another one when it ends.",
)
def test_it_uses_a_token_while_it_lives(company: Company, client: Client) -> None:
    """It reuses a token while it lives, instead of asking per request."""
    exports = [company.sends() for _ in range(3)]

    client.works()

    company.expect_booked(*exports)
    tokens = company.seen.tokens()
    if len(tokens) > 1:
        raise violated(f"it asked for {len(tokens)} tokens where one would have done", tokens)


@rule(
    "AUTH-3",
    MUST,
    "exports",
    source="connect guide: Troubleshooting",
    says="401 says that the token has ended or is none: a new one is to be got.",
    remedy="On 401 forget the token, ask for another one, and send the same request once more.",
)
def test_it_gets_a_new_token_on_401(company: Company, client: Client) -> None:
    """On 401 in the middle of a run it gets a new token and repeats the call once."""
    company.has_trouble(UPDATE, status=401, times=1)
    export = company.sends()

    client.works()

    refused = [r for r in company.seen.about(export, UPDATE) if r["status"] == 401]
    later = company.seen.after(refused[0]) if refused else []
    repeated = [r for r in later if r["operationId"] == UPDATE]
    if refused and not repeated:
        raise violated("it did not repeat the call that was answered 401", [refused[0], *later])
    if repeated and not any(map(is_token, later[: later.index(repeated[0])])):
        raise violated(
            "it repeated the call with the token that had been refused", [refused[0], *later]
        )
    company.expect_booked(export)


@rule(
    "AUTH-4",
    MUST,
    "exports",
    source="authentication page",
    says="A refresh token is given along with each token. That it is good once is chosen here, as "
    "RFC 9700 wants it.",
    remedy="Keep the refresh token that came last, or sign in with the secret again.",
)
def test_it_uses_no_refresh_token_twice(company: Company, client: Client) -> None:
    """It never uses a spent refresh token, however often its access tokens end."""
    company.has_trouble(UPDATE, status=401, times=1)
    company.has_trouble(UPDATE, status=401, times=1, skip=1)
    exports = [company.sends() for _ in range(3)]
    client.works()
    company.findity.clock.advance(HOUR)
    exports.append(company.sends())

    client.works()

    for found in company.seen.misconduct("AUTH-4"):
        tokens = [t for t in company.seen.tokens() if t["id"] <= found["requests"][-1]]
        raise violated(found["found"], tokens)
    company.expect_booked(*exports)


@rule(
    "AUTH-5",
    MUST,
    "exports",
    source="authentication page",
    says="A token is given for a client id and its secret. That a wrong one is answered 401 is "
    "chosen here, as RFC 6749 wants it; sending it again changes nothing.",
    remedy="When the token endpoint refuses the key, stop, and end with an exit code or exception.",
)
def test_it_stops_when_its_secret_is_wrong(company: Company, client: Client) -> None:
    """With a wrong secret it stops with an error, and does not hammer the token endpoint."""
    failed = _fails_with_a_wrong_secret(client, company)

    asked = company.seen.tokens()
    tokens = [token for token in asked if not token["unclaimed"]]
    if not asked:
        raise violated("it did not ask POST /oauth/token for a token", company.seen.all())
    if not tokens:
        raise violated(_why_no_key(asked[0]), asked)
    if len(tokens) > MOST_TRIES:
        raise violated(f"it sent the wrong secret {len(tokens)} times", tokens)
    if calls := [call for call in company.seen.strangers() if not is_token(call)]:
        paths = ", ".join(f"{call['method']} {call['path']}" for call in calls)
        raise violated(f"it went on without a token: {paths}", calls)
    if not failed:
        raise violated("it ended with exit code 0, as if all were well", tokens)


def _fails_with_a_wrong_secret(client: Client, company: Company) -> bool:
    """Whether the client says that something is wrong. A service may go on, or not even start."""
    try:
        client.start(client_secret="wrong")
        company.sends()
        return client.works(client_secret="wrong").code != 0
    except NotStarted:
        return True
