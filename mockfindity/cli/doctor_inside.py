"""What the doctor looks at in a sandbox.

It reads the state document: asking Findity's own API would put requests in the journal, give out a
token, and be struck by the very faults that are looked for.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from ..fault_words import does, meets
from .control import Control
from .findings import Finding, command, is_here, note, ok, problem, some, unreachable
from .output import many

API_PLUGIN = "ce-integration-api"
QUIET = {
    "rateLimit": None,
    "webhookMode": ("async", "sync"),
    "webhookChaos": {"duplicate": 0, "delay": 0, "reorder": False},
    "requireApiVersion": False,
    "extraFields": False,
    "unknownFields": "documented",
    "webhookFailure": "bounce",
}
"""Settings that a client would notice, and what they are as long as nobody touched them."""


class Patient:
    """A sandbox as it is now."""

    def __init__(self, control: Control) -> None:
        self.control = control
        self.document = control("GET", "/state")
        self.tables: dict[str, list[Any]] = self.document["tables"]
        self.clock = control("GET", "/clock")
        self.settings = self.document["settings"]
        self.faults = control.all("/faults")
        self.deliveries = control.all("/webhooks")
        self.names = {o["id"]: o["externalSourceId"] for o in self.tables["organizations"]}


def clock(patient: Patient) -> Iterator[Finding]:
    remedy = command(patient.control, "clock real")
    offset = patient.document["clock"]["offset"]
    if patient.clock["mode"] == "frozen":
        yield note("clock", f"it stands still at {patient.clock['now']}", remedy)
    elif offset:
        yield note("clock", f"it goes {offset:g} s ahead of the machine's", remedy)
    else:
        yield ok("clock", "it goes by the machine's")


def tokens(patient: Patient) -> Iterator[Finding]:
    """Keys that have only access tokens which are over: a client that keeps one gets 401."""
    now = datetime.fromisoformat(patient.clock["now"]).timestamp()
    good: dict[str, bool] = {}
    for token in patient.tables["tokens"]:
        if token["kind"] == "access":
            lives = token["ended"] is None and now < token["expires"]
            good[token["keyId"]] = good.get(token["keyId"], False) or lives
    over = [key for key, is_good in good.items() if not is_good]
    if over:
        text = f"with no token that is still good: {some(over)}"
        yield note("tokens", text, f"POST {patient.control.url}/oauth/token gives a new one")
    else:
        yield ok("tokens", f"{many(len(good), 'key')} with a token that is good")


def faults(patient: Patient) -> Iterator[Finding]:
    live = [r for r in patient.faults if r["times"] is None or r["hits"] < r["times"]]
    if live:
        rules = [f"{meets(rule)}: {does(rule)}" for rule in live]
        text = f"{many(len(live), 'fault rule')} can strike ({some(rules)})"
        yield note("faults", text, command(patient.control, "faults clear"))
    else:
        yield ok("faults", "no rule can strike")


def settings(patient: Patient) -> Iterator[Finding]:
    changed = [
        name
        for name, quiet in QUIET.items()
        if name in patient.settings
        and patient.settings[name] not in (quiet if isinstance(quiet, tuple) else (quiet,))
    ]
    for name in changed:
        value = json.dumps(patient.settings[name])
        yield note("settings", f"{name} is {value}", _back(patient.control, name))
    if not changed:
        yield ok("settings", "no rate limit, no chaos, nothing that a client would notice")


def _back(control: Control, name: str) -> str:
    quiet = QUIET[name]
    body = json.dumps({name: quiet[0] if isinstance(quiet, tuple) else quiet})
    return f"curl -X PUT {control.url}{control.sandbox}/settings -d {shlex.quote(body)}"


def organizations(patient: Patient) -> Iterator[Finding]:
    with_api = {r["organizationId"] for r in _api_recipients(patient)}
    without = [name for key, name in patient.names.items() if key not in with_api]
    url = patient.control.url
    if not patient.names:
        path = f"{url}/api/admin/organizations/externalid/{{externalId}}/"
        yield note("organizations", "there is none", f"POST {path} makes one")
    if without:
        path = f"{url}{patient.control.sandbox}/organizations/{without[0]}/recipients"
        text = f"without an API recipient, so that nothing can be exported: {some(without)}"
        yield problem("organizations", text, f"curl -X POST {path} -d '{{}}'")
    if patient.names and not without:
        count = many(len(patient.names), "organization")
        yield ok("organizations", f"{count} with an API recipient")


def _api_recipients(patient: Patient) -> list[Any]:
    return [r for r in patient.tables["recipients"] if r["integrationPluginName"] == API_PLUGIN]


def receivers(patient: Patient) -> Iterator[Finding]:
    """Whether somebody listens where webhooks go; only noted where the server is elsewhere."""
    urls = list(dict.fromkeys(r["webhookUrl"] for r in _api_recipients(patient) if r["webhookUrl"]))
    if patient.settings["webhookMode"] == "collect" or not urls:
        return
    for url in urls:
        why = unreachable(url)
        if why is None:
            yield ok("receiver", f"somebody listens at {url}")
        elif is_here(patient.control.url):
            remedy = "start what receives webhooks, or change the recipient's webhookUrl"
            yield problem("receiver", f"nobody listens at {url} ({why})", remedy)
        else:
            text = f"from this machine nobody listens at {url} ({why})"
            yield note("receiver", text, f"try it from where {patient.control.url} runs")


def deliveries(patient: Patient) -> Iterator[Finding]:
    """The last webhook to each receiver; what failed before is over and done with."""
    last = {d["request"]["url"]: d for d in patient.deliveries if d["status"] != "PENDING"}
    failed = [delivery for delivery in last.values() if delivery["status"] == "FAILED"]
    for delivery in failed:
        yield _failed(patient, delivery)
    waiting = sum(delivery["status"] == "PENDING" for delivery in patient.deliveries)
    if waiting:
        text = f"{many(waiting, 'webhook')} still to be sent"
        yield note("webhooks", text, command(patient.control, _hastening(patient)))
    if not last and not waiting:
        yield ok("webhooks", "none was sent")
    elif not failed and not waiting:
        yield ok("webhooks", "the last one to each receiver was accepted")


def _failed(patient: Patient, delivery: dict[str, Any]) -> Finding:
    answer, url = delivery["answer"], delivery["request"]["url"]
    why = f"answer {answer['status']}" if answer else delivery["error"]
    text = f"the last one to {url} was not accepted ({why})"
    words = f"webhooks redeliver {delivery['id']}"
    if delivery["bounced"]:
        text += ", and its reports can be sent again"
        words = f"bulk-send {delivery['organizationId']}"
    return problem("webhooks", text, command(patient.control, words))


def _hastening(patient: Patient) -> str:
    """What gets pending webhooks sent; one that is delayed waits for the sandbox's clock."""
    delay = patient.settings["webhookChaos"]["delay"]
    if delay and patient.clock["mode"] == "frozen":
        return f"clock advance {delay:g}"
    return f"webhooks wait --count {len(patient.deliveries)}"


