"""Clients that break the rules of resilience; see ``breaking``."""

from __future__ import annotations

import json

import httpx2
from breaking import breaks
from reference import Findity, GivenUp, Integration, Json


class Hasty(Findity):
    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        return 0.02


@breaks("RES-1")
class AsksAgainAtOnce(Integration):
    """Waits for nothing."""

    findity_kind = Hasty


class Stubborn(Findity):
    def may_help(self, answer: httpx2.Response | None) -> bool:
        return True


@breaks("RES-2")
class RepeatsWhatWasRefused(Integration):
    """Sends every request again that went wrong."""

    findity_kind = Stubborn


class Delicate(Findity):
    def may_help(self, answer: httpx2.Response | None) -> bool:
        return answer is not None and super().may_help(answer)


@breaks("RES-3")
class GivesUpOnLostConnections(Integration):
    """Tries again only where it was answered."""

    findity_kind = Delicate


class Lenient(Findity):
    def whole(self, answer: httpx2.Response) -> httpx2.Response:
        try:
            return super().whole(answer)
        except ValueError:
            return httpx2.Response(200, json={"vouchers": _readable(answer.text)})


def _readable(package: str) -> list[Json]:
    """The vouchers of a package up to where it is broken."""
    found, at = [], package.index('"vouchers"')
    decoder = json.JSONDecoder()
    while (at := package.find("{", at)) >= 0:
        try:
            voucher, at = decoder.raw_decode(package, at)
        except ValueError:
            break
        found.append(voucher)
    return found


@breaks("RES-4")
class TakesWhatItCanRead(Integration):
    """Books and reports the vouchers of a broken package that came whole."""

    findity_kind = Lenient


@breaks("RES-5")
class TellsNoIds(Integration):
    """Leaves the requestId out of what it says of an error."""

    def process(self, export_id: str) -> None:
        try:
            super().process(export_id)
        except GivenUp as problem:
            problem.args = (problem.args[0].partition(" (requestId")[0],)
            raise
