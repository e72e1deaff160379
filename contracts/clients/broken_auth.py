"""Clients that break the rules of signing in; see ``breaking``."""

from __future__ import annotations

from typing import Any

import httpx2
from breaking import breaks
from reference import Findity, GivenUp, Integration, Json


class _InJson(Findity):
    def post_form(self, form: Json) -> httpx2.Response:
        return self.http.post(self.given.token_url, json=form)


@breaks("AUTH-1")
class AsksInJson(Integration):
    """Sends JSON to the token endpoint."""

    findity_kind = _InJson


class _Forgetful(Findity):
    def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        self.token = None
        return super().call(method, path, body)


@breaks("AUTH-2")
class AsksEachTime(Integration):
    """Gets a new token for each call."""

    findity_kind = _Forgetful


class _Clinging(Findity):
    def renewed_token(self) -> str | None:
        return self.token


@breaks("AUTH-3")
class KeepsItsToken(Integration):
    """Takes a 401 for a mishap, and tries again with the token it has."""

    findity_kind = _Clinging


class _Refreshing(Findity):
    refresh_token: str | None = None

    def sign_in(self) -> str:
        if self.refresh_token is not None:
            form = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
            return str(self.granted(form)["access_token"])
        granted = self.granted({"grant_type": "client_credentials"})
        self.refresh_token = granted["refresh_token"]
        return str(granted["access_token"])


@breaks("AUTH-4")
class KeepsItsFirstRefreshToken(Integration):
    """Refreshes its tokens, always with the refresh token that it was given first."""

    findity_kind = _Refreshing


class _Hammering(Findity):
    def granted(self, form: Json) -> Json:
        for _ in range(9):
            try:
                return super().granted(form)
            except GivenUp:
                continue
        return super().granted(form)


@breaks("AUTH-5")
class TakesNoRefusal(Integration):
    """Sends its secret ten times before it believes that it is wrong."""

    findity_kind = _Hammering