def reports(patient: Patient) -> Iterator[Finding]:
    """Reports that wait for an administrator."""
    ready = [r for r in patient.tables["reports"] if r["status"] == "READY_TO_SEND"]
    names = list(dict.fromkeys(patient.names[report["organizationId"]] for report in ready))
    if ready:
        text = f"{many(len(ready), 'report')} of {some(names)} in READY_TO_SEND"
        words = f"bulk-send {shlex.quote(names[0])}"
        yield note("reports", text, command(patient.control, words))
    else:
        yield ok("reports", "none waits to be sent")


def exports(patient: Patient) -> Iterator[Finding]:
    """Exports that wait for the client."""
    open_ = [e for e in patient.tables["exports"] if e["status"] == "TRANSFER"]
    if open_:
        vouchers = many(sum(e["pending"] for e in open_), "voucher")
        text = f"{vouchers} not acknowledged in {some([e['id'] for e in open_])}"
        remedy = "the client sends PUT …/updatestatus with SUCCESS or FAILED for each of them"
        yield note("exports", text, remedy)
    else:
        yield ok("exports", "every one is acknowledged")


EXAMINATIONS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    clock,
    tokens,
    faults,
    settings,
    organizations,
    receivers,
    deliveries,
    reports,
    exports,
)
"""In the order in which they are told."""
