"""The server and its sandboxes."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from .base import Url, about


class HealthOut(TypedDict):
    """How the server is."""

    status: Annotated[Literal["ok"], about("Always `ok`.")]
    version: Annotated[str, about("The version of mockfindity.", "0.4.0")]
    sandboxes: Annotated[int, about("How many sandboxes it has.", 1)]


class ProbeOut(TypedDict):
    """That the server answers."""

    status: Annotated[Literal["ok"], about("Always `ok`.")]


class SandboxOut(TypedDict):
    """A sandbox, and the API key that leads to it."""

    name: Annotated[str, about("The sandbox's name.", "default")]
    baseUrl: Annotated[Url, about("The server's URL.", "http://127.0.0.1:4655")]
    clientId: Annotated[str, about("The id of its own key.", "mockfindity-client")]
    clientSecret: Annotated[str, about("The secret of that key.", "mockfindity-secret")]
    tokenUrl: Annotated[
        Url, about("Where a token is had for it.", "http://127.0.0.1:4655/oauth/token")
    ]
