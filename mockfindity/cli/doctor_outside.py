"""What the doctor looks at outside of the sandbox: this shell's environment, and the server."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .. import __version__
from .control import Control, Refused, Silent
from .findings import Finding, command, is_here, note, ok, problem, some, unreachable
from .options import Problem

REAL = re.compile(r"(?:^|[/.])findity\.com(?=[:/]|$)", re.IGNORECASE)
"""Findity itself, with or without a name before it."""
ANSWER = 10.0
"""Seconds that a server has to say how it is."""


def environment(control: Control, variables: Mapping[str, str]) -> Iterator[Finding]:
    """Where the FINDITY_ variables lead."""
    given = {name: value for name, value in variables.items() if name.startswith("FINDITY_")}
    remedy = f'eval "$({command(control, "env")})"'
    real = [name for name, value in given.items() if REAL.search(value)]
    if real:
        text = f"leading to the real Findity, where a test would do harm: {some(real)}"
        yield problem("environment", text, remedy)
    away = [n for n, v in given.items() if n not in real and not _leads_to(control.url, v)]
    if away:
        yield note("environment", f"leading elsewhere than {control.url}: {some(away)}", remedy)
    if not real and not away:
        text = "every FINDITY_ variable leads here" if given else "no FINDITY_ variable is set"
        yield ok("environment", text)


def _leads_to(url: str, value: str) -> bool:
    """Whether a value is no URL, or one of this server."""
    if not value.startswith(("http://", "https://")):
        return True
    try:
        there, here = urlsplit(value), urlsplit(url)
        same_host = there.hostname == here.hostname or (is_here(value) and is_here(url))
        return same_host and there.port == here.port
    except ValueError:
        return False


def server(control: Control) -> Iterator[Finding]:
    """Whether a mockfindity answers, and whether it is of this version."""
    try:
        health = control.send("GET", "/_mockfindity/health", timeout=ANSWER)
        version = str(health["version"])
    except Silent as silent:
        yield _silent(control, silent)
        return
    except (Problem, TypeError, KeyError, IndexError):
        yield _another(control, "what answers there is no mockfindity")
        return
    yield ok("server", f"mockfindity {version} answers at {control.url}")
    if version == __version__:
        yield ok("version", f"this command line is {__version__} too")
    else:
        text = f"the server is {version}, this command line {__version__}"
        yield note("version", text, "install the same version on both sides")


def _silent(control: Control, silent: Silent) -> Finding:
    why = unreachable(control.url)
    if why is None:
        return _another(control, f"what listens there does not answer ({silent.message})")
    port = urlsplit(control.url).port or 80
    start = "mockfindity serve" + ("" if port == 4655 else f" --port {port}")
    text = f"nothing listens at {control.url} ({why})"
    return problem("server", text, f"{start}, or say with --url where it is")


def _another(control: Control, text: str) -> Finding:
    remedy = "mockfindity serve --port 0 takes a free port; say with --url which it took"
    return problem("server", f"{control.url}: {text}", remedy)


def door(control: Control) -> Iterator[Finding]:
    """Whether the control API lets in, the sandbox is there, and its URLs can be followed."""
    try:
        base_url = control("GET", "")["baseUrl"]
    except Refused as refused:
        yield _shut(control, refused)
        return
    yield ok("sandbox", f"there is a sandbox {control.name}")
    if base_url != control.url and (why := unreachable(base_url)):
        text = f"URLs in answers begin with {base_url}, where nobody answers ({why})"
        yield problem("base URL", text, f"mockfindity serve --base-url {shlex.quote(control.url)}")


def _shut(control: Control, refused: Refused) -> Finding:
    if refused.code == "UNAUTHORIZED":
        remedy = "give it as --control-token or MOCKFINDITY_CONTROL_TOKEN"
        return problem("sandbox", "the server asks for a control token", remedy)
    if refused.code == "SANDBOX_NOT_FOUND":
        text = f"there is no sandbox {control.name!r}"
        return problem("sandbox", text, command(control, "env --create"))
    return problem("sandbox", refused.message, "see what the server says")


def key(control: Control, variables: Mapping[str, str], keys: list[Any]) -> Iterator[Finding]:
    """Whether the server knows the key of the environment."""
    client_id = variables.get("FINDITY_CLIENT_ID")
    secret = variables.get("FINDITY_CLIENT_SECRET")
    if not client_id:
        return
    remedy = f'eval "$({command(control, "env")})"'
    known = {one["id"]: one["secret"] for one in keys}
    if client_id not in known:
        yield _foreign(control, client_id, remedy)
    elif secret is not None and secret != known[client_id]:
        yield problem("key", "FINDITY_CLIENT_SECRET is not the secret of that key", remedy)
    else:
        yield ok("key", f"FINDITY_CLIENT_ID is a key of the sandbox {control.name}")


def _foreign(control: Control, client_id: str, remedy: str) -> Finding:
    """A key that is not of this sandbox: of another one, or of none."""
    owner = client_id.rpartition(".")[0] or "default"
    if owner != control.name and _has(control, owner, client_id):
        text = f"FINDITY_CLIENT_ID is a key of the sandbox {owner}, not of {control.name}"
        return note("key", text, f"mockfindity doctor --sandbox {owner}, or {remedy}")
    return problem("key", "no sandbox has the key of FINDITY_CLIENT_ID", remedy)


def _has(control: Control, sandbox: str, client_id: str) -> bool:
    with Control(control.url, sandbox, control.token) as there:
        try:
            return any(one["clientId"] == client_id for one in there.all("/clients"))
        except Refused:
            return False
