"""API keys and their tokens: what an administrator makes in the admin portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ..api.page import page
from ..call import Call
from ..domain.keys import ApiKey, Scope, ended
from ..domain.record import replace
from ..errors import BadRequest, ClientNotFound
from ..sandbox import CLIENT_APPLICATION, random_text
from ..wire import Text, Wire

if TYPE_CHECKING:
    from ..shapes.base import Page
    from ..shapes.clients import ApiKeyOut, CredentialsOut, EndedOut


class NewClient(Wire):
    scope: Literal["organization", "partner", "application"] | None = Field(
        None, description="What it reaches; follows from what is named, if not sent."
    )
    organization_id: Text | None = Field(None, description="For the scope `organization`.")
    partner_code: Text | None = Field(None, description="For the scope `partner`.")
    client_application_id: str | None = Field(
        None,
        pattern="^[0-9]{1,20}$",
        description=f"A number, made if it is not there yet; {CLIENT_APPLICATION}, if not sent.",
    )


def _shown(key: ApiKey) -> ApiKeyOut:
    return {
        "clientId": key.id,
        "scope": key.scope,
        "clientApplicationId": key.client_application_id,
        "organizationId": key.organization_id,
        "partnerCode": key.partner_code,
        "dateCreated": key.date_created,
    }


def list_clients(call: Call) -> Page[ApiKeyOut]:
    """List the API keys of a sandbox, without their secrets."""
    return page(list(call.state.keys), call, _shown)


def create_client(call: Call) -> CredentialsOut:
    """Make an API key for one organization, a partner's, or all of a client application's."""
    body: NewClient = call.body
    scope = body.scope or _scope_of(body)
    _check_scope(call, body, scope)
    application = body.client_application_id or CLIENT_APPLICATION
    if scope == "organization":
        application = _application_of(call, body)
    key = ApiKey(
        id=random_text(call.sandbox.name),
        secret=random_text(call.sandbox.name),
        scope=scope,
        client_application_id=application,
        organization_id=body.organization_id,
        partner_code=body.partner_code,
        date_created=call.now,
    )
    call.state.put(key)
    return {"clientId": key.id, "clientSecret": key.secret}


def _scope_of(body: NewClient) -> Scope:
    if body.organization_id is not None:
        return "organization"
    return "partner" if body.partner_code is not None else "application"


def _check_scope(call: Call, body: NewClient, scope: Scope) -> None:
    """Each scope names what it reaches, and nothing else."""
    needed = {"organization": "organization_id", "partner": "partner_code"}.get(scope)
    for name, wire in (("organization_id", "organizationId"), ("partner_code", "partnerCode")):
        value = getattr(body, name)
        if name == needed and value is None:
            raise BadRequest(f"{wire}: required for the scope {scope}.")
        if name != needed and value is not None:
            raise BadRequest(f"{wire}: not a field of the scope {scope}.")
    code = body.partner_code
    if code is not None and call.state.partners.one("code", code) is None:
        raise BadRequest(f"partnerCode: there is no partner {code!r}.")


def _application_of(call: Call, body: NewClient) -> str:
    """The client application of the organization a key is made for."""
    organization = call.state.organizations.get(body.organization_id or "")
    if organization is None:
        raise BadRequest(f"organizationId: there is no organization {body.organization_id!r}.")
    application = organization.client_application_id
    if body.client_application_id not in (None, application):
        raise BadRequest(
            f"clientApplicationId: the organization is of {application}, "
            f"not of {body.client_application_id}."
        )
    return application


def _found(call: Call) -> ApiKey:
    key = call.state.keys.get(call.path["clientId"])
    if key is None:
        raise ClientNotFound(f"there is no API key {call.path['clientId']!r} in this sandbox.")
    return key


def delete_client(call: Call) -> None:
    """Take an API key away; its tokens end with it."""
    key = _found(call)
    if key.id == call.sandbox.client_id:
        raise BadRequest("the sandbox's own key cannot be deleted: rotate it, or make others.")
    call.state.put(*ended(call.state.tokens.many("key", key.id), "revoked"))
    call.state.remove(key)


def rotate_client(call: Call) -> CredentialsOut:
    """Give an API key a new secret; the old one is wrong from now on, its tokens live on."""
    key = _found(call)
    secret = random_text(call.sandbox.name)
    call.state.put(replace(key, secret=secret))
    return {"clientId": key.id, "clientSecret": secret}


def expire_tokens(call: Call) -> EndedOut:
    """Let every access token of a sandbox be expired now; refresh tokens stay good."""
    access = [token for token in call.state.tokens if token.kind == "access"]
    return _end(call, access, "expired")


def revoke_tokens(call: Call) -> EndedOut:
    """Revoke every token of a sandbox now, refresh tokens too."""
    return _end(call, list(call.state.tokens), "revoked")


def _end(call: Call, tokens: list[Any], how: Literal["expired", "revoked"]) -> EndedOut:
    done = ended(tokens, how)
    call.state.put(*done)
    return {"count": len(done)}
