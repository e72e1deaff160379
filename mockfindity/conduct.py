"""Conduct: what a client did that it should not have, read from the journal.

Each rule is a function from what happened to findings, in one table, ``RULES``. A rule that is also
judged by the contract kit has the kit's id, so that the kit can use it from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import parse_qsl

import msgspec

from .domain.exports import Export
from .journal import Entry, unpacked

if TYPE_CHECKING:
    from .shapes.conduct import ConductFindingOut

Level = Literal["MUST", "SHOULD"]
EARLY = 0.05
"""Seconds by which a client's timer may be early."""


class Seen(NamedTuple):
    """What the rules look at: the journal, the exports and their open vouchers, settings.
    ``is_whole`` says that the journal has forgotten nothing."""

    entries: list[Entry]
    is_whole: bool
    exports: dict[str, Export]
    delivered_whole: frozenset[str]
    polling_seconds: float | None


class Finding(NamedTuple):
    """What one rule found: in which requests it shows (their ids), and of what, in a sentence."""

    requests: list[int]
    what: str


class Rule(NamedTuple):
    """One rule: its id, how binding it is, where it stands, and what to do about a finding."""

    id: str
    level: Level
    title: str
    guide: str
    remedy: str
    find: Callable[[Seen], Iterable[Finding]]


def _legacy_paths(seen: Seen) -> Iterator[Finding]:
    ids = [e.number for e in seen.entries if (e.operation or "").endswith("ByInternalId")]
    if ids:
        yield Finding(ids, f"{len(ids)} calls address an organization or user by internal id")


def _versions(seen: Seen) -> Iterator[Finding]:
    legacy = [e for e in seen.entries if "/admin/organizations" in (e.template or "")]
    legacy = [e for e in legacy if not _is_v1_admin(e)]
    ids = [e.number for e in legacy if e.header("x-findity-apiversion") != "3"]
    if ids:
        yield Finding(ids, f"{len(ids)} legacy Admin calls without X-Findity-ApiVersion: 3")


def _is_v1_admin(entry: Entry) -> bool:
    tail = (entry.template or "").partition("{organizationId}/")[2]
    return tail.partition("/")[0] in ("accounts", "categories")


def _unknown_fields(seen: Seen) -> Iterator[Finding]:
    for entry in seen.entries:
        if entry.unknown:
            yield Finding([entry.number], f"{entry.operation} got {', '.join(entry.unknown)}")


def _token_per_request(seen: Seen) -> Iterator[Finding]:
    """A new token although the last one lives and was used for one call at the most; twice."""
    wasteful: dict[str, list[int]] = defaultdict(list)
    calls_since: dict[str, int] = {}
    good_until: dict[str, float] = {}
    for entry in seen.entries:
        client = entry.client_id or ""
        if _is_new_token(entry):
            if calls_since.get(client, 2) <= 1 and entry.begun < good_until[client]:
                wasteful[client].append(entry.number)
            calls_since[client] = 0
            good_until[client] = entry.at + 0.8 * _lifetime(entry)
        elif entry.status == 401:
            calls_since.pop(client, None)
        elif client in calls_since:
            calls_since[client] += 1
    for client, ids in wasteful.items():
        if len(ids) >= 2:
            yield Finding(ids, f"{client} asked for {len(ids)} tokens it had no need of")


def _is_new_token(entry: Entry) -> bool:
    given = entry.operation == "issueToken" and _is_whole_200(entry)
    return given and _form(entry).get("grant_type") == "client_credentials"


def _lifetime(entry: Entry) -> float:
    """The seconds that a token answer grants."""
    found = _json(entry.answer)
    seconds = found.get("expires_in") if isinstance(found, dict) else None
    return float(seconds) if isinstance(seconds, int) else 0.0


def _dead_tokens(seen: Seen) -> Iterator[Finding]:
    """A token that is used again when it was answered 401; calls at the same time are one."""
    by_token: dict[str, list[int]] = defaultdict(list)
    known_dead: dict[str, float] = {}
    for entry in seen.entries:
        token = entry.header("authorization") or ""
        if entry.status == 401 and token.lower().startswith("bearer "):
            if entry.begun >= known_dead.setdefault(token, entry.begun):
                by_token[token].append(entry.number)
            known_dead[token] = max(known_dead[token], entry.at)
    for ids in by_token.values():
        if len(ids) >= 2:
            yield Finding(ids, f"one token was answered 401 in {len(ids)} calls")


