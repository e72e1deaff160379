"""What the nouns of an administrator's set-up share: how one is checked and merged.

A PUT writes what is sent and differs from what GET gives; so an object that was got can be put
back, whole and changed here and there, even where it names an account that is gone by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from ..call import Call
from ..errors import BadRequest
from ..wire import Wire


def as_got(default: Any = None) -> Any:
    """A field that GET gives and PUT takes back as it was; nobody writes it."""
    return Field(
        default, description="As GET gives it; not written.", json_schema_extra={"readOnly": True}
    )


def as_new(shown: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object that is about to be made: what only mockfindity gives is not there yet."""
    return {**shown, "id": None, "dateCreated": None}


def by_wire_name(body: Wire, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields among ``names`` that were sent, called what they are called on the wire."""
    fields = type(body).model_fields
    return {fields[name].alias or name: value for name, value in body.sent(*names).items()}


def check_read_only(body: Wire, names: tuple[str, ...], shown: Mapping[str, Any]) -> None:
    """Raise ``BadRequest`` for a field among ``names`` that is not sent as GET shows it."""
    for name, value in by_wire_name(body, names).items():
        if value != shown[name]:
            raise BadRequest(
                f"{name}: {value!r} cannot be set; leave it out, or send what GET gives."
            )


def differing(body: Wire, names: tuple[str, ...], shown: Mapping[str, Any]) -> dict[str, Any]:
    """The fields among ``names``, by wire name, that were sent otherwise than GET shows them."""
    sent = by_wire_name(body, names)
    return {name: value for name, value in sent.items() if value != shown[name]}


def check_account(
    call: Call, organization_id: str, field: str, given: str | None, stored: str | None
) -> None:
    """Raise ``BadRequest`` for an account id that is neither null, nor stored, nor there."""
    if given is None or given == stored:
        return
    account = call.state.accounts.get(given)
    if account is None or account.organization_id != organization_id:
        raise BadRequest(
            f"{field}: the organization has no account {given!r}; "
            f"GET …/organizations/{organization_id}/accounts lists them."
        )


def the_new_one(named: dict[str, str | None], stored: str | None) -> str | None:
    """What several fields for one thing say of it: the one that differs from ``stored``.

    Raises ``BadRequest`` where two differ from it and from each other.
    """
    new = {field: value for field, value in named.items() if value != stored}
    if len(set(new.values())) > 1:
        said = ", ".join(f"{field} {value!r}" for field, value in new.items())
        raise BadRequest(f"two fields name different things ({said}): send one of them.")
    return next(iter(new.values()), stored)
