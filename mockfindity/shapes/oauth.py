"""Tokens, as OAuth 2.0 gives them."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import about


class TokenOut(TypedDict):
    """An access token, and the refresh token that gives the next one."""

    access_token: Annotated[
        str, about("Sent as `Authorization: Bearer …`; says nothing to who reads it.")
    ]
    token_type: Annotated[Literal["Bearer"], about("How the token is sent.")]
    expires_in: Annotated[int, about("How long the access token lives, in seconds.", 3600)]
    refresh_token: Annotated[str, about("Gives a new pair of tokens; good once, for 30 days.")]


class RevokedOut(TypedDict):
    """Nothing more: the token is no longer good, or never was."""
