"""API keys, without and with their secret."""

from __future__ import annotations

from typing import Annotated, TypedDict

from ..domain.keys import Scope
from .base import Id, Time, about


class ApiKeyOut(TypedDict):
    """An API key, without its secret."""

    clientId: Annotated[str, about("The key's id; begins with the sandbox's name.", "acme.8Qv3")]
    scope: Annotated[Scope, about("What it reaches.")]
    clientApplicationId: Annotated[
        str, about("The client application it is of, a number.", "16200214")
    ]
    organizationId: Annotated[Id | None, about("The one it reaches, of the scope `organization`.")]
    partnerCode: Annotated[
        str | None, about("Whose it reaches, of the scope `partner`.", "partner-se")
    ]
    dateCreated: Annotated[Time, about("When it was made.")]


class CredentialsOut(TypedDict):
    """An API key and its secret, which is shown only here."""

    clientId: Annotated[str, about("The key's id.", "acme.8Qv3")]
    clientSecret: Annotated[str, about("Its secret.", "acme.Xw7e")]


class EndedOut(TypedDict):
    """How many tokens ended."""

    count: Annotated[int, about("How many tokens were good, and are not any more.", 1)]
