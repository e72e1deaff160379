"""Why a client that came to Findity got nowhere: what its requests have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .seen import is_token

if TYPE_CHECKING:
    from ..shapes.requests import RequestOut

ELSEWHERE = (
    "it asked for a token here and nothing else; does it take its base URL from FINDITY_BASE_URL?"
)
WANTED = "where Findity takes `Authorization: Bearer …`, with a token that POST /oauth/token gave"


def astray(requests: Sequence[RequestOut]) -> str | None:
    """What all of a client's requests lack, in a sentence; ``None`` where it is nothing that they
    have in common, or where it got no token for those that it made."""
    tokens = [request for request in requests if is_token(request)]
    calls = [request for request in requests if not is_token(request)]
    if tokens and not any(token["status"] == 200 for token in tokens):
        return None
    if tokens and not calls:
        return ELSEWHERE
    refused = [call for call in calls if call["status"] == 401]
    if refused and all(call["unclaimed"] for call in calls):
        return f"{_carried(refused[0])}, {WANTED}"
    return None


def _carried(call: RequestOut) -> str:
    """What a call that is nobody's had in the place of its token."""
    header = call["headers"].get("authorization")
    if header is None:
        return "its requests have no `Authorization` header"
    scheme, space, _ = header.partition(" ")
    if not space:
        return "its requests have an `Authorization` header without the word Bearer"
    if scheme.lower() == "bearer":
        return "its requests have a token that was not given here"
    return f"its requests have `Authorization: {scheme} …`"
