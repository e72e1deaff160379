"""Clients that break the rules of resilience; see ``breaking``."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import httpx2
from breaking import breaks
from reference import Findity, GivenUp, Integration, Json


class _Hasty(Findity):
    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        return 0.02


@breaks("RES-1", seen="it was told to wait 1 s, and came again after 0.")
class AsksAgainAtOnce(Integration):
    """Waits for nothing."""

    findity_kind = _Hasty


class _Even(Findity):
    wait = 0.6

    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        is_told = answer is not None and "retry-after" in answer.headers
        return super().pause(answer, attempt) if is_told else self.wait


@breaks("RES-1-b", seen="s: that does not grow")
class WaitsNoLonger(Integration):
    """Waits as it is told; where it is not, always for as long."""

    findity_kind = _Even


class _Eager(_Even):
    wait = 0.0


@breaks("RES-1-c", seen="s: that does not grow")
class WaitsWhereItIsTold(Integration):
    """Waits as it is told; where it is not, asks again at once."""

    findity_kind = _Eager


def _giving_up_on(status: int) -> type[Findity]:
    class GivingUp(Findity):
        def may_help(self, answer: httpx2.Response | None) -> bool:
            return not (answer and answer.status_code == status) and super().may_help(answer)

    return GivingUp


@breaks("RES-1-d", seen="it did not try again what was answered 429")
class LeavesWhenItIsTooMuch(Integration):
    """Takes 429 for a refusal."""

    findity_kind = _giving_up_on(429)


def _repeating(status: int) -> type[Findity]:
    class Repeating(Findity):
        def may_help(self, answer: httpx2.Response | None) -> bool:
            return super().may_help(answer) or bool(answer and answer.status_code == status)

    return Repeating


@breaks("RES-2", seen="that was answered 400")
class RepeatsWhatWasWrong(Integration):
    """Sends a request again that had a mistake."""

    findity_kind = _repeating(400)


@breaks("RES-2-b", seen="that was answered 403")
class RepeatsWhatItMayNot(Integration):
    """Sends a request again that was forbidden."""

    findity_kind = _repeating(403)


@breaks("RES-2-c", seen="that was answered 404")
class RepeatsWhatIsNotThere(Integration):
    """Asks for what is not there again."""

    findity_kind = _repeating(404)


@breaks("RES-2-d", seen="it did not try again what was answered 500")
class GivesUpOn500(Integration):
    """Takes 500 for a refusal."""

    findity_kind = _giving_up_on(500)


class _Tireless(Findity):
    def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        for _ in range(3):
            with suppress(GivenUp):
                return super().call(method, path, body)
        return super().call(method, path, body)

    def pause(self, answer: httpx2.Response | None, attempt: int) -> float:
        return 0.01


@breaks("RES-2-e", seen="it sent a request 16 times that was answered 500")
class TriesSixteenTimes(Integration):
    """Sends a request sixteen times before it gives up."""

    findity_kind = _Tireless


def _giving_up_after(error: str) -> type[Findity]:
    class GivingUp(Findity):
        wrong = ""

        def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
            answer, self.wrong = super().ask(method, path, body)
            return answer, self.wrong

        def may_help(self, answer: httpx2.Response | None) -> bool:
            return error not in self.wrong and super().may_help(answer)

    return GivingUp


@breaks("RES-3", seen="it did not try again what lost the connection")
class GivesUpOnResets(Integration):
    """Takes a connection that was reset for the end."""

    findity_kind = _giving_up_after("ReadError")


@breaks("RES-3-b", seen="it did not try again what had no answer in time")
class GivesUpOnSilence(Integration):
    """Takes a connection for the end on which no answer comes."""

    findity_kind = _giving_up_after("RemoteProtocolError")


@breaks("RES-3-c", seen="it sent a request 16 times that lost the connection")
class TriesLostOnesSixteenTimes(Integration):
    """Sends what was lost sixteen times before it gives up."""

    findity_kind = _Tireless


class _Lenient(Findity):
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


@breaks("RES-4", seen="it acknowledged a package that it had not got whole")
class TakesWhatItCanRead(Integration):
    """Books and reports the vouchers of a broken package that came whole."""

    findity_kind = _Lenient


class _Piecemeal(Findity):
    def ask(self, method: str, path: str, body: Any) -> tuple[httpx2.Response | None, str]:
        if not path.endswith("/export"):
            return super().ask(method, path, body)
        got = b""
        try:
            with self.http.stream(method, path, headers=self._headers(path)) as answer:
                for piece in answer.iter_bytes():
                    got += piece
            json.loads(got)
        except httpx2.RemoteProtocolError:
            return httpx2.Response(200, json={"vouchers": _readable(got.decode())}), ""
        except ValueError:
            return None, "got no JSON"
        return httpx2.Response(answer.status_code, content=got), ""


@breaks("RES-4-b", seen="it acknowledged a package that it had not got whole")
class TakesWhatCame(Integration):
    """Books and reports the vouchers that came before the connection broke."""

    findity_kind = _Piecemeal


@breaks("RES-5")
class TellsNoIds(Integration):
    """Leaves the requestId out of what it says of an error."""

    def process(self, export_id: str) -> None:
        try:
            super().process(export_id)
        except GivenUp as problem:
            problem.args = (problem.args[0].partition(" (requestId")[0],)
            raise