def _spent_refresh(seen: Seen) -> Iterator[Finding]:
    used: set[str] = set()
    for entry in seen.entries:
        if entry.operation == "issueToken":
            token = _form(entry).get("refresh_token")
            if token and token in used:
                yield Finding([entry.number], "a refresh token was used a second time")
            if token and _is_whole_200(entry):
                used.add(token)


def _impatience(seen: Seen) -> Iterator[Finding]:
    """A request within the seconds that a 429 asked to wait; not one that was under way."""
    told: dict[str, tuple[Entry, float]] = {}
    for entry in seen.entries:
        who = entry.header("authorization") or entry.client_id or ""
        if who in told:
            limited, seconds = told[who]
            if limited.at < entry.begun < limited.at + seconds - EARLY:
                yield Finding(
                    [limited.number, entry.number],
                    f"{entry.method} {entry.path} came before Retry-After was over",
                )
        if entry.status == 429 and (wait := _retry_after(entry)) is not None:
            told[who] = (entry, wait)


def _retry_after(entry: Entry) -> float | None:
    for name, value in unpacked(entry.answer_headers):
        if name.lower() == "retry-after" and value.isascii() and value.isdigit():
            return float(value)
    return None


def _repeated_refusals(seen: Seen) -> Iterator[Finding]:
    """The same request refused twice, and nothing written by the client in between."""
    by_request: dict[tuple[str, str, str, bytes, int, int, int], list[int]] = defaultdict(list)
    writes = 0
    for entry in seen.entries:
        if entry.status in (400, 403, 404):
            what = (entry.method, entry.raw_path, entry.query, entry.body, entry.size)
            by_request[*what, writes, entry.status].append(entry.number)
        elif entry.method != "GET" and entry.operation != "issueToken":
            writes += (entry.status or 200) < 400
    for (method, path, *_, status), ids in by_request.items():
        if len(ids) >= 2:
            yield Finding(ids, f"{method} {path} was answered {status} {len(ids)} times")


def _polling(seen: Seen) -> Iterator[Finding]:
    """Lists that came sooner after the last one than the setting ``pollingSeconds`` allows."""
    if seen.polling_seconds is None:
        return
    last: dict[tuple[str, str], float] = {}
    hasty: list[int] = []
    for entry in seen.entries:
        if entry.operation == "listExports" and _is_whole_200(entry):
            page = (entry.raw_path, entry.query)
            if entry.at - last.get(page, -1e12) < seen.polling_seconds:
                hasty.append(entry.number)
            last[page] = entry.at
    if hasty:
        seconds = seen.polling_seconds
        yield Finding(hasty, f"{len(hasty)} lists of exports within {seconds:g} s of the last one")


def _unacknowledged(seen: Seen) -> Iterator[Finding]:
    """Exports that were fetched, or came whole in a webhook, and have open vouchers."""
    downloads: dict[str, list[int]] = {export_id: [] for export_id in sorted(seen.delivered_whole)}
    for entry in seen.entries:
        if entry.operation == "getExportVouchers" and _is_whole_200(entry):
            downloads.setdefault(_export_id(entry), []).append(entry.number)
    for export_id, ids in downloads.items():
        export = seen.exports.get(export_id)
        if export is not None and export.status == "TRANSFER" and export.pending:
            yield Finding(ids, f"{export.pending} vouchers of export {export_id} are open")


def _too_early(seen: Seen) -> Iterator[Finding]:
    downloaded = set(seen.delivered_whole)
    for entry in seen.entries:
        export_id = _export_id(entry)
        if entry.operation == "getExportVouchers" and _is_whole_200(entry):
            downloaded.add(export_id)
        early = entry.operation == "updateExportStatus" and entry.status == 200
        if early and export_id not in downloaded and _is_remembered(seen, export_id):
            yield Finding([entry.number], f"export {export_id} was never downloaded")


