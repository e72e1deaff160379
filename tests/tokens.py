"""Token requests, as tests of OAuth send them."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
from support import Findity

ORGANIZATIONS = "/api/admin/organizations/"


def ask(findity: Findity, path: str = "/oauth/token", **fields: Any) -> httpx2.Response:
    """A token request of the sandbox's key; ``None`` leaves a field out."""
    form: dict[str, str | None] = {
        "grant_type": "client_credentials",
        "client_id": findity.client_id,
        "client_secret": findity.client_secret,
    }
    sent = {name: value for name, value in (form | fields).items() if value is not None}
    return findity.http.post(path, data=sent)


def refresh(findity: Findity, token: str, **fields: Any) -> httpx2.Response:
    return ask(findity, grant_type="refresh_token", refresh_token=token, **fields)


def revoke(findity: Findity, token: str, path: str = "/oauth/revoke") -> httpx2.Response:
    return ask(findity, path, grant_type=None, token=token)


def opens(findity: Findity, token: str) -> int:
    """The status with which the API answers a token."""
    headers = {"authorization": f"Bearer {token}"}
    return findity.http.get(ORGANIZATIONS, headers=headers).status_code


def error(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return {"authorization": f"Basic {pair}"}