def _is_remembered(seen: Seen, export_id: str) -> bool:
    """Whether a download of the export would stand in the journal, which may have forgotten."""
    export = seen.exports.get(export_id)
    since = seen.entries[0].time
    return seen.is_whole or (export is not None and export.date_created >= since)


def _silent_failures(seen: Seen) -> Iterator[Finding]:
    for entry in seen.entries:
        if entry.operation == "updateExportStatus" and entry.status == 200:
            silent = [str(u.get("id")) for u in _updates(entry) if _is_silent(u)]
            if silent:
                yield Finding([entry.number], f"FAILED without errorText: {', '.join(silent)}")


def _is_silent(update: Any) -> bool:
    return update.get("status") == "FAILED" and not update.get("errorText")


def _updates(entry: Entry) -> list[dict[str, Any]]:
    """The updates of a body; none of one that was not kept whole."""
    body = _json(entry.body)
    found = body.get("voucherUpdates") if isinstance(body, dict) else None
    return [u for u in found if isinstance(u, dict)] if isinstance(found, list) else []


def _json(body: bytes) -> Any:
    """A body as JSON; ``None`` of one that is none, or was cut."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _is_whole_200(entry: Entry) -> bool:
    return entry.status == 200 and not entry.spoiled


def _form(entry: Entry) -> dict[str, str]:
    return dict(parse_qsl(entry.body.decode("utf-8", "replace")))


def _export_id(entry: Entry) -> str:
    return entry.path.partition("/exports/")[2].partition("/")[0]


ADMIN, ORGS, CONNECT = "admin guide", "organizations guide", "connect guide"
VOUCHERS, ACCOUNTS = "voucher-structure guide", "charts-of-accounts guide"

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("ADM-1", "MUST", "addresses organizations and users by external id", ADMIN, "use …/externalid/{externalId}/… instead of the internal id", _legacy_paths),
    Rule("ADM-1", "MUST", "sends X-Findity-ApiVersion: 3", ORGS, "send the header with every legacy Admin call", _versions),
    Rule("ADM-7", "SHOULD", "sends no field the API does not know", ACCOUNTS, "leave the field out, or spell it as the guide does", _unknown_fields),
    Rule("AUTH-2", "SHOULD", "reuses a token while it lives", "authentication page", "keep the token until expires_in is nearly over", _token_per_request),
    Rule("AUTH-3", "MUST", "gets a new token after a 401", ACCOUNTS, "on 401 ask for a token once and repeat the call", _dead_tokens),
    Rule("AUTH-4", "MUST", "never uses a spent refresh token", "authentication page", "keep the refresh token that came last", _spent_refresh),
    Rule("RES-1", "MUST", "waits out a 429", ACCOUNTS, "wait the seconds of Retry-After; without it, back off, growing", _impatience),
    Rule("RES-2", "MUST", "does not repeat a request that was refused", ACCOUNTS, "400, 403 and 404 do not change by repeating: mend the request", _repeated_refusals),
    Rule("EXP-POLL", "SHOULD", "does not poll too often", CONNECT, "list exports on a schedule, say every 15 minutes, or take webhooks", _polling),
    Rule("EXP-2", "MUST", "acknowledges every voucher it downloaded", CONNECT, "PUT …/updatestatus with SUCCESS or FAILED for each", _unacknowledged),
    Rule("EXP-3", "MUST", "acknowledges only after downloading", CONNECT, "GET …/export first: what is acknowledged is not sent again", _too_early),
    Rule("EXP-13", "MUST", "says with errorText why a voucher FAILED", VOUCHERS, "send errorText: the administrator reads it", _silent_failures),
)
# fmt: on


def report(seen: Seen) -> list[ConductFindingOut]:
    """Every finding of every rule, with the rule, its guide and what to do."""
    return [
        {
            "rule": rule.id,
            "level": rule.level,
            "title": rule.title,
            "guide": rule.guide,
            "found": finding.what,
            "remedy": rule.remedy,
            "requests": finding.requests,
        }
        for rule in RULES
        for finding in rule.find(seen)
    ]
